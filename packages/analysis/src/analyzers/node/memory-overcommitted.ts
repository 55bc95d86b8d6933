import { formatMemory } from '../../snapshot/quantities.ts';
import { defineOvercommitAnalyzer } from './overcommitted-cluster.ts';

/** CHK-NODE-514: the cluster could not bear the loss of its largest node, by memory. */
export const memoryOvercommitted = defineOvercommitAnalyzer({
  code: 'CHK-NODE-514',
  title: 'memory requests that would not fit after the loss of a node',
  resource: 'memory',
  sources: ['Robusta KubeMemoryOvercommit'],
  format: formatMemory,
});
