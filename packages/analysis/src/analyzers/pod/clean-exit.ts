import { defineCrashAnalyzer } from './crash-analyzer.ts';

/** CHK-POD-102: the program ends without an error although it should keep running. */
export const cleanExit = defineCrashAnalyzer({
  code: 'CHK-POD-102',
  title: 'container that ends without error and is restarted again and again',
  exit: 'clean',
  summary: () => 'ends with exit code 0 although it should keep running',
  remedies: ({ hits: [{ container }] }) => [
    {
      label: 'Keep the program in the foreground, or run it as a Job',
      advice: `Container ${container.name} finishes its work and ends. If it should serve, start it in the foreground; if it should run once, use a Job.`,
    },
  ],
});
