import { refOf } from '../../snapshot/ref-of.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import { observationOn } from '../observation-on.ts';
import { liveAutoscalers, scaleTargetOf } from './scale-target.ts';

/** CHK-HPA-1108: an autoscaler rests, because its target was scaled to zero. */
export const autoscalerAtRest = defineAnalyzer({
  code: 'CHK-HPA-1108',
  title: 'autoscaler of a workload that is scaled to zero',
  severity: 'info',
  tier: 'workload',
  reads: ['HorizontalPodAutoscaler', 'Deployment', 'StatefulSet'],
  lint: true,
  analyze: (index) =>
    liveAutoscalers(index).flatMap((scaler) => {
      const target = scaleTargetOf(index, scaler);
      if (target.kind !== 'workload' || target.workload.replicas !== 0 || scaler.minReplicas === 0) return [];
      const { workload } = target;
      return [
        observationOn(index, workload, {
          field: 'spec.replicas',
          value: `0; autoscaler ${scaler.name} keeps at least ${scaler.minReplicas}`,
          summary: `is scaled to 0, so that autoscaler ${scaler.name} rests`,
          related: [refOf(scaler)],
          explanation: `${workload.kind} ${workload.name} is scaled to 0: autoscaler ${scaler.name} does nothing until somebody scales it up again.`,
          remedies: [
            {
              label: `Scale ${workload.name} to ${scaler.minReplicas}, or delete ${scaler.name}`,
              advice: `Where ${workload.name} should run, scale it to at least 1 and the autoscaler takes over; where it should not, the autoscaler may go.`,
            },
          ],
        }),
      ];
    }),
});
