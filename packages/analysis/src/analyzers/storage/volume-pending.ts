import { ROLLOUT_GRACE_MS } from '../../thresholds.ts';
import { defineVolumePhaseAnalyzer } from './volume-phase-analyzer.ts';

/** CHK-STO-1017: a volume was written down and never became usable. */
export const volumePending = defineVolumePhaseAnalyzer({
  code: 'CHK-STO-1017',
  title: 'volume that never becomes usable',
  phase: 'Pending',
  severity: 'info',
  sources: ['popeye 1001'],
  graceMs: ROLLOUT_GRACE_MS,
  says: () => 'has not become usable since it was made',
  remedy: ({ name }) => ({
    label: `Look at ${name}`,
    advice: `Look at the events of ${name} and at the logs of its driver; delete it where nothing waits for it.`,
  }),
});
