import { defineAnalyzer } from '../define-analyzer.ts';
import { observationOn } from '../observation-on.ts';
import { liveAutoscalers } from './scale-target.ts';

/** CHK-HPA-1109: with its minimum equal to its maximum an autoscaler has nothing to decide. */
export const autoscalerWithoutRoom = defineAnalyzer({
  code: 'CHK-HPA-1109',
  title: 'autoscaler whose minimum is its maximum',
  severity: 'info',
  tier: 'workload',
  reads: ['HorizontalPodAutoscaler'],
  lint: true,
  analyze: (index) =>
    liveAutoscalers(index)
      .filter(({ minReplicas, maxReplicas }) => minReplicas >= maxReplicas && maxReplicas > 0)
      .map((scaler) =>
        observationOn(index, scaler, {
          field: 'spec.minReplicas',
          value: `${scaler.minReplicas}, with maxReplicas ${scaler.maxReplicas}`,
          summary: `may make neither more nor fewer than ${scaler.maxReplicas} pods`,
          explanation: `Autoscaler ${scaler.name} has a minimum and a maximum of ${scaler.maxReplicas}: it never scales ${scaler.target.name}.`,
          remedies: [
            {
              label: `Give ${scaler.name} room, or delete it`,
              advice: `Raise maxReplicas or lower minReplicas of ${scaler.name}; with a fixed number of pods the replicas of ${scaler.target.name} say the same.`,
            },
          ],
        }),
      ),
});
