/** One rule of a ClusterRole, as Kubernetes spells it. */
export interface PolicyRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  readonly resourceNames?: readonly string[];
}

export interface ClusterRole {
  readonly apiVersion: 'rbac.authorization.k8s.io/v1';
  readonly kind: 'ClusterRole';
  readonly metadata: { readonly name: string };
  readonly rules: readonly PolicyRule[];
}

export interface ClusterRoleBinding {
  readonly apiVersion: 'rbac.authorization.k8s.io/v1';
  readonly kind: 'ClusterRoleBinding';
  readonly metadata: { readonly name: string };
  readonly roleRef: {
    readonly apiGroup: 'rbac.authorization.k8s.io';
    readonly kind: 'ClusterRole';
    readonly name: string;
  };
  readonly subjects: readonly {
    readonly kind: 'ServiceAccount';
    readonly name: string;
    readonly namespace: string;
  }[];
}

export interface ServiceAccount {
  readonly apiVersion: 'v1';
  readonly kind: 'ServiceAccount';
  readonly metadata: { readonly name: string; readonly namespace: string };
  /** Only the pod that needs the token mounts it. */
  readonly automountServiceAccountToken: false;
}

export type RbacDocument = ServiceAccount | ClusterRole | ClusterRoleBinding;
