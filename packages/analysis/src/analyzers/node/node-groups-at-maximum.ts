import { scaleToWhatFits } from '../../remedies/scale-to-what-fits.ts';
import { defineAutoscalerAnalyzer } from './autoscaler-words.ts';

/** CHK-NODE-517: the node groups that would take the pods may not grow any more. */
export const nodeGroupsAtMaximum = defineAutoscalerAnalyzer({
  code: 'CHK-NODE-517',
  title: 'pod that waits while the node groups are at their maximum',
  severity: 'critical',
  tier: 'node',
  sources: ['Robusta ScaleWarning'],
  refusal: 'at_maximum',
  summary: 'no node is added for its pods: the node groups are at their maximum',
  because: 'the node groups that would take them have reached their limit',
  sharedKey: 'node groups at their maximum',
  remedies: (index, workload) => {
    const fewer = scaleToWhatFits(index, workload, 'the node groups are at their maximum');
    const advice = {
      label: 'Raise the maximum of the node group',
      advice:
        'Raise the maximum size of the node group, or the limits of the NodePool, if the cost is meant; otherwise free room or lower requests.',
    };
    return fewer.kind === 'propose' ? [advice, fewer.proposal] : [advice];
  },
});
