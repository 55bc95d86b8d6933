import type { KubeObject, ObjectRef, OperationOf } from '@jamie/core';
import { isOpsError, readJsonPointer } from '@jamie/core';
import type { Surroundings } from '../planning/surroundings.ts';
import { changedMarks, compileMarks } from './compile-marks.ts';
import { NOTHING_TO_EDIT, type OperationDefinition } from './operation-definition.ts';

type Labels = Readonly<Record<string, string>>;

/** Sets or takes away labels of an object. Whoever selects by one of them is named. */
export const label: OperationDefinition<OperationOf<'label'>> = {
  ...NOTHING_TO_EDIT,
  async compile({ target, labels }, surroundings) {
    const live = await surroundings.get(target);
    const keys = changedMarks({ of: 'labels', live, marks: labels }).map(([key]) => key);
    const selecting = keys.length === 0 ? NOBODY : await whoSelects(target, live, keys, surroundings);
    return compileMarks(
      { operation: 'label', of: 'labels', target, live, marks: labels, ...selecting },
      surroundings.timing,
    );
  },
};

interface Selecting {
  readonly concerns: readonly string[];
  readonly warnings: readonly string[];
}

const NOBODY: Selecting = { concerns: [], warnings: [] };

async function whoSelects(
  target: ObjectRef,
  live: KubeObject,
  keys: readonly string[],
  surroundings: Surroundings,
): Promise<Selecting> {
  try {
    if (target.kind === 'Node') return await podsThatNeed(target, keys, surroundings);
    if (target.kind === 'Pod') return await selectorsOfPod(live, keys, surroundings);
    return NOBODY;
  } catch (error) {
    if (!isOpsError(error, 'forbidden')) throw error;
    return { concerns: [], warnings: ['I may not read who selects by these labels, so somebody may.'] };
  }
}

async function podsThatNeed(
  { name }: ObjectRef,
  keys: readonly string[],
  { list }: Surroundings,
): Promise<Selecting> {
  const pods = await list('Pod', { fieldSelector: `spec.nodeName=${name}` });
  const choosing = pods.filter(
    (pod) => mentions(readJsonPointer(pod, '/spec/nodeSelector'), keys) || affinityMentions(pod, keys),
  );
  return {
    concerns: choosing
      .slice(0, 5)
      .map(
        (pod) => `Pod ${pod.metadata.namespace}/${pod.metadata.name} chose this node by one of these labels.`,
      ),
    warnings: [],
  };
}

function affinityMentions(pod: KubeObject, keys: readonly string[]): boolean {
  const affinity = JSON.stringify(readJsonPointer(pod, '/spec/affinity/nodeAffinity') ?? {});
  return keys.some((key) => affinity.includes(JSON.stringify(key)));
}

async function selectorsOfPod(
  pod: KubeObject,
  keys: readonly string[],
  { list, snapshot, get }: Surroundings,
): Promise<Selecting> {
  const namespace = pod.metadata.namespace ?? '';
  const services = snapshot.objects.Service.filter((service) => service.namespace === namespace)
    .filter(({ selector }) => mentions(selector, keys))
    .map(({ name }) => `Service ${name}`);
  const others = [
    ...(await list('PodDisruptionBudget', { namespace })).map(
      (object) => [object, '/spec/selector'] as const,
    ),
    ...(await list('NetworkPolicy', { namespace })).map((object) => [object, '/spec/podSelector'] as const),
  ]
    .filter(([object, pointer]) => selectorMentions(readJsonPointer(object, pointer), keys))
    .map(([object]) => `${object.kind} ${object.metadata.name}`);
  const owner = pod.metadata.ownerReferences?.find(({ controller }) => controller === true);
  const owners =
    owner !== undefined && isSelectingKind(owner.kind)
      ? [await get({ kind: owner.kind, namespace, name: owner.name })]
      : [];
  const controllers = owners
    .filter((object) => selectorMentions(readJsonPointer(object, '/spec/selector'), keys))
    .map(({ kind, metadata }) => `${kind} ${metadata.name}`);
  return {
    concerns: [...services, ...others, ...controllers].map(
      (selecting) => `${selecting} in ${namespace} selects pods by one of these labels.`,
    ),
    warnings: [],
  };
}

const SELECTING_KINDS = ['ReplicaSet', 'StatefulSet', 'DaemonSet', 'Job'] as const;

function isSelectingKind(kind: string): kind is (typeof SELECTING_KINDS)[number] {
  return (SELECTING_KINDS as readonly string[]).includes(kind);
}

function mentions(selector: unknown, keys: readonly string[]): boolean {
  return keys.some((key) => Object.hasOwn((selector ?? {}) as Labels, key));
}

function selectorMentions(selector: unknown, keys: readonly string[]): boolean {
  const { matchLabels = {}, matchExpressions = [] } = (selector ?? {}) as {
    matchLabels?: Labels;
    matchExpressions?: readonly { readonly key: string }[];
  };
  return mentions(matchLabels, keys) || matchExpressions.some(({ key }) => keys.includes(key));
}
