import type { PodView } from '@jamie/core';
import { observeField } from '../../evidence/observe.ts';
import { findCondition } from '../../snapshot/conditions.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { formatDuration, someOf } from '../../wording.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import { groupByWorkload } from './affected-workload.ts';

/** Whoever puts a gate on a pod takes it off in minutes; a queue may take longer, hence no more than informative. */
const LONG_MS = 60 * 60_000;

/** CHK-POD-173: somebody keeps it from being scheduled, and has for long. A young gate is somebody's wish, not a fault. */
export const gatedPod = defineAnalyzer({
  code: 'CHK-POD-173',
  title: 'pod that a scheduling gate has held for long',
  severity: 'info',
  tier: 'pod',
  reads: ['Pod'],
  sources: ['k8sgpt Pod SchedulingGated'],
  analyze: (index) => {
    const hits = index.pods.filter((pod) => isHeld(index, pod)).map((pod) => ({ pod }));
    return groupByWorkload(index, hits, ({ pod }) => gatesOf(pod)).map((group) => {
      const [{ pod }] = group.hits;
      const since = Math.min(...group.pods.map(({ createdAt }) => createdAt));
      const long = formatDuration(index.takenAt - since);
      return {
        subject: group.subject,
        summary: `${gatesOf(pod)} has kept it from the scheduler for ${long}`,
        since,
        evidence: [observeField(pod, 'spec.schedulingGates', gatesOf(pod), index.takenAt)],
        related: group.related,
        pods: group.pods,
        explanation: `${gatesOf(pod)} has kept ${group.share} from the scheduler for ${long}: no node is looked for until it is taken off.`,
        confidence: 'medium' as const,
        remedies: [
          {
            label: 'Ask whoever set the gate',
            advice:
              'The controller that sets the gate takes it off, for example once a quota has room: look at that controller.',
          },
        ],
        templateMayCauseIt: true,
      };
    });
  },
});

function isHeld(index: SnapshotIndex, pod: PodView): boolean {
  const scheduled = findCondition(pod, 'PodScheduled');
  return scheduled?.reason === 'SchedulingGated' && index.takenAt - pod.createdAt >= LONG_MS;
}

function gatesOf({ spec }: PodView): string {
  const { schedulingGates: gates } = spec;
  return gates.length === 0 ? 'a scheduling gate' : `scheduling gate ${someOf(gates)}`;
}
