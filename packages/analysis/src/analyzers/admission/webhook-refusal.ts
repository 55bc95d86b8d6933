import { blamedConfigurations } from './failed-webhook-calls.ts';
import { defineRefusalAnalyzer } from './refusal-analyzer.ts';

/** CHK-ADM-404: a webhook or policy says no, or does not answer. */
export const webhookRefusal = defineRefusalAnalyzer({
  code: 'CHK-ADM-404',
  title: 'admission webhook or policy that refuses pods',
  refusal: 'webhook',
  sources: ['k8sgpt ReplicaSet FailedCreate', 'Robusta PolicyViolation'],
  blames: blamedConfigurations,
  refuser: 'An admission webhook or policy',
  label: 'Satisfy the policy, or mend the webhook',
  advice: 'Do what the message asks for; if the webhook itself does not answer, mend the Service behind it.',
});
