import { defineContainerLint } from '../template/container-lint.ts';
import { isServing } from './serving-containers.ts';

/** CHK-CON-704: it is probed, but never restarted when it hangs. One without any probe is told of by CHK-CON-703. */
export const noLivenessProbe = defineContainerLint({
  code: 'CHK-CON-704',
  title: 'container without a liveness probe',
  sources: ['popeye 103'],
  problem: { one: 'has no liveness probe', many: 'have no liveness probe' },
  consequence: 'a program that hangs is taken out of its Services but never restarted',
  remedy: {
    label: 'Add a liveness probe where a restart helps',
    advice:
      'Add a liveness probe that asks only for the program itself, with more patience than the readiness probe; without one, a hang needs somebody to notice.',
  },
  find: (container, template) => {
    const { readiness, liveness, startup } = container.probes;
    const hasOther = readiness !== undefined || startup !== undefined;
    return isServing(container, template) && liveness === undefined && hasOther
      ? { field: 'livenessProbe', says: 'not set' }
      : undefined;
  },
});
