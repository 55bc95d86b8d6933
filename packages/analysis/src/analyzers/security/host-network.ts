import { defineTemplateLint } from '../template/template-lint.ts';

/** CHK-SEC-808: it listens on its node's addresses, and NetworkPolicies do not hold it. */
export const hostNetwork = defineTemplateLint({
  code: 'CHK-SEC-808',
  title: 'pod template that shares the network of its node',
  consequence:
    'NetworkPolicies do not hold it, it reaches what listens on the node, and two of it need two nodes',
  remedy: {
    label: 'Give it a network of its own',
    advice:
      'Take hostNetwork out of the pod template, unless the program manages the network of the node itself.',
  },
  find: ({ spec }) =>
    spec.hostNetwork
      ? { field: 'hostNetwork', says: 'true', problem: 'shares the network of its node' }
      : undefined,
});
