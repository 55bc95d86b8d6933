import type { ContainerSpecView } from '@jamie/core';
import { defineContainerLint } from '../template/container-lint.ts';

const KINDS = ['readiness', 'liveness', 'startup'] as const;

/** CHK-CON-706: the number stands in two places and will change in one. A probe by command has no port. */
export const numericProbePort = defineContainerLint({
  code: 'CHK-CON-706',
  title: 'probe that names its port by number',
  sources: ['popeye 105'],
  problem: { one: 'is probed on a port by its number', many: 'are probed on ports by their numbers' },
  consequence: 'a port that moves in one place and not in the other makes the probe fail',
  remedy: {
    label: 'Name the port',
    advice: 'Give the container port a name and let the probes use the name.',
  },
  find: (container) => {
    const numeric = numericProbesOf(container);
    return numeric.length === 0 ? undefined : { field: 'probes', says: numeric.join(', ') };
  },
});

function numericProbesOf({ probes }: ContainerSpecView): readonly string[] {
  return KINDS.flatMap((kind) => {
    const port = probes[kind]?.port;
    return port !== undefined && /^\d{1,5}$/.test(port) ? [`${kind} probe on port ${port}`] : [];
  });
}
