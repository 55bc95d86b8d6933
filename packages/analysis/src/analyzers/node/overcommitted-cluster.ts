import type { NodeView } from '@jamie/core';
import { observeField } from '../../evidence/observe.ts';
import { parseQuantity } from '../../snapshot/quantities.ts';
import { refOf } from '../../snapshot/ref-of.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { countOf } from '../../wording.ts';
import { type Analyzer, defineAnalyzer } from '../define-analyzer.ts';

export interface OvercommitDefinition {
  readonly code: string;
  readonly title: string;
  readonly resource: 'cpu' | 'memory';
  readonly sources: readonly string[];
  format(amount: number): string;
}

/**
 * An analyzer for requests that would no longer fit if the largest node were lost: those of KubeCPUOvercommit and
 * KubeMemoryOvercommit in https://github.com/kubernetes-monitoring/kubernetes-mixin (alerts/resource_alerts.libsonnet). Hygiene here: a cluster that is
 * packed tightly serves everybody until a node is lost.
 */
export function defineOvercommitAnalyzer(definition: OvercommitDefinition): Analyzer {
  return defineAnalyzer({
    code: definition.code,
    title: definition.title,
    severity: 'info',
    tier: 'node',
    lint: true,
    reads: ['Node', 'Pod'],
    sources: definition.sources,
    analyze: (index) => describe(index, definition),
  });
}

function describe(index: SnapshotIndex, { resource, format }: OvercommitDefinition) {
  const nodes = index.nodes.map((node) => ({
    node,
    has: parseQuantity(node.allocatable[resource] ?? '') ?? 0,
  }));
  const largest = nodes.reduce<{ readonly node: NodeView; readonly has: number } | undefined>(
    (best, entry) => (best === undefined || entry.has > best.has ? entry : best),
    undefined,
  );
  // With one node nothing would remain; everybody knows that.
  if (largest === undefined || nodes.length < 2) return [];
  const total = nodes.reduce((sum, { has }) => sum + has, 0);
  const remains = total - largest.has;
  const requested = requestsOf(index, resource);
  if (remains <= 0 || requested <= remains) return [];
  const amounts = `${format(requested)} is requested, ${format(total)} is there, ${format(remains)} without ${largest.node.name}`;
  return [
    {
      subject: refOf(largest.node),
      summary: `cannot be lost: the ${resource} requests of all pods would not fit on the other nodes`,
      since: index.takenAt,
      evidence: [observeField(largest.node, `status.allocatable.${resource}`, amounts, index.takenAt)],
      related: [],
      pods: [],
      explanation: `Pods request ${format(requested)} of ${resource}; without ${largest.node.name}, the largest of ${countOf(nodes.length, 'node')}, only ${format(remains)} would remain: if it fails, pods stay pending.`,
      confidence: 'high' as const,
      remedies: [
        {
          label: `Add a node, or lower ${resource} requests`,
          advice: `At least ${format(requested - remains)} of ${resource} is missing to bear the loss of one node: add that much, or lower requests that are higher than what is used.`,
        },
      ],
      templateMayCauseIt: false,
    },
  ];
}

/** What pods that are not done request, whether a node has taken them or not. */
function requestsOf(index: SnapshotIndex, resource: 'cpu' | 'memory'): number {
  let sum = 0;
  for (const pod of index.pods) {
    if (pod.phase === 'Succeeded' || pod.phase === 'Failed') continue;
    for (const { isInit, requests } of pod.containers) {
      if (!isInit) sum += parseQuantity(requests[resource] ?? '') ?? 0;
    }
  }
  return sum;
}
