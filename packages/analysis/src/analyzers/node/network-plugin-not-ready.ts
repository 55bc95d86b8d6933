import { defineReadyMessageAnalyzer } from './ready-message.ts';

/** CHK-NODE-508: the network plugin of a node is not set up. */
export const networkPluginNotReady = defineReadyMessageAnalyzer({
  code: 'CHK-NODE-508',
  title: 'node whose network plugin is not ready',
  sources: ['Robusta NodeHealthWarning'],
  // containerd and CRI-O: "container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady …".
  words:
    /NetworkPluginNotReady|container runtime network not ready|cni (?:plugin not initialized|config uninitialized)/i,
  broken: 'The network plugin',
  label: 'Mend the network plugin',
  advice:
    'Look at the pod of the network plugin (its DaemonSet) on this node: it writes the configuration that the runtime misses. No other pod starts here before.',
});
