import { toSingleLine } from '../../evidence/cluster-text.ts';
import { defineInactiveAutoscalerAnalyzer } from './inactive-autoscaler-analyzer.ts';

/** CHK-HPA-1104: the numbers that an autoscaler goes by do not come. */
export const autoscalerWithoutMetrics = defineInactiveAutoscalerAnalyzer({
  code: 'CHK-HPA-1104',
  title: 'autoscaler that gets no metrics',
  reason: 'metrics_missing',
  sources: [
    'k8sgpt HorizontalPodAutoscaler conditions False',
    'Robusta ScaleWarning',
    'HolmesGPT HPA not scaling',
  ],
  why: ({ condition }) =>
    `its metrics do not come (${toSingleLine(condition.reason, 60)}: "${toSingleLine(condition.message, 160)}")`,
  remedy: ({ condition }, { metrics }) => ({
    label: condition.reason.includes('Resource')
      ? 'Look after metrics-server'
      : 'Look after the metrics adapter',
    advice: condition.reason.includes('Resource')
      ? 'Look whether metrics-server runs and kubectl top pods answers; until then the number of pods stays as it is.'
      : `Look whether the adapter behind ${metrics.join(', ') || 'its metrics'} runs and knows a metric of that name; until then the number of pods stays as it is.`,
  }),
});
