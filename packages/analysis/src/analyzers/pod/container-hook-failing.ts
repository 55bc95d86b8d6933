import { defineNotMadeAnalyzer } from './container-not-made.ts';

/** CHK-POD-164: what should run before or right after its start fails, and the container with it. */
export const containerHookFailing = defineNotMadeAnalyzer({
  code: 'CHK-POD-164',
  title: 'container whose start hook fails',
  sources: ['k8sgpt Pod PreCreateHookError', 'k8sgpt Pod PreStartHookError'],
  reasons: ['PreCreateHookError', 'PreStartHookError', 'PostStartHookError'],
  problem: 'is kept from running by a hook that fails',
  label: 'Mend the hook',
  advice: (container) =>
    `Check the lifecycle hooks of container ${container} and the plugins of its node: a postStart command runs beside the program and may come before it is up.`,
});
