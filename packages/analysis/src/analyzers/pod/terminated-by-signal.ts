import { defineCrashAnalyzer } from './crash-analyzer.ts';

/** CHK-POD-105: something asks the program to stop, and it does. */
export const terminatedBySignal = defineCrashAnalyzer({
  code: 'CHK-POD-105',
  title: 'container that is told to stop (143) again and again',
  exit: 'sigterm',
  summary: () => 'is told to stop with signal 15 (exit code 143)',
  remedies: ({ hits: [{ container }] }) => [
    {
      label: 'Find what stops it',
      advice: `Container ${container.name} obeys SIGTERM. Look for a liveness probe that fails or a supervisor inside the container that stops its child.`,
    },
  ],
});
