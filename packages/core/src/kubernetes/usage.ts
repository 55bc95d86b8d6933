/** What one pod or node uses now, as metrics.k8s.io says. */
export interface UsageSample {
  /** Empty for a node. */
  readonly namespace: string;
  readonly name: string;
  readonly cpuMillicores: number;
  readonly memoryBytes: number;
  /** When it was measured, and over how long. */
  readonly measuredAt: number;
  readonly windowMs: number;
  /** Of a pod, by container. Empty for a node. */
  readonly containers: readonly ContainerUsage[];
}

export interface ContainerUsage {
  readonly name: string;
  readonly cpuMillicores: number;
  readonly memoryBytes: number;
}
