import { defineAutoscalerAnalyzer } from './autoscaler-words.ts';

/** CHK-NODE-519: the cloud did not give the node that was asked for. */
export const scaleUpFailed = defineAutoscalerAnalyzer({
  code: 'CHK-NODE-519',
  title: 'pod that waits because a new node was refused',
  severity: 'critical',
  tier: 'node',
  sources: ['Robusta ScaleWarning'],
  refusal: 'failed_before',
  summary: 'no node is added for its pods: the last attempt to add one failed',
  because: 'the last attempt failed and the autoscaler waits before the next',
  sharedKey: 'failed scale-up',
  remedies: () => [
    {
      label: 'Find why the cloud gave no node',
      advice:
        'The events of the ConfigMap cluster-autoscaler-status and the cloud console say why: a quota, no machines of that type in the zone, or missing rights.',
    },
  ],
});
