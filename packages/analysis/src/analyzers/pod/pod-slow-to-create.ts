import type { PodView } from '@jamie/core';
import { observeField } from '../../evidence/observe.ts';
import { findCondition } from '../../snapshot/conditions.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { RECENT_MS } from '../../thresholds.ts';
import { formatDuration } from '../../wording.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import { groupByWorkload } from './affected-workload.ts';
import { isCreating } from './missing-configuration.ts';

/** Even a large image is there by then, and the kubelet's waits for volumes end after two minutes. */
const SLOW_MS = 10 * 60_000;

/** CHK-POD-166: it has its node, and its containers are not made; no event says why, and no image is on its way. */
export const podSlowToCreate = defineAnalyzer({
  code: 'CHK-POD-166',
  title: 'pod whose containers are not made, and nothing says why',
  severity: 'warning',
  // After everything that could explain it.
  tier: 'workload',
  reads: ['Pod', 'Event'],
  helpedBy: ['Node'],
  sources: ['popeye 202', 'popeye 203', 'Robusta KubeContainerWaiting'],
  analyze: (index) => {
    const hits = index.pods.filter((pod) => isSlow(index, pod)).map((pod) => ({ pod }));
    return groupByWorkload(index, hits, () => '').map((group) => {
      const since = Math.min(...group.pods.map(placedAt));
      const [pod] = group.pods;
      const long = formatDuration(index.takenAt - since);
      return {
        subject: group.subject,
        summary: `its containers have not been made for ${long}`,
        since,
        evidence: group.pods
          .slice(0, 2)
          .map((each) =>
            observeField(each, 'status.containerStatuses', `waiting on node ${each.nodeName}`, index.takenAt),
          ),
        related: group.related,
        pods: group.pods,
        explanation: `The containers of ${group.share} have not been made for ${long}, and no recent event says why.`,
        confidence: 'low' as const,
        remedies: [
          {
            label: 'Look at the kubelet of its node',
            advice: `Look at the kubelet and the container runtime of ${pod?.nodeName ?? 'the node'}: nothing came from them about these pods for ten minutes.`,
          },
        ],
        templateMayCauseIt: false,
      };
    });
  },
});

function isSlow(index: SnapshotIndex, pod: PodView): boolean {
  if (pod.phase !== 'Pending' || pod.nodeName === '' || !isCreating(pod)) return false;
  // An init container that runs or ran is a sign of life.
  const isUntouched = pod.containers.every(
    ({ state }) => state.kind === 'waiting' || state.kind === 'unknown',
  );
  const isSilent = index.eventsOf(pod).every(({ lastSeen }) => index.takenAt - lastSeen > RECENT_MS);
  return isUntouched && isSilent && index.takenAt - placedAt(pod) >= SLOW_MS;
}

function placedAt(pod: PodView): number {
  return Math.max(pod.createdAt, findCondition(pod, 'PodScheduled')?.since ?? 0);
}
