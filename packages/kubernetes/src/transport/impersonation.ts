import { type KubernetesIdentity, OpsError } from '@jamie/core';

const PRINTABLE = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/;

/** Every authenticated user is in it anyway; all other groups of this family go round rules or are no people. */
const HARMLESS_SYSTEM_GROUP = 'system:authenticated';

/**
 * The headers that make the API server run a request as this identity. Throws `invalid_input` for an empty user,
 * an empty group, or one that a header cannot carry unchanged: a value that the server would trim or drop would
 * run as somebody else, at worst as ourselves. The same for users and groups of Kubernetes' own, system:masters
 * first of all, whatever mapped somebody to them.
 */
export function impersonationHeaders(identity: KubernetesIdentity): Record<string, string | string[]> {
  if (!isUsable(identity.user)) throw unusable('user', identity.user);
  for (const group of identity.groups) {
    if (group !== HARMLESS_SYSTEM_GROUP && !isUsable(group)) throw unusable('group', group);
  }
  const headers: Record<string, string | string[]> = { 'impersonate-user': identity.user };
  if (identity.groups.length > 0) headers['impersonate-group'] = [...identity.groups];
  return headers;
}

/** What is no text would be sent as the words of its absence, and somebody may be called so. */
function isUsable(value: unknown): boolean {
  return typeof value === 'string' && PRINTABLE.test(value) && !value.startsWith('system:');
}

function unusable(field: 'user' | 'group', value: unknown): OpsError {
  const why = whyUnusable(value);
  return new OpsError('invalid_input', 'the Kubernetes identity cannot be impersonated', {
    userMessage: `The Kubernetes ${field} mapped to this person cannot be used: ${why}. Correct the people file.`,
    details: { field, why },
  });
}

function whyUnusable(value: unknown): string {
  if (typeof value !== 'string' || value.trim() === '') return 'it is empty';
  return value.startsWith('system:')
    ? 'it is an identity of Kubernetes itself'
    : 'it has spaces at an end or characters outside printable ASCII';
}
