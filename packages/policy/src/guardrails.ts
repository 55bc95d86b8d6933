import type { ObjectRef } from '@jamie/core';

/** Control-plane namespaces: no plan, no approval and no configuration opens them. */
export const CONTROL_PLANE_NAMESPACES: ReadonlySet<string> = new Set([
  'kube-system',
  'kube-public',
  'kube-node-lease',
]);

export type GuardrailDecision =
  | { readonly kind: 'pass' }
  | {
      readonly kind: 'deny';
      readonly reason: 'control_plane_namespace' | 'own_namespace' | 'cluster_scoped' | 'kind_not_writable';
      readonly message: string;
    };

const WRITABLE: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet']);

/**
 * The rules that no configuration can switch off. Pure and total. Fails closed: whatever is not known to be
 * writable is denied.
 */
export function checkGuardrails(target: ObjectRef, ownNamespace: string): GuardrailDecision {
  if (target.namespace === undefined || target.namespace === '') {
    return deny(
      'cluster_scoped',
      `I can't change ${target.kind} ${target.name}: it belongs to the whole cluster.`,
    );
  }
  if (CONTROL_PLANE_NAMESPACES.has(target.namespace)) {
    return deny('control_plane_namespace', `I can't touch ${target.namespace}. Ask a platform admin.`);
  }
  if (target.namespace === ownNamespace) {
    return deny(
      'own_namespace',
      `I can't touch ${target.namespace}: I run there myself. Ask a platform admin.`,
    );
  }
  if (!WRITABLE.has(target.kind)) {
    return deny(
      'kind_not_writable',
      `I can't change a ${target.kind}. I change Deployments, StatefulSets and DaemonSets.`,
    );
  }
  return { kind: 'pass' };
}

type Denial = Extract<GuardrailDecision, { kind: 'deny' }>;

function deny(reason: Denial['reason'], message: string): Denial {
  return { kind: 'deny', reason, message };
}
