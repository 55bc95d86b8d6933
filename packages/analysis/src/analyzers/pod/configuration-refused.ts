import { defineConfigurationAnalyzer } from './configuration-analyzer.ts';

/** CHK-POD-134: for example a user that the security context forbids. */
export const configurationRefused = defineConfigurationAnalyzer({
  code: 'CHK-POD-134',
  title: 'container configuration that the kubelet refuses',
  concerns: (missing) => missing === undefined,
});
