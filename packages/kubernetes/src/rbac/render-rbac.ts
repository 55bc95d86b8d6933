import { stringify } from 'yaml';
import type { ClusterRole, ClusterRoleBinding, PolicyRule, RbacDocument } from './rbac-documents.ts';
import { actingRules, type ImpersonatedIdentities, ownReadRules } from './service-rules.ts';

export interface RbacOptions {
  readonly identities: ImpersonatedIdentities;
  /** The service account of the service, and the namespace that it runs in. */
  readonly serviceAccount: { readonly name: string; readonly namespace: string };
}

const RBAC = 'rbac.authorization.k8s.io';

/**
 * The service's own rights as YAML for `kubectl apply -f -`: a service account, what it reads for its cache, and as
 * whom it may act. Pure: the same identities are always the same text.
 */
export function renderRbac(options: RbacOptions): string {
  return rbacDocuments(options)
    .map((document) => stringify(document, { lineWidth: 0 }))
    .join('---\n');
}

/** The same as objects. */
export function rbacDocuments({ identities, serviceAccount }: RbacOptions): readonly RbacDocument[] {
  const reader = clusterRole(`${serviceAccount.name}-reader`, ownReadRules());
  const actor = clusterRole(`${serviceAccount.name}-actor`, actingRules(identities));
  return [
    {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: serviceAccount,
      automountServiceAccountToken: false,
    },
    reader,
    bindingOf(reader, serviceAccount),
    actor,
    bindingOf(actor, serviceAccount),
  ];
}

function clusterRole(name: string, rules: readonly PolicyRule[]): ClusterRole {
  return { apiVersion: `${RBAC}/v1`, kind: 'ClusterRole', metadata: { name }, rules };
}

function bindingOf(
  role: ClusterRole,
  { name, namespace }: RbacOptions['serviceAccount'],
): ClusterRoleBinding {
  return {
    apiVersion: `${RBAC}/v1`,
    kind: 'ClusterRoleBinding',
    metadata: role.metadata,
    roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: role.metadata.name },
    subjects: [{ kind: 'ServiceAccount', name, namespace }],
  };
}
