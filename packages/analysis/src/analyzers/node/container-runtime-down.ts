import { defineReadyMessageAnalyzer } from './ready-message.ts';

/** CHK-NODE-507: the kubelet cannot work with the container runtime. */
export const containerRuntimeDown = defineReadyMessageAnalyzer({
  code: 'CHK-NODE-507',
  title: 'node whose container runtime is down',
  sources: ['Robusta NodeHealthWarning'],
  // kubernetes/kubernetes, pkg/kubelet/runtime.go: "container runtime is down", "PLEG is not healthy: …".
  words:
    /container runtime is down|PLEG is not healthy|container runtime status check may not have completed|runtime not ready: RuntimeReady=false/i,
  broken: 'The container runtime',
  label: 'Restart the container runtime',
  advice:
    'Look at containerd or CRI-O on the machine: its log, its disk and its load. Restarted, it leaves containers running; if it stays down, replace the node.',
});
