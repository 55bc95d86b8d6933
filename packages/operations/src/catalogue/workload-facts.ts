import type {
  DirectOperation,
  KubeObject,
  ObjectRef,
  PostCondition,
  WorkloadKind,
  WorkloadRef,
} from '@jamie/core';
import { readJsonPointer } from '@jamie/core';
import type { OperationsTiming } from '../operations-context.ts';
import { readyReplicasOf, wantedReplicasOf } from '../planning/replica-counts.ts';
import type { StepFacts } from '../planning/step-draft.ts';

const WORKLOADS: ReadonlySet<string> = new Set<WorkloadKind>(['Deployment', 'StatefulSet', 'DaemonSet']);

export function isWorkload(ref: ObjectRef): ref is WorkloadRef {
  return WORKLOADS.has(ref.kind) && ref.namespace !== undefined;
}

/** The labels of the pods that a workload makes. */
export function podLabelsOf(workload: KubeObject): Readonly<Record<string, string>> {
  return (readJsonPointer(workload, '/spec/template/metadata/labels') ?? {}) as Readonly<
    Record<string, string>
  >;
}

/** What of a change of a pod template is not the same for all of them. */
export interface NewTemplate {
  /** Images that would be new to the workload. */
  readonly images?: readonly string[];
  /** Ready pods that have the template already, and stay. Default: none. */
  readonly staying?: number;
}

/** The facts of a step that replaces the pods of a workload. */
export function replacesPods(
  operation: DirectOperation['kind'],
  target: ObjectRef,
  live: KubeObject,
  { images = [], staying = 0 }: NewTemplate = {},
): StepFacts {
  const replicas = wantedReplicasOf(live);
  const ready = readyReplicasOf(live);
  return {
    effect: {
      operation,
      target,
      currentReplicas: replicas,
      wantedReplicas: replicas,
      readyReplicas: ready,
      images,
    },
    podsAffected: replicas,
    readyPodsAffected: Math.min(replicas, Math.max(0, ready - staying)),
    podLabels: podLabelsOf(live),
  };
}

/** The facts of a step that no running pod feels. */
export function touchesNoPod(operation: DirectOperation['kind'], target: ObjectRef): StepFacts {
  return {
    effect: { operation, target, currentReplicas: 0, wantedReplicas: 0, readyReplicas: 0, images: [] },
    podsAffected: 0,
    podLabels: {},
  };
}

/** What must hold after a rollout: it ends, stays ready, and nothing restarts. */
export function rolloutConditions(
  ref: WorkloadRef,
  wantedReplicas: number,
  timing: OperationsTiming,
): readonly PostCondition[] {
  const complete: PostCondition = { kind: 'rollout_complete', ref, withinMs: timing.verifyWithinMs };
  if (wantedReplicas === 0) return [complete];
  return [
    complete,
    { kind: 'ready_for', ref, durationMs: timing.readyForMs },
    { kind: 'restarts_flat', ref },
  ];
}

/** What must hold after a change of fields that no controller carries further. */
export function fieldsHold(ref: ObjectRef, timing: OperationsTiming): readonly PostCondition[] {
  return [{ kind: 'fields_hold', ref, durationMs: timing.readyForMs }];
}

/** Why a new template would not reach the pods by itself; undefined where it does. */
export function whyNotRolling(workload: KubeObject): string | undefined {
  const named = `${workload.kind} ${workload.metadata.name}`;
  if (readJsonPointer(workload, '/spec/paused') === true)
    return `${named} is paused: its pods stay as they are until it is resumed.`;
  const strategy = readJsonPointer(workload, '/spec/updateStrategy/type');
  if (strategy === 'OnDelete')
    return `${named} has update strategy OnDelete: each pod stays as it is until somebody deletes it.`;
  return undefined;
}

/** The conditions of a change of a pod template: a rollout, or only that it holds where nothing rolls. */
export function templateConditions(
  ref: WorkloadRef,
  workload: KubeObject,
  timing: OperationsTiming,
): readonly PostCondition[] {
  return whyNotRolling(workload) === undefined
    ? rolloutConditions(ref, wantedReplicasOf(workload), timing)
    : fieldsHold(ref, timing);
}
