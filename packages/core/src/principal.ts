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
  /**
   * The teams of the principals file that this person is in, sorted; absent where they are in none. Policy counts and
   * names people by them; Kubernetes knows nothing of them.
   */
  readonly teams?: readonly string[];
  /** `automation`: an identity of the product itself. It may ask, and never counts as an approver. */
  readonly source: 'slack' | 'local' | 'automation';
}
