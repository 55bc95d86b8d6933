import type {
  DirectOperation,
  JsonObject,
  KubeObject,
  ObjectRef,
  OwnerReference,
  PostCondition,
} from '@jamie/core';
import { readJsonPointer } from '@jamie/core';
import { readyReplicasOf, wantedReplicasOf } from '../planning/replica-counts.ts';
import type { StepFacts } from '../planning/step-draft.ts';
import type { Surroundings } from '../planning/surroundings.ts';
import { isWorkload } from './workload-facts.ts';

const MIRROR = 'kubernetes.io/config.mirror';

export function controllerOf(object: KubeObject): OwnerReference | undefined {
  return object.metadata.ownerReferences?.find(({ controller }) => controller === true);
}

/** A pod that the kubelet runs from a file; the API server only mirrors it. */
export function isMirror(pod: KubeObject): boolean {
  return pod.metadata.annotations?.[MIRROR] !== undefined || controllerOf(pod)?.kind === 'Node';
}

/** Whether it has run to its end, so that nothing is lost with it. */
export function hasEnded(pod: KubeObject): boolean {
  const phase = readJsonPointer(pod, '/status/phase');
  return phase === 'Succeeded' || phase === 'Failed';
}

/** Whether Services send requests to it. */
function isReady(pod: KubeObject): boolean {
  const conditions = readJsonPointer(pod, '/status/conditions');
  if (!Array.isArray(conditions) || hasEnded(pod)) return false;
  return (conditions as readonly JsonObject[]).some(
    ({ type, status }) => type === 'Ready' && status === 'True',
  );
}

export function podRef(pod: KubeObject): ObjectRef & { readonly namespace: string } {
  return { kind: 'Pod', namespace: pod.metadata.namespace ?? '', name: pod.metadata.name };
}

/** The workload that makes a pod anew: of a ReplicaSet, its Deployment. Undefined where we cannot tell. */
export async function workloadOf(
  pod: KubeObject,
  { find }: Pick<Surroundings, 'find'>,
): Promise<KubeObject | undefined> {
  const namespace = pod.metadata.namespace ?? '';
  const owner = controllerOf(pod);
  if (owner?.kind === 'ReplicaSet') {
    const set = await find({ kind: 'ReplicaSet', namespace, name: owner.name });
    const above = set && controllerOf(set);
    return above?.kind === 'Deployment' ? find({ kind: 'Deployment', namespace, name: above.name }) : set;
  }
  if (owner?.kind !== 'StatefulSet' && owner?.kind !== 'DaemonSet') return undefined;
  return find({ kind: owner.kind, namespace, name: owner.name });
}

/** The facts of a step that takes one pod away. */
export function takesPod(
  operation: DirectOperation['kind'],
  pod: KubeObject,
  workload: KubeObject | undefined,
  concerns: readonly string[] = [],
): StepFacts {
  return {
    effect: {
      operation,
      target: podRef(pod),
      currentReplicas: workload === undefined ? 1 : wantedReplicasOf(workload),
      wantedReplicas: workload === undefined ? 0 : wantedReplicasOf(workload),
      readyReplicas: workload === undefined ? 1 : readyReplicasOf(workload),
      images: [],
      ...(concerns.length > 0 && { concerns }),
    },
    podsAffected: hasEnded(pod) ? 0 : 1,
    readyPodsAffected: isReady(pod) ? 1 : 0,
    podLabels: pod.metadata.labels ?? {},
  };
}

/** The pod goes, and whoever lost it has as many ready again as it has now. */
export function podGoes(
  pod: KubeObject,
  workload: KubeObject | undefined,
  withinMs: number,
): readonly PostCondition[] {
  const ref = podRef(pod);
  const gone: PostCondition = { kind: 'gone', ref, uid: pod.metadata.uid, withinMs };
  if (workload === undefined) return [gone];
  const owner: ObjectRef = {
    kind: workload.kind as ObjectRef['kind'],
    namespace: ref.namespace,
    name: workload.metadata.name,
  };
  if (!isWorkload(owner)) return [gone];
  return [gone, { kind: 'ready_again', ref: owner, atLeast: readyReplicasOf(workload), withinMs }];
}
