import type { JsonObject, KubeObject, ObjectRef, OperationOf } from '@jamie/core';
import { canonicalJson, formatObjectRef, readJsonPointer } from '@jamie/core';
import { podSpecWarnings } from '@jamie/policy';
import { manifestRef } from '../planning/direct-operations.ts';
import { currentReplicasOf, readyReplicasOf, wantedReplicasOf } from '../planning/replica-counts.ts';
import {
  type CompileRefusal,
  refuseCompile,
  type StepDraft,
  type StepFacts,
} from '../planning/step-draft.ts';
import type { Surroundings } from '../planning/surroundings.ts';
import { imagesOf } from '../revisions/template-images.ts';
import { describeConflict } from './apply-conflict.ts';
import { NOTHING_TO_EDIT, type OperationDefinition } from './operation-definition.ts';
import { fieldsHold, isWorkload, podLabelsOf, rolloutConditions, whyNotRolling } from './workload-facts.ts';

/** What others need comes first: configuration, then what reads it, then what measures or routes to that. */
const ORDER: readonly ObjectRef['kind'][] = [
  'ConfigMap',
  'PersistentVolumeClaim',
  'NetworkPolicy',
  'Service',
  'PodDisruptionBudget',
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'Job',
  'CronJob',
  'Ingress',
  'HorizontalPodAutoscaler',
];

/**
 * Applies manifests on the server, as our own field manager. A field that somebody else manages is never taken: the
 * conflict is shown, and whoever asked decides what to leave out.
 */
export const apply: OperationDefinition<OperationOf<'apply'>> = {
  ...NOTHING_TO_EDIT,
  async compile({ manifests }, surroundings) {
    const sorted = manifests
      .map((manifest) => ({ manifest, ref: refOf(manifest) }))
      .sort((left, right) => ORDER.indexOf(left.ref.kind) - ORDER.indexOf(right.ref.kind));
    const twice = sorted.find(({ ref }, index) =>
      sorted.slice(0, index).some((earlier) => formatObjectRef(earlier.ref) === formatObjectRef(ref)),
    );
    if (twice !== undefined) {
      const message = `${formatObjectRef(twice.ref)} is in the manifests twice. Keep the one that you want.`;
      return refuseCompile('not_applicable', message);
    }
    const steps: StepDraft[] = [];
    const warnings: string[] = [];
    for (const { manifest, ref } of sorted) {
      const live = await surroundings.find(ref);
      const refusal = refuseGoing(ref, live);
      if (refusal !== undefined) return refusal;
      steps.push(draftOf(manifest, ref, live, surroundings));
      warnings.push(...warningsOf(manifest, ref, live));
    }
    const names = sorted.map(({ ref }) => `${ref.kind} ${ref.name}`);
    const title = `Apply ${names.length > 3 ? `${names.length} objects: ${names.slice(0, 3).join(', ')} and more` : names.join(', ')}`;
    return { kind: 'compiled', compiled: { title, steps, warnings, onPartialFailure: 'compensate' } };
  },
};

/** The guardrails let no other kind through before anything is compiled. */
function refOf(manifest: JsonObject): ObjectRef {
  const ref = manifestRef(manifest);
  if (ref !== undefined) return ref;
  throw new TypeError('a manifest of a kind that may not be applied reached the compiler');
}

function refuseGoing(ref: ObjectRef, live: KubeObject | undefined): CompileRefusal | undefined {
  if (live?.metadata.deletionTimestamp === undefined) return undefined;
  return refuseCompile('not_applicable', `${formatObjectRef(ref)} is being deleted. Apply once it is gone.`);
}

function draftOf(
  manifest: JsonObject,
  ref: ObjectRef,
  live: KubeObject | undefined,
  { timing }: Surroundings,
): StepDraft {
  const named = `${ref.kind} ${ref.name}`;
  return {
    summary: `${live === undefined ? 'Create' : 'Apply'} ${named}`,
    target: ref,
    before: live,
    request: { verb: 'apply', target: ref, uid: live?.metadata.uid ?? null, manifest },
    pinned: [],
    written: [],
    measure: (after) => factsOf(ref, live, after),
    conditions: conditionsOf(manifest, ref, live, timing),
    wayBack:
      live === undefined
        ? { kind: 'none', why: `${named} is new: to take it back, delete it by name or undo this plan.` }
        : { kind: 'restore' },
    explain: (error) => describeConflict(error, ref, manifest, live),
  };
}

function conditionsOf(
  manifest: JsonObject,
  ref: ObjectRef,
  live: KubeObject | undefined,
  timing: Surroundings['timing'],
) {
  if (!isWorkload(ref) || (live !== undefined && whyNotRolling(live) !== undefined))
    return fieldsHold(ref, timing);
  const given = readJsonPointer(manifest, '/spec/replicas');
  const wanted = typeof given === 'number' ? given : live === undefined ? 1 : wantedReplicasOf(live);
  return rolloutConditions(ref, wanted, timing);
}

/** What a manifest does is known once the server has said what the object would be. */
function factsOf(ref: ObjectRef, live: KubeObject | undefined, after: KubeObject | undefined): StepFacts {
  const object = after ?? live;
  const runs = isWorkload(ref);
  const current = runs && live !== undefined ? wantedReplicasOf(live) : 0;
  const wanted = runs && after !== undefined ? wantedReplicasOf(after) : current;
  const template = (of: KubeObject | undefined) =>
    (readJsonPointer(of, '/spec/template') ?? {}) as JsonObject;
  const rolls = live !== undefined && canonicalJson(template(live)) !== canonicalJson(template(after));
  const present = new Set(imagesOf(template(live)).values());
  return {
    effect: {
      operation: 'apply',
      target: ref,
      currentReplicas: current,
      wantedReplicas: wanted,
      readyReplicas: runs && live !== undefined ? readyReplicasOf(live) : 0,
      images: [...new Set(imagesOf(template(after)).values())].filter((image) => !present.has(image)),
    },
    podsAffected:
      runs && live !== undefined && rolls ? currentReplicasOf(live) : Math.max(0, current - wanted),
    podLabels: object === undefined ? {} : podLabelsOf(object),
  };
}

function warningsOf(manifest: JsonObject, ref: ObjectRef, live: KubeObject | undefined): readonly string[] {
  const podSpec = readJsonPointer(manifest, '/spec/template/spec');
  const account = readJsonPointer(podSpec, '/serviceAccountName');
  const before = readJsonPointer(live, '/spec/template/spec/serviceAccountName');
  const named = `${ref.kind} ${ref.name}`;
  return [
    ...podSpecWarnings(podSpec).map((warning) => `${named}: ${warning}`),
    ...(account !== undefined && account !== (before ?? 'default')
      ? [`${named} would run as service account ${String(account)} and have its rights.`]
      : []),
  ];
}
