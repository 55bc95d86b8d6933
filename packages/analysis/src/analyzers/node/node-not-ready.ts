import type { NodeView, Proposal } from '@jamie/core';
import { toSingleLine } from '../../evidence/cluster-text.ts';
import { observeField } from '../../evidence/observe.ts';
import { findCondition, isPodReady } from '../../snapshot/conditions.ts';
import { refOf } from '../../snapshot/ref-of.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { READY_GRACE_MS } from '../../thresholds.ts';
import { countOf, formatDuration } from '../../wording.ts';
import { defineAnalyzer } from '../define-analyzer.ts';

/** CHK-NODE-501: a node does not report that it can run pods. */
export const nodeNotReady = defineAnalyzer({
  code: 'CHK-NODE-501',
  title: 'node that is not ready',
  severity: 'critical',
  tier: 'node',
  reads: ['Node'],
  helpedBy: ['Pod'],
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
            ...(node.unschedulable ? [] : [keepPodsAway(node)]),
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

/** Pods that stopped being ready with their node, those already on their way out included. */
function failingPodsOn(index: SnapshotIndex, node: NodeView) {
  return [...index.pods, ...index.terminatingPods].filter(
    (pod) => pod.nodeName === node.name && !isPodReady(pod),
  );
}

function keepPodsAway({ name }: NodeView): Proposal {
  return {
    label: `Cordon ${name}`,
    advice: `Keeps new pods away from ${name} while somebody looks at it, also when it comes back for a moment; uncordon it afterwards.`,
    operation: { kind: 'cordon', target: { kind: 'Node', name } },
  };
}
