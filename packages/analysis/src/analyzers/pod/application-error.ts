import { defineCrashAnalyzer } from './crash-analyzer.ts';

/** CHK-POD-101: the program ends itself with an error. */
export const applicationError = defineCrashAnalyzer({
  code: 'CHK-POD-101',
  title: 'container that exits with an error again and again',
  sources: [
    'k8sgpt Pod CrashLoopBackOff',
    'k8sgpt Pod init containers',
    'k8sgpt Pod non-zero termination',
    'Robusta on_pod_crash_loop',
    'Robusta CrashLoopBackOff',
    'Robusta PodLifecycleWarning',
    'HolmesGPT crashpod',
    'HolmesGPT init containers',
    'k8s-ai-bench fix-crashloop',
  ],
  exit: 'error',
  summary: ({ termination }) => `exits with code ${termination.exitCode}`,
  remedies: ({ hits: [{ container }] }) => [
    {
      label: 'Mend what the program reports',
      advice: `Read the last lines of the previous log of container ${container.name}: the program ends itself, so a restart alone changes nothing.`,
    },
  ],
});
