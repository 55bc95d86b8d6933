import { defineRefusalAnalyzer } from './refusal-analyzer.ts';

/** CHK-ADM-405: for example a service account that does not exist. */
export const podsRefused = defineRefusalAnalyzer({
  code: 'CHK-ADM-405',
  title: 'pods that the API server refuses for another reason',
  refusal: 'other',
  sources: ['k8sgpt ReplicaSet FailedCreate'],
  explainedBy: ['CHK-SEC-805'],
  refuser: 'The API server',
  label: 'Follow the message of the API server',
  advice: 'The message names what the API server misses, for example a service account or a priority class.',
});
