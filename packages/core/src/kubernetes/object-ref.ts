import type { Kind, WorkloadKind } from './kinds.ts';

/** Names one object of one cluster. `namespace` is absent exactly for cluster-scoped kinds. */
export interface ObjectRef {
  readonly kind: Kind;
  readonly namespace?: string;
  readonly name: string;
}

export interface WorkloadRef extends ObjectRef {
  readonly kind: WorkloadKind;
  readonly namespace: string;
}

/** `Deployment payments/checkout`, `Node worker-1`: unique within a cluster, and how people read it. */
export function formatObjectRef(ref: ObjectRef): string {
  return ref.namespace === undefined ? `${ref.kind} ${ref.name}` : `${ref.kind} ${ref.namespace}/${ref.name}`;
}
