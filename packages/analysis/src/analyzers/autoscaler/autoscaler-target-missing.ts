import { START_GRACE_MS } from '../../thresholds.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import { observationOn } from '../observation-on.ts';
import { liveAutoscalers, scaleTargetOf } from './scale-target.ts';

/** CHK-HPA-1101: an autoscaler scales something that does not exist. */
export const autoscalerTargetMissing = defineAnalyzer({
  code: 'CHK-HPA-1101',
  title: 'autoscaler whose target does not exist',
  severity: 'warning',
  tier: 'workload',
  reads: ['HorizontalPodAutoscaler'],
  helpedBy: ['Deployment', 'StatefulSet', 'ReplicaSet'],
  sources: ['popeye 600', 'k8sgpt HorizontalPodAutoscaler target missing', 'HolmesGPT HPA not scaling'],
  analyze: (index) =>
    liveAutoscalers(index).flatMap((scaler) => {
      const target = scaleTargetOf(index, scaler);
      if (target.kind !== 'missing' || index.takenAt - scaler.createdAt < START_GRACE_MS) return [];
      const named = `${target.ref.kind} ${target.ref.name}`;
      return [
        observationOn(index, scaler, {
          field: 'spec.scaleTargetRef',
          value: `${named}, which is not in namespace ${scaler.namespace}`,
          summary: `its target ${named} does not exist`,
          explanation: `Autoscaler ${scaler.name} scales ${named}, which does not exist in namespace ${scaler.namespace}.`,
          remedies: [
            {
              label: `Correct the target of ${scaler.name}, or delete it`,
              advice: `Correct spec.scaleTargetRef of ${scaler.name}; where ${named} is gone for good, delete the autoscaler too.`,
            },
          ],
        }),
      ];
    }),
});
