import { scaleToWhatFits } from '../../remedies/scale-to-what-fits.ts';
import { nameRules } from './placement-rules.ts';
import { defineUnschedulableAnalyzer } from './unschedulable-pod.ts';

const APART = 'there is no node that has none of them yet, as their anti-affinity demands';

/** CHK-POD-176: every node that would do has a pod already from which this one must keep apart. */
export const antiAffinityConflict = defineUnschedulableAnalyzer({
  code: 'CHK-POD-176',
  title: 'pod that must keep apart from others and finds no node without them',
  sources: ['HolmesGPT anti-affinity conflict'],
  obstacle: 'apart',
  detail: (_index, { pod }) => nameRules(pod, 'apart') || '; the rule is that of another pod',
  remedies: (index, _hit, workload) => {
    const fewer = scaleToWhatFits(index, workload, APART);
    const advice = {
      label: 'Add a node, or make the rule a preference',
      advice:
        'Add a node, ask for fewer pods, or use preferredDuringSchedulingIgnoredDuringExecution in the pod template, which keeps nothing waiting.',
    };
    return fewer?.kind === 'propose' ? [fewer.proposal, advice] : [advice];
  },
});
