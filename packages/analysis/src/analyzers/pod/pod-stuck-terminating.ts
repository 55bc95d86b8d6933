import type { NodeView, PodView } from '@jamie/core';
import { observeField } from '../../evidence/observe.ts';
import { findCondition } from '../../snapshot/conditions.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { countOf, formatDuration, someOf } from '../../wording.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import { groupByWorkload } from './affected-workload.ts';

/** The deletion time already has the grace period in it: five minutes past it, somebody holds the pod. */
const STUCK_MS = 5 * 60_000;

/** CHK-POD-162: it was told to end and does not. On a node that is not ready that is the node's doing, and told as such. */
export const podStuckTerminating = defineAnalyzer({
  code: 'CHK-POD-162',
  title: 'pod that was told to end and does not',
  severity: 'warning',
  tier: 'pod',
  reads: ['Pod', 'Node'],
  // It takes nothing from those that took its place.
  standsAlone: true,
  sources: ['popeye 200', 'popeye 201'],
  analyze: (index) => {
    const hits = index.terminatingPods.filter((pod) => isStuck(index, pod)).map((pod) => ({ pod }));
    return groupByWorkload(index, hits, () => '').map(({ subject, pods, related }) => {
      const since = Math.min(...pods.map((pod) => pod.deletingSince ?? index.takenAt));
      const late = formatDuration(index.takenAt - since);
      const names = someOf(pods.map(({ name }) => name));
      return {
        subject,
        summary: `${countOf(pods.length, 'pod')} should have ended ${late} ago`,
        since,
        evidence: pods
          .slice(0, 3)
          .map((pod) =>
            observeField(pod, 'metadata.deletionTimestamp', `passed ${late} ago; phase ${pod.phase}`, since),
          ),
        related,
        pods,
        explanation: `${names} should have ended ${late} ago, grace period included, and still ${pods.length === 1 ? 'exists' : 'exist'}: a finalizer, a volume that is not let go, or a process that cannot be killed holds ${pods.length === 1 ? 'it' : 'them'}.`,
        confidence: 'high' as const,
        remedies: [
          {
            label: 'Find who holds it',
            advice: `Look at metadata.finalizers and the events of ${names}, and at the kubelet of its node. Deleting by force only removes the record: what runs may go on.`,
          },
        ],
        templateMayCauseIt: false,
      };
    });
  },
});

function isStuck(index: SnapshotIndex, pod: PodView): boolean {
  if (pod.deletingSince === undefined || index.takenAt - pod.deletingSince < STUCK_MS) return false;
  // The ref's kind decides the view's type.
  const node = index.find({ kind: 'Node', name: pod.nodeName }) as NodeView | undefined;
  return node === undefined || findCondition(node, 'Ready')?.status === 'True';
}
