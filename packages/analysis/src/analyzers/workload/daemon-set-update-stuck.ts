import { defineAnalyzer } from '../define-analyzer.ts';
import { findStandingUpdates } from './standing-update.ts';

/** CHK-WKL-311: a DaemonSet does not get on with its update. */
export const daemonSetUpdateStuck = defineAnalyzer({
  code: 'CHK-WKL-311',
  title: 'DaemonSet whose update stands still',
  severity: 'warning',
  tier: 'rollout',
  reads: ['DaemonSet', 'Pod'],
  sources: ['Robusta KubeDaemonSetRolloutStuck'],
  analyze: (index) => findStandingUpdates(index, 'DaemonSet'),
});
