import type { PodView } from '@jamie/core';
import { toSingleLine } from '../../evidence/cluster-text.ts';
import { observeField } from '../../evidence/observe.ts';
import { findCondition } from '../../snapshot/conditions.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { ROLLOUT_GRACE_MS } from '../../thresholds.ts';
import { formatDuration } from '../../wording.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import { groupByWorkload } from './affected-workload.ts';

/** CHK-POD-167: all of its containers are ready, and somebody else, mostly a load balancer, has not said so. */
export const readinessGateClosed = defineAnalyzer({
  code: 'CHK-POD-167',
  title: 'pod that a readiness gate keeps from being ready',
  severity: 'critical',
  tier: 'pod',
  reads: ['Pod'],
  sources: ['popeye 204', 'Robusta KubePodNotReady'],
  analyze: (index) => {
    const hits = index.pods.filter((pod) => isHeld(index, pod)).map((pod) => ({ pod }));
    return groupByWorkload(index, hits, () => '').map((group) => {
      const [{ pod }] = group.hits;
      const ready = findCondition(pod, 'Ready');
      const since = Math.min(
        ...group.pods.map((each) => findCondition(each, 'Ready')?.since ?? index.takenAt),
      );
      const words = toSingleLine(ready?.message ?? '', 200);
      return {
        subject: group.subject,
        summary: 'its containers are ready, and a readiness gate is not',
        since,
        evidence: [observeField(pod, 'status.conditions[Ready]', `ReadinessGatesNotReady: ${words}`, since)],
        related: group.related,
        pods: group.pods,
        explanation: `All containers of ${group.share} are ready, but a readiness gate has been closed for ${formatDuration(index.takenAt - since)}: "${words}".`,
        confidence: 'high' as const,
        remedies: [
          {
            label: 'Look at the controller that opens the gate',
            advice:
              'The gate is a condition that another controller sets, mostly one of a load balancer: look at its logs.',
          },
        ],
        templateMayCauseIt: false,
      };
    });
  },
});

function isHeld(index: SnapshotIndex, pod: PodView): boolean {
  const ready = findCondition(pod, 'Ready');
  if (ready?.status !== 'False' || ready.reason !== 'ReadinessGatesNotReady') return false;
  return index.takenAt - ready.since >= ROLLOUT_GRACE_MS;
}
