import type { JsonObject, KubeObject, ObjectRef, OperationOf } from '@jamie/core';
import { formatObjectRef, readJsonPointer } from '@jamie/core';
import { podSpecWarnings } from '@jamie/policy';
import { claimedMarks } from '../ownership/claimed-marks.ts';
import { manifestRef } from '../planning/direct-operations.ts';
import { factsOfChange, podTemplateOf } from '../planning/facts-of-change.ts';
import { wantedReplicasOf } from '../planning/replica-counts.ts';
import { type CompileRefusal, refuseCompile, type StepDraft } from '../planning/step-draft.ts';
import type { Surroundings } from '../planning/surroundings.ts';
import { describeConflict } from './apply-conflict.ts';
import { NOTHING_TO_EDIT, type OperationDefinition } from './operation-definition.ts';
import { fieldsHold, isWorkload, rolloutConditions, whyNotRolling } from './workload-facts.ts';

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

/** A manifest, and the object that it is applied to. */
interface Applied {
  readonly manifest: JsonObject;
  readonly ref: ObjectRef;
  /** Undefined: there is none yet. */
  readonly live: KubeObject | undefined;
  /** What the manifest says about whose the object is. */
  readonly claims: readonly string[];
}

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
      const applied: Applied = { manifest, ref, live, claims: claimedMarks(manifest, live) };
      steps.push(draftOf(applied, surroundings));
      warnings.push(...warningsOf(applied));
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

function draftOf({ manifest, ref, live, claims }: Applied, { timing }: Surroundings): StepDraft {
  const named = `${ref.kind} ${ref.name}`;
  return {
    summary: `${live === undefined ? 'Create' : 'Apply'} ${named}`,
    target: ref,
    before: live,
    request: { verb: 'apply', target: ref, uid: live?.metadata.uid ?? null, manifest },
    pinned: [],
    written: [],
    measure: (after) => {
      const facts = factsOfChange('apply', ref, live, after);
      return claims.length === 0 ? facts : { ...facts, effect: { ...facts.effect, concerns: claims } };
    },
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

function warningsOf({ manifest, ref, live, claims }: Applied): readonly string[] {
  const podSpec = readJsonPointer(podTemplateOf(manifest), '/spec');
  const account = readJsonPointer(podSpec, '/serviceAccountName');
  const before = readJsonPointer(podTemplateOf(live), '/spec/serviceAccountName');
  const named = `${ref.kind} ${ref.name}`;
  return [
    ...claims.map((claim) => `${named}: ${claim}`),
    ...podSpecWarnings(podSpec).map((warning) => `${named}: ${warning}`),
    ...(account !== undefined && account !== (before ?? 'default')
      ? [`${named} would run as service account ${String(account)} and have its rights.`]
      : []),
  ];
}
