import type { NodeView, TolerationView } from '@jamie/core';
import { observeField } from '../../evidence/observe.ts';
import { refOf } from '../../snapshot/ref-of.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { listOf } from '../../wording.ts';
import { defineAnalyzer } from '../define-analyzer.ts';

type Taint = NodeView['taints'][number];

/** CHK-NODE-520: a node keeps every pod of the cluster away. */
export const taintNobodyTolerates = defineAnalyzer({
  code: 'CHK-NODE-520',
  title: 'taint that no pod tolerates',
  severity: 'info',
  tier: 'node',
  lint: true,
  reads: ['Node', 'Pod'],
  sources: ['popeye 700'],
  analyze: (index) => {
    const tolerations = distinctTolerations(index);
    return index.nodes.flatMap((node) => {
      const taints = node.taints.filter(
        (taint) => isChosen(taint) && !tolerations.some((toleration) => tolerates(toleration, taint)),
      );
      if (taints.length === 0) return [];
      const written = listOf(taints.map(({ key, value, effect }) => `${key}=${value}:${effect}`).sort());
      return [
        {
          subject: refOf(node),
          summary: `carries a taint that no pod tolerates: ${written}`,
          since: node.createdAt,
          evidence: [observeField(node, 'spec.taints', written, index.takenAt)],
          related: [],
          pods: [],
          explanation: `No pod of the cluster tolerates ${written} of node ${node.name}, so it runs nothing of its own.`,
          confidence: 'high' as const,
          remedies: [
            {
              label: 'Remove the taint, or give it its pods',
              advice: `Remove the taint if ${node.name} may run any pod; otherwise add the toleration to the workloads that it is kept for, or remove the node.`,
            },
          ],
          templateMayCauseIt: false,
        },
      ];
    });
  },
});

/** Kubernetes itself taints nodes that are cordoned or in trouble; those go away again. */
function isChosen({ key, effect }: Taint): boolean {
  return effect !== 'PreferNoSchedule' && !key.startsWith('node.kubernetes.io/');
}

/** https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/: an empty key or effect means every one. */
function tolerates({ key, operator, value, effect }: TolerationView, taint: Taint): boolean {
  if (effect !== '' && effect !== taint.effect) return false;
  if (key === '') return operator === 'Exists';
  return key === taint.key && (operator === 'Exists' || value === taint.value);
}

/** Pods of one template share their tolerations, so that there are few to compare with. */
function distinctTolerations(index: SnapshotIndex): readonly TolerationView[] {
  const byText = new Map<string, TolerationView>();
  for (const tolerations of new Set(index.pods.map((pod) => pod.spec.tolerations))) {
    for (const entry of tolerations)
      byText.set(`${entry.key}\n${entry.operator}\n${entry.value}\n${entry.effect}`, entry);
  }
  return [...byText.values()];
}
