import { scaleToWhatFits } from '../../remedies/scale-to-what-fits.ts';
import { defineUnschedulableAnalyzer } from './unschedulable-pod.ts';

/** CHK-POD-142: no node carries the labels, or the affinity rules contradict the nodes. */
export const nodeSelectorMismatch = defineUnschedulableAnalyzer({
  code: 'CHK-POD-142',
  title: 'pod whose node selector or affinity fits no node',
  sources: ['HolmesGPT pending by node selector', 'HolmesGPT anti-affinity conflict'],
  obstacle: 'selector',
  detail: () => '',
  remedies: (index, { parsed }, workload) => {
    const isCrowded = parsed.reasons.some(({ text }) => ANTI_AFFINITY.test(text));
    const fewer = isCrowded ? scaleToWhatFits(index, workload, APART) : undefined;
    const advice = {
      label: 'Correct the node selector, or label a node',
      advice:
        'Compare the nodeSelector and affinity of the pod template with the labels of the nodes, and correct one of them.',
    };
    return fewer?.kind === 'propose' ? [fewer.proposal, advice] : [advice];
  },
});

/** kubernetes/kubernetes, pkg/scheduler/framework/plugins/interpodaffinity. */
const ANTI_AFFINITY = /pod anti-affinity rules/;
const APART = 'there is no node that has none of them yet, as their anti-affinity demands';
