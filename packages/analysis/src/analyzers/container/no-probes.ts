import { defineContainerLint } from '../template/container-lint.ts';
import { isServing } from './serving-containers.ts';

/** CHK-CON-703: nothing ever asks whether it works. */
export const noProbes = defineContainerLint({
  code: 'CHK-CON-703',
  title: 'container without any probe',
  sources: ['popeye 102'],
  problem: { one: 'has no probe', many: 'have no probe' },
  consequence: 'a program that hangs counts as ready and is never restarted',
  remedy: {
    label: 'Add a readiness probe, and a liveness probe where a restart helps',
    advice:
      'Add a readiness probe for what the program must be able to answer, and a liveness probe only where a restart would mend it.',
  },
  find: (container, template) => {
    const { readiness, liveness, startup } = container.probes;
    const hasAny = readiness !== undefined || liveness !== undefined || startup !== undefined;
    return isServing(container, template) && !hasAny ? { field: 'probes', says: 'none' } : undefined;
  },
});
