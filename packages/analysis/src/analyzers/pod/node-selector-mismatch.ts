import { defineUnschedulableAnalyzer } from './unschedulable-pod.ts';

/** CHK-POD-142: no node carries the labels, or the affinity rules contradict the nodes. */
export const nodeSelectorMismatch = defineUnschedulableAnalyzer({
  code: 'CHK-POD-142',
  title: 'pod whose node selector or affinity fits no node',
  obstacle: 'selector',
  detail: () => '',
  remedies: () => [
    {
      label: 'Correct the node selector, or label a node',
      advice:
        'Compare the nodeSelector and affinity of the pod template with the labels of the nodes, and correct one of them.',
    },
  ],
});
