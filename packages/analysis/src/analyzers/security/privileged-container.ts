import { defineContainerLint } from '../template/container-lint.ts';

/** CHK-SEC-806: the walls between it and its node are down. */
export const privilegedContainer = defineContainerLint({
  code: 'CHK-SEC-806',
  title: 'privileged container',
  sources: ['k8sgpt Security privileged container'],
  problem: { one: 'is privileged', many: 'are privileged' },
  consequence: 'whoever gets into it holds its whole node, with every other pod on it',
  remedy: {
    label: 'Take the privilege away',
    advice: 'Set privileged to false and add only the capabilities that the program truly needs.',
  },
  find: ({ security }) =>
    security?.privileged === true ? { field: 'securityContext.privileged', says: 'true' } : undefined,
});
