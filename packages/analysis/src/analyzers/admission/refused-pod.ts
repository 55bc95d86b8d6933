import type { EventView, ObjectView, WorkloadView } from '@jamie/core';
import { observeEvent, observeField } from '../../evidence/observe.ts';
import { findCondition } from '../../snapshot/conditions.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { RECENT_MS } from '../../thresholds.ts';

/** Who refuses to let a pod be made. */
export type Refusal = 'quota' | 'limit_range' | 'pod_security' | 'webhook' | 'other';

/** A workload that lacks pods because the API server refuses them. */
export interface RefusedPods {
  readonly workload: WorkloadView;
  readonly missing: number;
  readonly message: string;
  readonly refusal: Refusal;
  readonly since: number;
  readonly evidence: ReturnType<typeof observeEvent>;
}

const REFUSALS: readonly (readonly [Refusal, RegExp])[] = [
  ['quota', /exceeded quota|failed quota/i],
  [
    'limit_range',
    /(?:minimum|maximum) [\w.-]+ usage per |must be less than or equal to (?:cpu|memory) limit|limit to request ratio/i,
  ],
  ['pod_security', /violates PodSecurity|PodSecurityPolicy/i],
  ['webhook', /admission webhook|failed calling webhook|ValidatingAdmissionPolicy/i],
];

/** Tells from the API server's message who refused. */
function classifyRefusal(message: string): Refusal {
  return REFUSALS.find(([, pattern]) => pattern.test(message))?.[0] ?? 'other';
}

/** Workloads with fewer pods than they should have, for which a refusal is on record now. */
export function findRefused(index: SnapshotIndex, refusal: Refusal): readonly RefusedPods[] {
  return index.workloads.flatMap((workload) => {
    const missing = workload.replicas - index.podsOf(workload).length;
    if (missing <= 0 || workload.deletingSince !== undefined) return [];
    const found = newestRefusal(index, workload);
    if (found === undefined || classifyRefusal(found.message) !== refusal) return [];
    return [{ workload, missing, refusal, ...found }];
  });
}

function newestRefusal(index: SnapshotIndex, workload: WorkloadView) {
  // Only the newest ReplicaSet makes pods; an older one's refusals are history.
  const makers: readonly ObjectView[] = [workload, ...index.replicaSetsOf(workload).slice(0, 1)];
  return fromEvents(index, makers) ?? fromCondition(index, workload);
}

function fromEvents(index: SnapshotIndex, makers: readonly ObjectView[]) {
  for (const maker of makers) {
    const event = index
      .eventsOf(maker)
      .find((entry) => isRefusal(entry) && index.takenAt - entry.lastSeen <= 2 * RECENT_MS);
    if (event !== undefined)
      return { message: event.message, since: event.firstSeen, evidence: observeEvent(event, maker) };
  }
  return undefined;
}

// The controller's back-off grows to about 16 minutes, hence twice the usual window above.
function isRefusal(event: EventView): boolean {
  return event.reason === 'FailedCreate';
}

function fromCondition(index: SnapshotIndex, workload: WorkloadView) {
  for (const view of [...index.replicaSetsOf(workload).slice(0, 1), workload]) {
    const condition = findCondition(view, 'ReplicaFailure');
    if (condition?.status !== 'True') continue;
    const evidence = observeField(
      view,
      'status.conditions[ReplicaFailure]',
      condition.message,
      index.takenAt,
    );
    return { message: condition.message, since: condition.since, evidence };
  }
  return undefined;
}
