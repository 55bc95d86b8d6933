import type { NodeView } from '@jamie/core';
import { observeField } from '../../evidence/observe.ts';
import { refOf } from '../../snapshot/ref-of.ts';
import { countOf } from '../../wording.ts';
import { defineAnalyzer } from '../define-analyzer.ts';

const ROLES = ['node-role.kubernetes.io/control-plane', 'node-role.kubernetes.io/master'] as const;

/** CHK-NODE-522: the loss of one machine stops the control plane. */
export const singleControlPlaneNode = defineAnalyzer({
  code: 'CHK-NODE-522',
  title: 'control plane on a single node',
  severity: 'info',
  tier: 'node',
  lint: true,
  reads: ['Node'],
  sources: ['popeye 712'],
  analyze: (index) => {
    const [only, ...others] = index.nodes.filter(isControlPlane);
    // A cluster of one node is single by its nature, and one whose control plane is managed shows none of its nodes.
    if (only === undefined || others.length > 0 || index.nodes.length < 2) return [];
    return [
      {
        subject: refOf(only),
        summary: 'is the only node of the control plane',
        since: only.createdAt,
        evidence: [observeField(only, 'metadata.labels', ROLES[0], index.takenAt)],
        related: [],
        pods: [],
        explanation: `Node ${only.name} alone runs the control plane of ${countOf(index.nodes.length, 'node')}: while it is away, nothing is scheduled, healed or scaled.`,
        confidence: 'high' as const,
        remedies: [
          {
            label: 'Run the control plane on three nodes',
            advice:
              'With three, etcd keeps its majority when one of them is lost; two are no better than one.',
          },
        ],
        templateMayCauseIt: false,
      },
    ];
  },
});

function isControlPlane({ labels }: NodeView): boolean {
  return ROLES.some((role) => Object.hasOwn(labels, role));
}
