import { defineContainerLint } from '../template/container-lint.ts';
import { isServing } from './serving-containers.ts';

/** CHK-CON-705: it is probed, but counts as ready from its first second. One without any probe is told of by CHK-CON-703. */
export const noReadinessProbe = defineContainerLint({
  code: 'CHK-CON-705',
  title: 'container without a readiness probe',
  sources: ['popeye 104'],
  problem: { one: 'has no readiness probe', many: 'have no readiness probe' },
  consequence: 'it gets requests from its first second, and a rollout goes on before it can answer any',
  remedy: {
    label: 'Add a readiness probe',
    advice: 'Add a readiness probe for what the program must be able to answer before it gets requests.',
  },
  find: (container, template) => {
    const { readiness, liveness, startup } = container.probes;
    const hasOther = liveness !== undefined || startup !== undefined;
    return isServing(container, template) && readiness === undefined && hasOther
      ? { field: 'readinessProbe', says: 'not set' }
      : undefined;
  },
});
