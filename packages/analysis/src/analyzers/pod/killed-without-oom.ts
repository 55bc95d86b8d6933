import { defineCrashAnalyzer } from './crash-analyzer.ts';

/** CHK-POD-103: SIGKILL from something else than the memory limit. */
export const killedWithoutOom = defineCrashAnalyzer({
  code: 'CHK-POD-103',
  title: 'container that is killed (137) without running out of memory',
  exit: 'killed',
  summary: () => 'is killed with signal 9 (exit code 137), not for its memory',
  remedies: ({ hits: [{ container }] }) => [
    {
      label: 'Find what kills it',
      advice: `Nothing records an OOM kill of container ${container.name}. Usual senders are a liveness probe, a shutdown that outlasts the grace period, or a process inside the container.`,
    },
  ],
});
