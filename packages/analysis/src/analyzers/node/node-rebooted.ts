import { RECENT_OOM_MS } from '../../thresholds.ts';
import { defineNodeEventAnalyzer } from './node-event.ts';

/** CHK-NODE-524: a machine was started anew; what comes back by itself is no fault. */
export const nodeRebooted = defineNodeEventAnalyzer({
  code: 'CHK-NODE-524',
  title: 'node that rebooted within the last hour',
  severity: 'info',
  lint: true,
  sources: ['Robusta NodeHealthWarning'],
  reasons: ['Rebooted'],
  withinMs: RECENT_OOM_MS,
  summary: 'rebooted within the last hour',
  explain: (name, seen) => `Node ${name} was rebooted ${seen} within the last hour.`,
  label: 'Find out whether the reboot was meant',
  advice:
    'An update reboots nodes on purpose; a kernel panic or a lost power supply does not. The log of the machine tells.',
});
