import type { NodeView } from '@jamie/core';
import { observeField } from '../../evidence/observe.ts';
import { findCondition } from '../../snapshot/conditions.ts';
import { failingPodsOn } from '../../snapshot/pods-by-node.ts';
import { refOf } from '../../snapshot/ref-of.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { READY_GRACE_MS } from '../../thresholds.ts';
import { countOf, formatDuration } from '../../wording.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import { keepPodsAway } from './keep-pods-away.ts';

/** What the node controller adds to a node whose kubelet it has not heard for the grace period. */
const UNREACHABLE = 'node.kubernetes.io/unreachable';

/** CHK-NODE-503: the node controller has lost the kubelet of a node. */
export const nodeUnreachable = defineAnalyzer({
  code: 'CHK-NODE-503',
  title: 'node whose kubelet is not heard any more',
  severity: 'critical',
  tier: 'node',
  reads: ['Node'],
  helpedBy: ['Pod'],
  sources: ['Robusta KubeNodeUnreachable'],
  analyze: (index) => index.nodes.flatMap((node) => describe(index, node)),
});

function describe(index: SnapshotIndex, node: NodeView) {
  if (node.deletingSince !== undefined || !node.taints.some(({ key }) => key === UNREACHABLE)) return [];
  const ready = findCondition(node, 'Ready');
  // The taint outlives the outage by a moment.
  if (ready === undefined || ready.status === 'True' || index.takenAt - ready.since < READY_GRACE_MS)
    return [];
  const pods = failingPodsOn(index, node);
  return [
    {
      subject: refOf(node),
      summary: 'is unreachable: its kubelet is not heard any more',
      since: ready.since,
      evidence: [
        observeField(node, 'spec.taints', UNREACHABLE, index.takenAt),
        observeField(
          node,
          'status.conditions[Ready]',
          `${ready.status}, ${ready.reason}: ${ready.message}`,
          index.takenAt,
        ),
      ],
      related: pods.map(refOf),
      pods,
      explanation: `Node ${node.name} has not been heard for ${formatDuration(index.takenAt - ready.since)}: its kubelet, its machine or its network is down. ${countOf(pods.length, 'pod')} on it ${pods.length === 1 ? 'is' : 'are'} not ready, and whether they still run cannot be told from here.`,
      confidence: 'high' as const,
      remedies: [
        ...keepPodsAway(node),
        {
          label: 'Bring the machine back, or delete the node',
          advice: `Look at the machine and the network of ${node.name}. Pods of a StatefulSet stay as they are until the node answers or its Node object is deleted; delete it only when the machine is surely off.`,
        },
      ],
      templateMayCauseIt: false,
    },
  ];
}
