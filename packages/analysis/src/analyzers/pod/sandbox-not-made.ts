import { toSingleLine } from '../../evidence/cluster-text.ts';
import { observeEvent } from '../../evidence/observe.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { RECENT_MS, START_GRACE_MS } from '../../thresholds.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import { groupByWorkload } from './affected-workload.ts';
import { isCreating } from './missing-configuration.ts';

/** CHK-POD-163: the runtime cannot make the frame in which the containers would run: mostly its network. */
export const sandboxNotMade = defineAnalyzer({
  code: 'CHK-POD-163',
  title: 'pod for which the node can make no sandbox',
  severity: 'critical',
  tier: 'pod',
  reads: ['Pod', 'Event'],
  helpedBy: ['Node'],
  sources: ['k8sgpt Pod FailedCreatePodSandBox'],
  analyze: (index) =>
    groupByWorkload(index, findHits(index), () => '').map((group) => {
      const { pod, event } = group.hits[0];
      const words = toSingleLine(event.message, 200);
      return {
        subject: group.subject,
        summary: 'its sandbox cannot be made, so no container starts',
        since: Math.min(...group.hits.map((hit) => hit.event.firstSeen)),
        evidence: group.hits.slice(0, 2).map((hit) => observeEvent(hit.event, hit.pod)),
        related: group.related,
        pods: group.pods,
        explanation: `Node ${pod.nodeName} cannot make the sandbox of ${group.share}, so no container starts: "${words}".`,
        confidence: 'high' as const,
        remedies: [
          {
            label: 'Mend the network plugin or the runtime of the node',
            advice: `Look at the network plugin and the container runtime of ${pod.nodeName}: addresses that ran out, a plugin that does not answer, or a runtime class that the node does not have.`,
          },
        ],
        templateMayCauseIt: false,
      };
    }),
});

function findHits(index: SnapshotIndex) {
  return index.pods.flatMap((pod) => {
    if (pod.phase !== 'Pending' || !isCreating(pod)) return [];
    if (index.takenAt - pod.createdAt < START_GRACE_MS) return [];
    const event = index
      .eventsOf(pod)
      .find(
        ({ reason, lastSeen }) =>
          reason === 'FailedCreatePodSandBox' && index.takenAt - lastSeen <= RECENT_MS,
      );
    // One failure is made good by the kubelet's next attempt.
    return event === undefined || event.count < 2 ? [] : [{ pod, event }];
  });
}
