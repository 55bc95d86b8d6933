import { toSingleLine } from '../../evidence/cluster-text.ts';
import { observeField } from '../../evidence/observe.ts';
import { findCondition } from '../../snapshot/conditions.ts';
import { failingPodsOn } from '../../snapshot/pods-by-node.ts';
import { refOf } from '../../snapshot/ref-of.ts';
import { READY_GRACE_MS } from '../../thresholds.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import { keepPodsAway } from './keep-pods-away.ts';

/** CHK-NODE-504: nobody has set up the pod network of a node. */
export const nodeNetworkUnavailable = defineAnalyzer({
  code: 'CHK-NODE-504',
  title: 'node without a working pod network',
  severity: 'critical',
  tier: 'node',
  reads: ['Node'],
  helpedBy: ['Pod'],
  sources: ['popeye 707'],
  analyze: (index) =>
    index.nodes.flatMap((node) => {
      const condition = findCondition(node, 'NetworkUnavailable');
      if (condition?.status !== 'True' || index.takenAt - condition.since < READY_GRACE_MS) return [];
      const pods = failingPodsOn(index, node);
      return [
        {
          subject: refOf(node),
          summary: 'lacks a working pod network',
          since: condition.since,
          evidence: [
            observeField(
              node,
              'status.conditions[NetworkUnavailable]',
              `${condition.reason}: ${condition.message}`,
              index.takenAt,
            ),
          ],
          related: pods.map(refOf),
          pods,
          explanation: `The pod network of node ${node.name} is not set up (${toSingleLine(condition.reason, 60) || 'no reason is given'}): pods on it cannot be reached from other nodes.`,
          confidence: 'high' as const,
          remedies: [
            ...keepPodsAway(node),
            {
              label: 'Mend the routes of the node',
              advice: `Look at the network plugin on ${node.name} and at the routes that the cloud provider keeps for it; whoever set the condition takes it away when the network works.`,
            },
          ],
          templateMayCauseIt: false,
        },
      ];
    }),
});
