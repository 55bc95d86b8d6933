import { defineVolumePhaseAnalyzer } from './volume-phase-analyzer.ts';

/** CHK-STO-1015: the claim of a volume is gone, and the volume is kept with its data. */
export const volumeReleased = defineVolumePhaseAnalyzer({
  code: 'CHK-STO-1015',
  title: 'volume that is kept although its claim is gone',
  phase: 'Released',
  severity: 'info',
  sources: ['k8sgpt Storage PV Released'],
  graceMs: 0,
  says: ({ claim }) => `is kept with its data, although its claim${claim ? ` ${claim.name}` : ''} is gone`,
  remedy: ({ name }) => ({
    label: `Decide about ${name}`,
    advice: `No claim can take ${name} as it is. Remove its claimRef to use the data again, or delete it together with its disk.`,
  }),
});
