import type { NodeView } from '@jamie/core';
import { observeField } from '../../evidence/observe.ts';
import { findCondition } from '../../snapshot/conditions.ts';
import { refOf } from '../../snapshot/ref-of.ts';
import { READY_GRACE_MS } from '../../thresholds.ts';
import { listOf } from '../../wording.ts';
import { defineAnalyzer } from '../define-analyzer.ts';

/** CHK-NODE-505: a node is ready, and yet nobody says whether something about it holds. */
export const nodeConditionUnknown = defineAnalyzer({
  code: 'CHK-NODE-505',
  title: 'node of which a condition is unknown',
  severity: 'warning',
  tier: 'node',
  standsAlone: true,
  reads: ['Node'],
  sources: ['k8sgpt Node unknown conditions', 'popeye 701'],
  analyze: (index) =>
    index.nodes.flatMap((node) => {
      const unknown = unknownOf(node).filter(({ since }) => index.takenAt - since >= READY_GRACE_MS);
      if (unknown.length === 0) return [];
      const types = listOf(unknown.map(({ type }) => type).sort());
      return [
        {
          subject: refOf(node),
          summary: `does not tell its ${types}`,
          since: Math.min(...unknown.map(({ since }) => since)),
          evidence: unknown.map((condition) =>
            observeField(
              node,
              `status.conditions[${condition.type}]`,
              `Unknown, ${condition.reason}: ${condition.message}`,
              index.takenAt,
            ),
          ),
          related: [],
          pods: [],
          explanation: `Node ${node.name} is ready, but ${types} of it cannot be told: whatever reports it has gone silent.`,
          confidence: 'medium' as const,
          remedies: [
            {
              label: 'Look at what reports the condition',
              advice: `The kubelet of ${node.name}, or the program that watches over its problems, has stopped telling ${types}.`,
            },
          ],
          templateMayCauseIt: false,
        },
      ];
    }),
});

/** A node that is not heard at all has every condition unknown; that is told elsewhere. */
function unknownOf(node: NodeView) {
  if (findCondition(node, 'Ready')?.status !== 'True') return [];
  return node.conditions.filter(({ status }) => status === 'Unknown');
}
