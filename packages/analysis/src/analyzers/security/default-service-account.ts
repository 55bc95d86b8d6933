import { defineTemplateLint } from '../template/template-lint.ts';

/** CHK-SEC-801: what one program is allowed, every program of the namespace is. */
export const defaultServiceAccount = defineTemplateLint({
  code: 'CHK-SEC-801',
  title: 'pod template that uses the default ServiceAccount',
  sources: ['popeye 300', 'k8sgpt Security default ServiceAccount'],
  consequence: 'rights that are given to it are given to every other pod of the namespace that names none',
  remedy: {
    label: 'Give it a ServiceAccount of its own',
    advice:
      'Make a ServiceAccount for this program and name it in the pod template; where it never asks the API server, set automountServiceAccountToken to false as well.',
  },
  find: ({ spec }) =>
    spec.serviceAccount === 'default'
      ? { field: 'serviceAccountName', says: 'default', problem: 'uses the default ServiceAccount' }
      : undefined,
});
