import { toSingleLine } from '../../evidence/cluster-text.ts';
import { defineInactiveAutoscalerAnalyzer } from './inactive-autoscaler-analyzer.ts';

/** CHK-HPA-1105: an autoscaler can neither read nor set the number of pods of its target. */
export const autoscalerUnable = defineInactiveAutoscalerAnalyzer({
  code: 'CHK-HPA-1105',
  title: 'autoscaler that cannot read or set the scale of its target',
  reason: 'cannot_scale',
  sources: ['k8sgpt HorizontalPodAutoscaler conditions False', 'Robusta ScaleWarning'],
  why: ({ condition }) => `${toSingleLine(condition.reason, 60)}: "${toSingleLine(condition.message, 160)}"`,
  remedy: (_because, { name, target }) => ({
    label: `Mend the target of ${name}`,
    advice: `The message says whether ${target.kind} ${target.name} cannot be found under the apiVersion that ${name} names, has no scale, or refuses to be changed.`,
  }),
});
