import { defineAnalyzer } from '../define-analyzer.ts';
import { observationOn } from '../observation-on.ts';
import { liveAutoscalers, scaleTargetOf } from './scale-target.ts';

/** CHK-HPA-1102: an autoscaler names something whose number of pods nobody can set. */
export const autoscalerTargetUnscalable = defineAnalyzer({
  code: 'CHK-HPA-1102',
  title: 'autoscaler of something that cannot be scaled',
  severity: 'warning',
  tier: 'workload',
  reads: ['HorizontalPodAutoscaler'],
  sources: ['popeye 600', 'k8sgpt HorizontalPodAutoscaler target kind invalid'],
  analyze: (index) =>
    liveAutoscalers(index).flatMap((scaler) => {
      const target = scaleTargetOf(index, scaler);
      if (target.kind !== 'cannot_scale') return [];
      const named = `${target.named} ${scaler.target.name}`;
      return [
        observationOn(index, scaler, {
          field: 'spec.scaleTargetRef',
          value: named,
          summary: `its target is a ${target.named}, which cannot be scaled`,
          since: scaler.createdAt,
          explanation: `Autoscaler ${scaler.name} scales ${named}: a ${target.named} has no number of replicas to set.`,
          remedies: [
            {
              label: `Correct the target of ${scaler.name}`,
              advice: `Name a Deployment, a StatefulSet or a resource with the scale subresource in spec.scaleTargetRef, or delete ${scaler.name}.`,
            },
          ],
        }),
      ];
    }),
});
