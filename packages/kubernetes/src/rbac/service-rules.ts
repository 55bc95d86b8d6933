import { KINDS, SNAPSHOT_KINDS } from '@jamie/core';
import type { PolicyRule } from './rbac-documents.ts';

/** As whom the service may act. */
export interface ImpersonatedIdentities {
  /** `any`: every user name, since RBAC knows no patterns. The groups stay limited. */
  readonly users: readonly string[] | 'any';
  readonly groups: readonly string[];
}

/** What is read as the service itself: what the cache lists and watches. Everything else is read as a person. */
export function ownReadRules(): readonly PolicyRule[] {
  const byGroup = new Map<string, string[]>();
  for (const kind of SNAPSHOT_KINDS) {
    const { group, plural } = KINDS[kind];
    byGroup.set(group, [...(byGroup.get(group) ?? []), plural]);
  }
  return [...byGroup].map(([group, resources]) => ({
    apiGroups: [group],
    resources: [...resources].sort(),
    verbs: ['list', 'watch'],
  }));
}

/** Access reviews, and acting as the people and groups that are named. No write of its own. */
export function actingRules({ users, groups }: ImpersonatedIdentities): readonly PolicyRule[] {
  const rules: PolicyRule[] = [
    { apiGroups: ['authorization.k8s.io'], resources: ['subjectaccessreviews'], verbs: ['create'] },
  ];
  if (users === 'any') rules.push({ apiGroups: [''], resources: ['users'], verbs: ['impersonate'] });
  else if (users.length > 0) rules.push(impersonation('users', users));
  if (groups.length > 0) rules.push(impersonation('groups', groups));
  return rules;
}

function impersonation(resource: 'users' | 'groups', names: readonly string[]): PolicyRule {
  return {
    apiGroups: [''],
    resources: [resource],
    verbs: ['impersonate'],
    resourceNames: [...new Set(names)].sort(),
  };
}
