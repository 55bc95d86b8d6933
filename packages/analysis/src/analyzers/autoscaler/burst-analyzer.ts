import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { type Analyzer, defineAnalyzer } from '../define-analyzer.ts';
import { observationOn } from '../observation-on.ts';
import { type Burst, type BurstResource, burstCapacityOf } from './burst.ts';
import { formatAmount } from './format-amount.ts';

/** An analyzer for one resource of which one autoscaler at its maximum would ask more than the nodes have. */
export function defineBurstAnalyzer(
  code: string,
  resource: BurstResource,
  sources: readonly string[],
): Analyzer {
  return defineAnalyzer({
    code,
    title: `autoscaler whose maximum needs more ${resource} than the nodes have`,
    severity: 'info',
    tier: 'workload',
    reads: ['HorizontalPodAutoscaler', 'Deployment', 'StatefulSet', 'Pod', 'Node'],
    lint: true,
    sources,
    analyze: (index) => burstCapacityOf(index).bursts.flatMap((burst) => tell(index, resource, burst)),
  });
}

function tell(index: SnapshotIndex, resource: BurstResource, { scaler, workload, additional }: Burst) {
  const { allocatable, requested } = burstCapacityOf(index);
  const free = allocatable[resource] - requested[resource];
  const needed = additional[resource];
  if (allocatable[resource] === 0 || !(needed > Math.max(0, free))) return [];
  const needs = formatAmount(resource, needed);
  const has = formatAmount(resource, Math.max(0, free));
  const { name, maxReplicas } = scaler;
  return [
    observationOn(index, scaler, {
      field: 'spec.maxReplicas',
      value: `${maxReplicas}; the pods still to come request ${needs} of ${resource}, and ${has} is free on the nodes`,
      summary: `at its maximum of ${maxReplicas} needs ${needs} more ${resource}, and ${has} is free`,
      related: [{ kind: workload.kind, namespace: workload.namespace, name: workload.name }],
      explanation: `Autoscaler ${name} may make ${maxReplicas} pods of ${workload.name}: they would request ${needs} more ${resource}, and the nodes have ${has} left.`,
      remedies: [
        {
          label: 'Make room for the maximum, or lower it',
          advice: `Let the cluster grow with the load, or set maxReplicas of ${name} to what fits; pods beyond that wait for a node.`,
        },
      ],
    }),
  ];
}
