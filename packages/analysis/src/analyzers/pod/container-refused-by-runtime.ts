import { defineNotMadeAnalyzer } from './container-not-made.ts';

/** CHK-POD-165: the runtime cannot make or start it. Once it was tried often, CHK-POD-106 tells of a command that cannot start. */
export const containerRefusedByRuntime = defineNotMadeAnalyzer({
  code: 'CHK-POD-165',
  title: 'container that the runtime cannot make or start',
  sources: ['k8sgpt Pod CreateContainerError', 'k8sgpt Pod RunContainerError'],
  reasons: ['CreateContainerError', 'RunContainerError'],
  problem: 'cannot be made or started by the runtime',
  label: 'Follow the message of the runtime',
  advice: (container) =>
    `Check the command, mounts and devices of container ${container}: the runtime names what it misses or what is taken.`,
});
