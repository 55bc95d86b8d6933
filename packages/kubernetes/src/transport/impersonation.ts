import { type KubernetesIdentity, OpsError } from '@jamie/core';

const PRINTABLE = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/;

/**
 * The headers that make the API server run a request as this identity. Throws `invalid_input` for an empty user,
 * an empty group, or one that a header cannot carry unchanged: a value that the server would trim or drop would
 * run as somebody else, at worst as ourselves.
 */
export function impersonationHeaders(identity: KubernetesIdentity): Record<string, string | string[]> {
  if (!PRINTABLE.test(identity.user)) throw unusable('user', identity.user);
  for (const group of identity.groups) if (!PRINTABLE.test(group)) throw unusable('group', group);
  const headers: Record<string, string | string[]> = { 'impersonate-user': identity.user };
  if (identity.groups.length > 0) headers['impersonate-group'] = [...identity.groups];
  return headers;
}

function unusable(field: 'user' | 'group', value: string): OpsError {
  const why =
    value.trim() === '' ? 'it is empty' : 'it has spaces at an end or characters outside printable ASCII';
  return new OpsError('invalid_input', 'the Kubernetes identity cannot be impersonated', {
    userMessage: `The Kubernetes ${field} mapped to this person cannot be used: ${why}. Correct the people file.`,
    details: { field, why },
  });
}
