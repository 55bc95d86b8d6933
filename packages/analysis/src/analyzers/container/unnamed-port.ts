import { defineContainerLint } from '../template/container-lint.ts';

/** CHK-CON-709: Services and probes can only name it by number. */
export const unnamedPort = defineContainerLint({
  code: 'CHK-CON-709',
  title: 'container port without a name',
  sources: ['popeye 108'],
  problem: { one: 'has a port without a name', many: 'have ports without a name' },
  consequence:
    'Services and probes have to repeat its number, which changes in one place and not in the other',
  remedy: {
    label: 'Name the port',
    advice: 'Name the port in the pod template, and use the name elsewhere.',
  },
  find: ({ ports }) => {
    const unnamed = ports.filter(({ name }) => name === '');
    return unnamed.length === 0
      ? undefined
      : { field: 'ports', says: unnamed.map(({ port, protocol }) => `${port}/${protocol}`).join(', ') };
  },
});
