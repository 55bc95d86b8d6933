import type { KubernetesIdentity, WriteRequest } from '@jamie/core';

export type RefusalReason =
  | 'path_malformed'
  | 'path_unknown'
  | 'method_not_allowed'
  | 'resource_not_allowed'
  | 'query_not_allowed'
  | 'body_not_allowed'
  | 'content_type_not_allowed'
  | 'body_malformed'
  | 'body_touches_forbidden_field'
  | 'body_grants_node_access'
  | 'manifest_of_another_object'
  | 'spelling_not_ours'
  | 'protected_namespace'
  | 'precondition_missing'
  | 'identity_missing';

/** What a request is. A `write` still needs a permit; nothing else does. */
export type RequestDecision =
  | { readonly kind: 'read' }
  | { readonly kind: 'review' }
  | { readonly kind: 'dry_run'; readonly write: WriteRequest }
  | { readonly kind: 'write'; readonly write: WriteRequest; readonly as: KubernetesIdentity }
  | RequestRefusal;

export interface RequestRefusal {
  readonly kind: 'refused';
  readonly reason: RefusalReason;
}

export interface GuardRules {
  /** Namespaces where nothing is written, not even as a dry run. */
  readonly protectedNamespaces: ReadonlySet<string>;
}

export function refused(reason: RefusalReason): RequestRefusal {
  return { kind: 'refused', reason };
}
