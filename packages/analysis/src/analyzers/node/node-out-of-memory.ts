import { RECENT_OOM_MS } from '../../thresholds.ts';
import { defineNodeEventAnalyzer } from './node-event.ts';

/** CHK-NODE-511: a machine itself, not a container, ran out of memory. */
export const nodeOutOfMemory = defineNodeEventAnalyzer({
  code: 'CHK-NODE-511',
  title: 'node that ran out of memory within the last hour',
  severity: 'warning',
  sources: ['Robusta HostOomKillDetected', 'Robusta NodeHealthWarning'],
  reasons: ['SystemOOM'],
  withinMs: RECENT_OOM_MS,
  summary: 'ran out of memory, and its kernel killed a process',
  explain: (name, seen) =>
    `The memory of node ${name} itself was used up ${seen} within the last hour, and the kernel killed a process to go on: pods there use more than they request.`,
  label: 'Set memory requests and limits that hold',
  advice:
    'Find the pods on the node that use more memory than they request, give them limits, and reserve memory for the system (kube-reserved, system-reserved).',
});
