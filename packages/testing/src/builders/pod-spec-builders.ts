import type { ContainerSpecView, PodSpecView } from '@jamie/core';

/** A container as a careful team writes it: pinned, limited, probed, unprivileged. */
export function aContainerSpec(more: Partial<ContainerSpecView> = {}): ContainerSpecView {
  const probe = {
    port: 'http',
    periodSeconds: 10,
    timeoutSeconds: 1,
    initialDelaySeconds: 0,
    failureThreshold: 3,
  };
  return {
    name: 'app',
    image: 'registry.example/shop/app:1.4.2',
    isInit: false,
    pullPolicy: 'IfNotPresent',
    ports: [{ name: 'http', port: 8080, protocol: 'TCP' }],
    requests: { cpu: '100m', memory: '128Mi' },
    limits: { memory: '256Mi' },
    probes: { readiness: probe, liveness: probe },
    security: { runAsNonRoot: true, allowPrivilegeEscalation: false, addedCapabilities: [] },
    ...more,
  };
}

/** A pod spec with which nothing is wrong but that it uses the default ServiceAccount, as most do. */
export function aPodSpec(more: Partial<PodSpecView> = {}): PodSpecView {
  return {
    serviceAccount: 'default',
    mountsToken: false,
    pullSecrets: [],
    hostNetwork: false,
    hostPid: false,
    hostIpc: false,
    restartPolicy: 'Always',
    priorityClass: '',
    schedulingGates: [],
    tolerations: [],
    affinity: [],
    spread: [],
    containers: [aContainerSpec()],
    configMaps: [],
    ...more,
  };
}
