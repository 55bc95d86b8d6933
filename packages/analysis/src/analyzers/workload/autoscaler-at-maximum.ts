import type { HorizontalPodAutoscalerView } from '@jamie/core';
import { observeField } from '../../evidence/observe.ts';
import { findCondition } from '../../snapshot/conditions.ts';
import { refOf } from '../../snapshot/ref-of.ts';
import { defineAnalyzer } from '../define-analyzer.ts';

/** Half as many again is a step to measure from, not a forecast. */
const STEP = 1.5;

/** CHK-WKL-306: an autoscaler would make more pods than it may. At its minimum it is merely idle. */
export const autoscalerAtMaximum = defineAnalyzer({
  code: 'CHK-WKL-306',
  title: 'autoscaler that wants more pods than its maximum',
  severity: 'warning',
  tier: 'workload',
  reads: ['HorizontalPodAutoscaler'],
  sources: ['k8sgpt HorizontalPodAutoscaler ScalingLimited'],
  analyze: (index) =>
    index.autoscalers.flatMap((scaler) => {
      const limited = findCondition(scaler, 'ScalingLimited');
      // The reason alone tells it from an autoscaler at its minimum (TooFewReplicas).
      if (limited?.status !== 'True' || limited.reason !== 'TooManyReplicas') return [];
      if (scaler.currentReplicas < scaler.maxReplicas || scaler.deletingSince !== undefined) return [];
      const evidence = observeField(
        scaler,
        'status.conditions[ScalingLimited]',
        `${limited.reason}: ${limited.message}`,
        index.takenAt,
      );
      return [{ ...describe(scaler), since: limited.since, evidence: [evidence] }];
    }),
});

function describe(scaler: HorizontalPodAutoscalerView) {
  const { namespace, name, maxReplicas, target } = scaler;
  const next = Math.ceil(maxReplicas * STEP);
  const kind = target.kind === 'StatefulSet' ? ('StatefulSet' as const) : ('Deployment' as const);
  return {
    subject: refOf(scaler),
    summary: `is at its maximum of ${maxReplicas} and wants more pods`,
    related: [{ kind, namespace, name: target.name }],
    pods: [],
    explanation: `Autoscaler ${name} keeps ${target.name} at its maximum of ${maxReplicas} pods, and its metrics ask for more.`,
    confidence: 'high' as const,
    remedies: [
      {
        label: `Raise the maximum of ${name} to ${next}`,
        advice: `If the load is real and the nodes have room, let ${name} make up to ${next} pods; otherwise find what makes ${target.name} busy.`,
        operation: {
          kind: 'autoscale' as const,
          target: { kind: 'HorizontalPodAutoscaler' as const, namespace, name },
          maxReplicas: next,
        },
      },
    ],
    templateMayCauseIt: false,
  };
}
