import { defineContainerLint } from '../template/container-lint.ts';

/** CHK-SEC-807: neither the container nor its pod says anything about what it may do. */
export const noSecurityContext = defineContainerLint({
  code: 'CHK-SEC-807',
  title: 'container without a security context',
  sources: ['k8sgpt Security no securityContext'],
  problem: { one: 'has no security context', many: 'have no security context' },
  consequence: 'it runs with whatever user its image names and with the default capabilities',
  remedy: {
    label: 'Say what it may do',
    advice:
      'Set runAsNonRoot to true, allowPrivilegeEscalation to false, and drop all capabilities that it does not need.',
  },
  find: ({ security }, { spec }) =>
    security === undefined && spec.security === undefined
      ? { field: 'securityContext', says: 'not set, nor is that of the pod' }
      : undefined,
});
