import { defineOvercommitAnalyzer } from './overcommitted-cluster.ts';

/** CHK-NODE-513: the cluster could not bear the loss of its largest node, by CPU. */
export const cpuOvercommitted = defineOvercommitAnalyzer({
  code: 'CHK-NODE-513',
  title: 'CPU requests that would not fit after the loss of a node',
  resource: 'cpu',
  sources: ['Robusta KubeCPUOvercommit'],
  format: (cores) => `${Number(cores.toFixed(1))} CPU`,
});
