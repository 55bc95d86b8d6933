import type { PodView, WorkloadView } from '@jamie/core';
import { observeField } from '../../evidence/observe.ts';
import { findCondition, isPodReady } from '../../snapshot/conditions.ts';
import { refOf } from '../../snapshot/ref-of.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { compareNumbers } from '../../snapshot/stable-order.ts';
import { READY_GRACE_MS } from '../../thresholds.ts';
import { countOf, formatDuration } from '../../wording.ts';
import { defineAnalyzer } from '../define-analyzer.ts';

/** CHK-WKL-314: a StatefulSet makes its pods one after the other, and one of them is not ready. Parallel ones do not wait. */
export const statefulSetHeldBack = defineAnalyzer({
  code: 'CHK-WKL-314',
  title: 'StatefulSet that makes no more pods until one of them is ready',
  severity: 'warning',
  tier: 'rollout',
  reads: ['StatefulSet', 'Pod'],
  sources: ['k8sgpt StatefulSet first missing pod'],
  analyze: (index) =>
    index.workloads.flatMap((workload) => {
      const blocker = blockerOf(index, workload);
      return blocker === undefined ? [] : [describe(index, workload, blocker)];
    }),
});

/** The first pod that is not ready, where pods after it are missing. */
function blockerOf(index: SnapshotIndex, workload: WorkloadView): PodView | undefined {
  const { kind, inOrder, replicas, deletingSince } = workload;
  if (kind !== 'StatefulSet' || !inOrder || deletingSince !== undefined) return undefined;
  const pods = index.podsOf(workload);
  if (pods.length >= replicas) return undefined;
  const [first] = pods
    .filter((pod) => !isPodReady(pod))
    .toSorted((left, right) => compareNumbers(ordinalOf(left), ordinalOf(right)));
  return first === undefined || index.takenAt - notReadySince(first) < READY_GRACE_MS ? undefined : first;
}

/** The number at the end of the name that a StatefulSet gives: 2 of `db-2`. */
function ordinalOf({ name }: PodView): number {
  const digits = /-(\d{1,9})$/.exec(name)?.[1];
  return digits === undefined ? Number.MAX_SAFE_INTEGER : Number(digits);
}

function notReadySince(pod: PodView): number {
  return Math.max(pod.createdAt, findCondition(pod, 'Ready')?.since ?? 0);
}

function describe(index: SnapshotIndex, workload: WorkloadView, blocker: PodView) {
  const missing = workload.replicas - index.podsOf(workload).length;
  const since = notReadySince(blocker);
  const waits = missing === 1 ? 'waits' : 'wait';
  return {
    subject: refOf(workload),
    summary: `${countOf(missing, 'pod')} of ${workload.replicas} ${waits} for ${blocker.name} to become ready`,
    since,
    evidence: [
      observeField(
        blocker,
        'status.conditions[Ready]',
        `not ready; ${workload.name} makes its pods in order`,
        since,
      ),
    ],
    related: [refOf(blocker)],
    pods: [blocker],
    explanation: `StatefulSet ${workload.name} makes its pods one after the other: ${blocker.name} has not been ready for ${formatDuration(index.takenAt - since)}, so ${countOf(missing, 'pod')} of ${workload.replicas} ${missing === 1 ? 'is' : 'are'} not made.`,
    confidence: 'high' as const,
    remedies: [
      {
        label: `Find what keeps ${blocker.name} from being ready`,
        advice: `Look at the events and logs of ${blocker.name}: the others follow by themselves once it is ready.`,
      },
    ],
    templateMayCauseIt: true,
  };
}
