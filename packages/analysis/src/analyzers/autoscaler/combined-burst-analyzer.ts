import { refOf } from '../../snapshot/ref-of.ts';
import { compareNumbers } from '../../snapshot/stable-order.ts';
import { countOf } from '../../wording.ts';
import { type Analyzer, defineAnalyzer } from '../define-analyzer.ts';
import { observationOn } from '../observation-on.ts';
import { type BurstResource, burstCapacityOf } from './burst.ts';
import { formatAmount } from './format-amount.ts';

/** An analyzer for one resource of which all autoscalers at their maximum would together ask more than the nodes have. */
export function defineCombinedBurstAnalyzer(
  code: string,
  resource: BurstResource,
  sources: readonly string[],
): Analyzer {
  return defineAnalyzer({
    code,
    title: `autoscalers whose maxima together need more ${resource} than the nodes have`,
    severity: 'info',
    tier: 'workload',
    reads: ['HorizontalPodAutoscaler', 'Deployment', 'StatefulSet', 'Pod', 'Node'],
    lint: true,
    sources,
    analyze: (index) => {
      const { bursts, allocatable, requested } = burstCapacityOf(index);
      const free = Math.max(0, allocatable[resource] - requested[resource]);
      const needed = bursts.reduce((sum, burst) => sum + burst.additional[resource], 0);
      const [largest, ...others] = [...bursts].sort((left, right) =>
        compareNumbers(right.additional[resource], left.additional[resource]),
      );
      // One that is too large by itself is told itself.
      if (largest === undefined || others.length === 0 || allocatable[resource] === 0) return [];
      if (!(needed > free) || largest.additional[resource] > free) return [];
      const needs = formatAmount(resource, needed);
      const has = formatAmount(resource, free);
      const all = countOf(bursts.length, 'autoscaler');
      return [
        observationOn(index, largest.scaler, {
          field: 'spec.maxReplicas',
          value: `${all} at their maxima would request ${needs} more ${resource}; ${has} is free on the nodes`,
          summary: `with ${countOf(others.length, 'other autoscaler')} at their maxima needs ${needs} more ${resource}, and ${has} is free`,
          related: others.slice(0, 10).map(({ scaler }) => refOf(scaler)),
          explanation: `If all ${all} scale to their maxima at once, their pods request ${needs} more ${resource}, and the nodes have ${has} left; ${largest.scaler.name} takes the most.`,
          remedies: [
            {
              label: 'Make room for a common peak',
              advice:
                'Let the cluster grow with the load, or lower the maxima so that a peak of all fits; give what matters most a higher priority class.',
            },
          ],
        }),
      ];
    },
  });
}
