import { toSingleLine } from '../../evidence/cluster-text.ts';
import { defineVolumePhaseAnalyzer } from './volume-phase-analyzer.ts';

/** CHK-STO-1014: a volume could not be reclaimed. */
export const volumeFailed = defineVolumePhaseAnalyzer({
  code: 'CHK-STO-1014',
  title: 'volume that could not be reclaimed',
  phase: 'Failed',
  severity: 'warning',
  sources: ['k8sgpt Storage PV Failed', 'popeye 1002'],
  graceMs: 0,
  says: ({ message, reason }) =>
    `could not be reclaimed: ${toSingleLine(message || reason || 'nothing says why', 160)}`,
  remedy: ({ name }) => ({
    label: `Clear up ${name} by hand`,
    advice: `Delete the disk behind ${name} where it is no longer needed, then delete the PersistentVolume; until then both may cost money.`,
  }),
});
