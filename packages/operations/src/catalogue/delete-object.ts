import type { JsonObject, KubeObject, ObjectRef, OperationOf } from '@jamie/core';
import { readJsonPointer } from '@jamie/core';
import { checkContent } from '@jamie/policy';
import { currentReplicasOf, readyReplicasOf } from '../planning/replica-counts.ts';
import { compiledStep, refuseCompile, type StepDraft, type StepFacts } from '../planning/step-draft.ts';
import { withoutGenerated, withoutGeneratedSelector } from './job-facts.ts';
import { NOTHING_TO_EDIT, type OperationDefinition } from './operation-definition.ts';
import { controllerOf } from './pod-facts.ts';
import { isWorkload, podLabelsOf } from './workload-facts.ts';

/** Annotations that the server or kubectl keeps its own books in. */
const BOOKKEEPING: ReadonlySet<string> = new Set([
  'kubectl.kubernetes.io/last-applied-configuration',
  'deployment.kubernetes.io/revision',
  'deprecated.daemonset.template.generation',
]);

const REMADE = 'Made again it has a new uid and begins without status; what hung on the old one stays away.';

/** Deletes one object of a permitted kind. Its manifest is kept in the plan, so that it can be made again. */
export const deleteObject: OperationDefinition<OperationOf<'delete'>> = {
  ...NOTHING_TO_EDIT,
  async compile({ target }, { get, timing }) {
    const live = await get(target);
    const named = `${target.kind} ${target.name}`;
    const { uid } = live.metadata;
    if (live.metadata.deletionTimestamp !== undefined)
      return refuseCompile('no_change', `${named} is being deleted already. Nothing to change.`);
    const title = `Delete ${named}`;
    const draft: StepDraft = {
      summary: title,
      target,
      before: live,
      request: { verb: 'delete', target, uid, propagation: 'Background' },
      // Whatever somebody changes meanwhile is not what was shown as lost.
      pinned: ['/spec', '/data', '/binaryData'],
      written: [],
      measure: () => factsOfDelete(target, live),
      conditions: [{ kind: 'gone', ref: target, uid, withinMs: timing.verifyWithinMs }],
      wayBack: wayBackOf(live, named),
    };
    const isRemade = draft.wayBack.kind === 'recreate';
    return compiledStep(title, draft, [...(isRemade ? [REMADE] : []), ...warningsOf(live, named)]);
  },
};

function wayBackOf(live: KubeObject, named: string): StepDraft['wayBack'] {
  if (live.kind === 'PersistentVolumeClaim')
    return { kind: 'none', why: `The data of ${named} may be gone for good: there is no way back.` };
  const manifest = recordedManifest(live);
  const content = checkContent(manifest);
  if (content.kind === 'pass') return { kind: 'recreate', manifest };
  return { kind: 'none', why: `There is no way back by me: ${content.message}` };
}

/** The facts of a step that takes an object and its pods away. */
export function factsOfDelete(target: ObjectRef, live: KubeObject): StepFacts {
  const replicas =
    isWorkload(target) || target.kind === 'ReplicaSet' ? currentReplicasOf(live) : activePodsOf(live);
  return {
    effect: {
      operation: 'delete',
      target,
      currentReplicas: replicas,
      wantedReplicas: 0,
      readyReplicas: isWorkload(target) || target.kind === 'ReplicaSet' ? readyReplicasOf(live) : replicas,
      images: [],
    },
    podsAffected: replicas,
    podLabels: podLabelsOf(live),
  };
}

function activePodsOf(live: KubeObject): number {
  const active = live.kind === 'Job' ? readJsonPointer(live, '/status/active') : undefined;
  return typeof active === 'number' ? active : 0;
}

function warningsOf(live: KubeObject, named: string): readonly string[] {
  const owner = controllerOf(live);
  const finalizers = readJsonPointer(live, '/metadata/finalizers');
  return [
    ...(owner === undefined
      ? []
      : [
          `${owner.kind} ${owner.name} owns ${named} and makes it again. Change ${owner.kind} ${owner.name} instead.`,
        ]),
    ...(Array.isArray(finalizers) && finalizers.length > 0
      ? [`It goes once these have let it: ${finalizers.join(', ')}.`]
      : []),
  ];
}

/** The object as somebody would write it, to be made again: without what the server adds and who owned it. */
function recordedManifest(live: KubeObject): JsonObject {
  const { apiVersion, kind, metadata, status: _status, ...content } = live;
  const annotations = Object.fromEntries(
    Object.entries(metadata.annotations ?? {}).filter(([key]) => !BOOKKEEPING.has(key)),
  );
  const labels = kind === 'Job' ? withoutGenerated(metadata.labels) : { ...metadata.labels };
  const spec = kind === 'Job' && live.spec !== undefined ? { spec: withoutGeneratedSelector(live.spec) } : {};
  return {
    apiVersion,
    kind,
    metadata: {
      name: metadata.name,
      ...(metadata.namespace !== undefined && { namespace: metadata.namespace }),
      ...(Object.keys(labels).length > 0 && { labels }),
      ...(Object.keys(annotations).length > 0 && { annotations }),
    },
    ...(content as JsonObject),
    ...spec,
  };
}
