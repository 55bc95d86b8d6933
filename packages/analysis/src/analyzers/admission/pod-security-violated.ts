import { defineRefusalAnalyzer } from './refusal-analyzer.ts';

/** CHK-ADM-403: the pod template is not as restricted as the namespace demands. */
export const podSecurityViolated = defineRefusalAnalyzer({
  code: 'CHK-ADM-403',
  title: 'Pod Security level that refuses pods',
  refusal: 'pod_security',
  sources: ['k8sgpt ReplicaSet FailedCreate', 'Robusta PolicyViolation'],
  refuser: 'The Pod Security level of the namespace',
  label: 'Fit the security context to the level',
  advice:
    'Change the security context of the pod template as the message says; loosen the level of the namespace only if the program truly needs it.',
});
