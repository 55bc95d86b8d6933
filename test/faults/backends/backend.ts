/** A write that reached the API server, as its own log tells it. Dry runs are left out. */
interface SentWrite {
  readonly verb: string;
  /** HTTP status of the answer. */
  readonly code: number;
}

export interface DeploymentState {
  readonly replicas: number;
  /** Grows by one with each change of the spec; 1 after creation. */
  readonly generation: number;
  readonly readyReplicas: number;
}

/** An API server that trials change Deployments on, and that outlives every process under test. */
export interface Backend {
  readonly name: 'demo' | 'real';
  readonly namespace: string;
  /** Who asks in Slack, as Kubernetes knows them. */
  readonly person: { readonly user: string; readonly groups: readonly string[] };
  /** Writes a kubeconfig with one context, `test`, for this server or for a proxy in front of it. */
  kubeconfig(port?: number): string;
  readonly port: number;
  createDeployment(name: string, replicas: number): Promise<void>;
  readDeployment(name: string): Promise<DeploymentState>;
  deleteDeployment(name: string): Promise<void>;
  /** Every write to this Deployment or its scale after its creation. */
  writesTo(name: string): Promise<readonly SentWrite[]>;
  stop(): Promise<void>;
}
