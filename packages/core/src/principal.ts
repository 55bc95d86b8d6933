/** The identity that Kubernetes sees when we act for somebody. */
export interface KubernetesIdentity {
  readonly user: string;
  readonly groups: readonly string[];
}

/** A person whom we know. Nobody else may cause an API call. */
export interface Principal {
  /** Stable id, for example `slack:T1:U1` or `local`. */
  readonly id: string;
  readonly displayName: string;
  readonly kubernetes: KubernetesIdentity;
  readonly source: 'slack' | 'local';
}
