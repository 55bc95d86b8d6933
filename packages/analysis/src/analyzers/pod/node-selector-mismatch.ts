import { nameRules } from './placement-rules.ts';
import { defineUnschedulableAnalyzer } from './unschedulable-pod.ts';

/** CHK-POD-142: no node carries the labels, or none has the pods beside which it must run. */
export const nodeSelectorMismatch = defineUnschedulableAnalyzer({
  code: 'CHK-POD-142',
  title: 'pod whose node selector or affinity fits no node',
  sources: ['HolmesGPT pending by node selector'],
  obstacle: 'selector',
  detail: (_index, { pod, parsed }) =>
    parsed.reasons.some(({ text }) => WITHOUT_COMPANY.test(text)) ? nameRules(pod, 'together') : '',
  remedies: () => [
    {
      label: 'Correct the node selector, or label a node',
      advice:
        'Compare the nodeSelector and affinity of the pod template with the labels of the nodes, and correct one of them.',
    },
  ],
});

/** kubernetes/kubernetes, pkg/scheduler/framework/plugins/interpodaffinity. */
const WITHOUT_COMPANY = /didn't match pod affinity rules/;
