import { defineConfigurationAnalyzer } from './configuration-analyzer.ts';

/** CHK-POD-131: pods wait for a ConfigMap. */
export const configMapMissing = defineConfigurationAnalyzer({
  code: 'CHK-POD-131',
  title: 'ConfigMap that pods need and that does not exist',
  sources: ['k8sgpt Pod CreateContainerConfigError', 'HolmesGPT configmap mount'],
  concerns: (missing) => missing?.kind === 'ConfigMap' && missing.key === undefined,
});
