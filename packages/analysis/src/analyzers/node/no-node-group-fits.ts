import { defineAutoscalerAnalyzer } from './autoscaler-words.ts';

/** CHK-NODE-518: another node of any group would not take the pods either. */
export const noNodeGroupFits = defineAutoscalerAnalyzer({
  code: 'CHK-NODE-518',
  title: 'pod that no new node would take either',
  severity: 'warning',
  // What the scheduler says of the pod is the cause; that no node comes is what follows.
  tier: 'workload',
  sources: ['Robusta SchedulingWarning'],
  refusal: 'would_not_help',
  summary: 'no node is added for its pods: none that could be added would take them',
  because: 'a node of any group would not take them either',
  remedies: () => [
    {
      label: 'Fit the pod to a node group, or add one that fits',
      advice:
        'Compare the requests, the node selector and the tolerations of the pod template with what the node groups or NodePools offer.',
    },
  ],
});
