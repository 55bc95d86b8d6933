import type { ContainerSpecView, PodSpecView } from '@jamie/core';
import { defineContainerLint } from '../template/container-lint.ts';

/** CHK-SEC-803: nothing keeps it from being root. What a container says goes before what its pod says. */
export const mayRunAsRoot = defineContainerLint({
  code: 'CHK-SEC-803',
  title: 'container that may run as root',
  sources: ['popeye 302', 'popeye 306'],
  problem: { one: 'may run as root', many: 'may run as root' },
  consequence: 'a way out of the container would be a way to root on its node',
  remedy: {
    label: 'Run it as another user',
    advice: 'Set runAsNonRoot to true, and runAsUser where the image names no user of its own.',
  },
  find: (container, { spec }) => {
    const { user, isKept } = userOf(container, spec);
    if (user === 0) return { field: 'securityContext', says: 'runAsUser 0' };
    return user === undefined && !isKept
      ? { field: 'securityContext', says: 'neither runAsNonRoot nor runAsUser' }
      : undefined;
  },
});

function userOf({ security }: ContainerSpecView, spec: PodSpecView) {
  const user = security?.runAsUser ?? spec.security?.runAsUser;
  const isKept = (security?.runAsNonRoot ?? spec.security?.runAsNonRoot) === true;
  return { user, isKept };
}
