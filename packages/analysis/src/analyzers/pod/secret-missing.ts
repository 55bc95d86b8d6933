import { defineConfigurationAnalyzer } from './configuration-analyzer.ts';

/** CHK-POD-132: pods wait for a Secret. */
export const secretMissing = defineConfigurationAnalyzer({
  code: 'CHK-POD-132',
  title: 'Secret that pods need and that does not exist',
  sources: ['HolmesGPT secret missing'],
  concerns: (missing) => missing?.kind === 'Secret' && missing.key === undefined,
});
