import type { HorizontalPodAutoscalerView } from '@jamie/core';
import { refOf } from '../../snapshot/ref-of.ts';
import { listOf } from '../../wording.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import { observationOn } from '../observation-on.ts';
import { liveAutoscalers, targetRefs } from './scale-target.ts';

/** CHK-HPA-1106: two autoscalers set the number of pods of one target by turns. */
export const autoscalersInConflict = defineAnalyzer({
  code: 'CHK-HPA-1106',
  title: 'several autoscalers of one target',
  severity: 'warning',
  tier: 'workload',
  reads: ['HorizontalPodAutoscaler'],
  sources: ['HolmesGPT KEDA-vs-HPA confusion'],
  analyze: (index) => {
    const byTarget = new Map<string, HorizontalPodAutoscalerView[]>();
    for (const scaler of liveAutoscalers(index)) {
      const key = `${scaler.namespace}/${scaler.target.kind}/${scaler.target.name}`;
      byTarget.set(key, [...(byTarget.get(key) ?? []), scaler]);
    }
    return [...byTarget.values()].flatMap((scalers) => {
      const [first, ...others] = scalers;
      if (first === undefined || others.length === 0) return [];
      const { kind, name } = first.target;
      const names = listOf(scalers.map((scaler) => scaler.name));
      return [
        observationOn(index, first, {
          field: 'spec.scaleTargetRef',
          value: `${kind} ${name}, as for ${listOf(others.map((scaler) => scaler.name))}`,
          summary: `scales ${kind} ${name} together with ${listOf(others.map((scaler) => scaler.name))}`,
          since: Math.max(...scalers.map(({ createdAt }) => createdAt)),
          related: [...others.map(refOf), ...targetRefs(index, first)],
          explanation: `${scalers.length} autoscalers (${names}) scale ${kind} ${name}: each undoes what the other sets, or none acts.`,
          remedies: [
            {
              label: `Leave one autoscaler of ${name}`,
              advice: `Put the metrics of ${names} into one autoscaler, which takes the largest of their answers, and delete the others. One that KEDA made belongs to its ScaledObject.`,
            },
          ],
        }),
      ];
    });
  },
});
