import { toSingleLine } from '../../evidence/cluster-text.ts';
import { observeField } from '../../evidence/observe.ts';
import { findCondition } from '../../snapshot/conditions.ts';
import { failingPodsOn } from '../../snapshot/pods-by-node.ts';
import { refOf } from '../../snapshot/ref-of.ts';
import { READY_GRACE_MS } from '../../thresholds.ts';
import { countOf, formatDuration } from '../../wording.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import { keepPodsAway } from './keep-pods-away.ts';

/** CHK-NODE-501: a node does not report that it can run pods. */
export const nodeNotReady = defineAnalyzer({
  code: 'CHK-NODE-501',
  title: 'node that is not ready',
  severity: 'critical',
  tier: 'node',
  reads: ['Node'],
  helpedBy: ['Pod'],
  explainedBy: ['CHK-NODE-503', 'CHK-NODE-504', 'CHK-NODE-507', 'CHK-NODE-508'],
  sources: [
    'k8sgpt Node NotReady',
    'popeye 702',
    'Robusta KubeNodeNotReady',
    'Robusta NodeHealthWarning',
    'OpenSRE 007-node-not-ready',
  ],
  analyze: (index) =>
    index.nodes.flatMap((node) => {
      const ready = findCondition(node, 'Ready');
      if (ready === undefined || ready.status === 'True') return [];
      if (index.takenAt - ready.since < READY_GRACE_MS || node.deletingSince !== undefined) return [];
      const pods = failingPodsOn(index, node);
      const reason = ready.reason === '' ? ready.status : ready.reason;
      return [
        {
          subject: refOf(node),
          summary: `is not ready (${reason})`,
          since: ready.since,
          evidence: [
            observeField(
              node,
              'status.conditions[Ready]',
              `${ready.status}, ${reason}: ${ready.message}`,
              index.takenAt,
            ),
          ],
          related: pods.map(refOf),
          pods,
          explanation: `Node ${node.name} has not been ready for ${formatDuration(index.takenAt - ready.since)} (${toSingleLine(reason, 60)}); ${countOf(pods.length, 'pod')} on it ${pods.length === 1 ? 'is' : 'are'} not ready.`,
          confidence: 'high' as const,
          remedies: [
            ...keepPodsAway(node),
            {
              label: 'Restore the node, or replace it',
              advice: `Look at the kubelet, the network and the machine of ${node.name}. Pods that a controller owns are made anew elsewhere after five minutes where the other nodes have room.`,
            },
          ],
          templateMayCauseIt: false,
        },
      ];
    }),
});
