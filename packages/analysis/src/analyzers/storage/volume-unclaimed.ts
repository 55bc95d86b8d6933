import { defineVolumePhaseAnalyzer } from './volume-phase-analyzer.ts';

/** A volume made by hand may wait a day for the claim that it was made for. */
const A_DAY_MS = 24 * 3_600_000;

/** CHK-STO-1016: a volume waits for a claim that nobody makes. */
export const volumeUnclaimed = defineVolumePhaseAnalyzer({
  code: 'CHK-STO-1016',
  title: 'volume that no claim uses',
  phase: 'Available',
  severity: 'info',
  sources: ['popeye 1000', 'popeye 400'],
  graceMs: A_DAY_MS,
  says: ({ storageClass }) =>
    `is free${storageClass === '' ? '' : ` in class ${storageClass}`}, and no claim has taken it`,
  remedy: ({ name }) => ({
    label: `Claim ${name} or delete it`,
    advice: `Where a claim was meant for ${name}, compare its class, size and access modes with the volume; otherwise delete it.`,
  }),
});
