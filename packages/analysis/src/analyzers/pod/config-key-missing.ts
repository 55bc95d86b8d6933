import { defineConfigurationAnalyzer } from './configuration-analyzer.ts';

/** CHK-POD-133: the object is there, one of its keys is not. */
export const configKeyMissing = defineConfigurationAnalyzer({
  code: 'CHK-POD-133',
  title: 'key of a ConfigMap or Secret that pods need and that does not exist',
  concerns: (missing) => missing?.key !== undefined,
});
