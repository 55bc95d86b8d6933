import { observeField } from '../../evidence/observe.ts';
import { podsOn } from '../../snapshot/pods-by-node.ts';
import { refOf } from '../../snapshot/ref-of.ts';
import { countOf } from '../../wording.ts';
import { defineAnalyzer } from '../define-analyzer.ts';

const PRESSURES: Readonly<Record<string, string>> = {
  MemoryPressure: 'memory',
  DiskPressure: 'disk space',
  OutOfDisk: 'disk space',
  PIDPressure: 'process ids',
};

/** CHK-NODE-502: a node runs short of something and may evict pods. */
export const nodeUnderPressure = defineAnalyzer({
  code: 'CHK-NODE-502',
  title: 'node under memory, disk or process pressure',
  severity: 'warning',
  tier: 'node',
  reads: ['Node'],
  helpedBy: ['Pod'],
  sources: [
    'k8sgpt Node pressures',
    'popeye 703',
    'popeye 704',
    'popeye 705',
    'popeye 706',
    'Robusta NodeFSSpaceAlerts',
  ],
  analyze: (index) =>
    index.nodes.flatMap((node) => {
      const pressures = node.conditions.filter(
        (condition) => condition.status === 'True' && Object.hasOwn(PRESSURES, condition.type),
      );
      const [first] = pressures;
      if (first === undefined) return [];
      const kinds = new Set(pressures.map((condition) => PRESSURES[condition.type] ?? condition.type));
      const short = [...kinds].sort().join(' and ');
      const evicted = podsOn(index, node).filter((pod) => pod.reason === 'Evicted');
      return [
        {
          subject: refOf(node),
          summary: `runs short of ${short}`,
          since: Math.min(...pressures.map((condition) => condition.since)),
          evidence: pressures.map((condition) =>
            observeField(
              node,
              `status.conditions[${condition.type}]`,
              `${condition.reason}: ${condition.message}`,
              index.takenAt,
            ),
          ),
          related: evicted.map(refOf),
          pods: evicted,
          explanation: `Node ${node.name} runs short of ${short}; ${countOf(evicted.length, 'pod')} on it ${evicted.length === 1 ? 'was' : 'were'} evicted.`,
          confidence: 'high' as const,
          remedies: [
            {
              label: `Free ${short} on the node`,
              advice: `Find what uses ${short} on ${node.name}, or move pods elsewhere; under pressure the kubelet evicts pods and takes no new ones.`,
            },
          ],
          templateMayCauseIt: false,
        },
      ];
    }),
});
