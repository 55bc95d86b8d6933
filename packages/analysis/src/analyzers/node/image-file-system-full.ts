import { RECENT_MS } from '../../thresholds.ts';
import { defineNodeEventAnalyzer } from './node-event.ts';

/** CHK-NODE-510: the kubelet cannot free room for images. */
export const imageFileSystemFull = defineNodeEventAnalyzer({
  code: 'CHK-NODE-510',
  title: 'node whose image file system stays full',
  severity: 'warning',
  sources: ['Robusta NodeFSSpaceAlerts', 'Robusta MiniClusterNodeFSSpaceAlerts', 'Robusta NodeHealthWarning'],
  // kubernetes/kubernetes, pkg/kubelet/images: InvalidDiskCapacity, which every start of a kubelet shows, is not among them.
  reasons: ['FreeDiskSpaceFailed', 'ImageGCFailed'],
  words: /free|disk|space|usage|bytes/i,
  withinMs: RECENT_MS,
  atLeast: 2,
  summary: 'cannot free room for images',
  explain: (name, seen) =>
    `The kubelet of node ${name} has failed to free room for images ${seen}: soon no image can be pulled there and pods are evicted.`,
  label: 'Free the disk of the node',
  advice:
    'Find what fills the disk besides unused images: logs, emptyDir volumes, writable layers of containers. Give the node a larger disk if it is all needed.',
});
