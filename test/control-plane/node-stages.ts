const NODE_STATUS = `{{ $now := Now }}
phase: Running
conditions:
{{ range NodeConditions }}
- type: {{ .type | Quote }}
  status: {{ .status | Quote }}
  reason: {{ .reason | Quote }}
  message: {{ .message | Quote }}
  lastHeartbeatTime: {{ $now | Quote }}
  lastTransitionTime: {{ $now | Quote }}
{{ end }}
addresses:
- { type: InternalIP, address: {{ NodeIP | Quote }} }
- { type: Hostname, address: {{ .metadata.name | Quote }} }
daemonEndpoints: { kubeletEndpoint: { Port: {{ NodePort }} } }
nodeInfo:
  architecture: amd64
  operatingSystem: linux
  bootID: ""
  machineID: ""
  systemUUID: ""
  osImage: simulated
  kernelVersion: simulated
  kubeletVersion: v1.36.3
  kubeProxyVersion: ""
  containerRuntimeVersion: simulated
`;

/** A node becomes Ready once; its lease, which kwok renews, keeps it so. */
export function nodeStages(): readonly unknown[] {
  return [
    {
      apiVersion: 'kwok.x-k8s.io/v1alpha1',
      kind: 'Stage',
      metadata: { name: 'node-ready' },
      spec: {
        resourceRef: { apiGroup: 'v1', kind: 'Node' },
        selector: {
          matchExpressions: [
            {
              key: '.status.conditions.[] | select( .type == "Ready" ) | .status',
              operator: 'NotIn',
              values: ['True'],
            },
            // A kubelet that somebody broke stays so.
            { key: '.metadata.annotations["simulator/kubelet"]', operator: 'DoesNotExist' },
          ],
        },
        next: { statusTemplate: NODE_STATUS },
      },
    },
  ];
}

/** A node with room for many small pods. */
export function simulatedNode(name: string): unknown {
  const size = { cpu: '16', memory: '64Gi', 'ephemeral-storage': '200Gi', pods: '1000' };
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: { 'kubernetes.io/hostname': name, 'kubernetes.io/os': 'linux', 'kubernetes.io/arch': 'amd64' },
    },
    status: { allocatable: size, capacity: size },
  };
}
