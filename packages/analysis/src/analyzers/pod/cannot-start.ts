import { defineCrashAnalyzer } from './crash-analyzer.ts';

/** CHK-POD-106: the command is missing or cannot be executed. */
export const cannotStart = defineCrashAnalyzer({
  code: 'CHK-POD-106',
  title: 'container whose command cannot be started',
  sources: ['k8sgpt Pod RunContainerError'],
  exit: 'cannot_start',
  summary: ({ termination }) => `cannot start its command (exit code ${termination.exitCode})`,
  remedies: ({ hits: [{ container }] }) => [
    {
      label: 'Correct the command',
      advice: `The command of container ${container.name} does not exist in ${container.image} or is not executable: check command, args, and the image's architecture.`,
    },
  ],
});
