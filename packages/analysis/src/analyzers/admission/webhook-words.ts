import type { Severity, WebhookView } from '@jamie/core';
import { toSingleLine } from '../../evidence/cluster-text.ts';
import { listOf, someOf } from '../../wording.ts';

/** What the cluster suffers while these webhooks do not answer. */
export function describeBlocked(webhooks: readonly WebhookView[]): string {
  const failing = webhooks.filter(({ failurePolicy }) => failurePolicy === 'Fail');
  const ignored = webhooks.filter(({ failurePolicy }) => failurePolicy === 'Ignore');
  return listOf([
    ...(failing.length === 0 ? [] : [`every request to ${callsOf(failing)} is refused`]),
    ...(ignored.length === 0 ? [] : [`requests to ${callsOf(ignored)} pass unchecked`]),
  ]);
}

/** What webhooks are called for: `create pods and update pods`, `create anything`. */
export function callsOf(webhooks: readonly WebhookView[]): string {
  const calls = new Set(webhooks.flatMap(({ calledFor }) => calledFor));
  if (calls.size === 0) return 'change what they are called for';
  return someOf([...calls].sort().map((call) => toSingleLine(inWords(call), 60)));
}

/** People feel a webhook that is down where requests fail without it. */
export function severityOf(webhooks: readonly WebhookView[]): Severity {
  return webhooks.some(({ failurePolicy }) => failurePolicy === 'Fail') ? 'critical' : 'warning';
}

function inWords(call: string): string {
  const [operation = '', resource = ''] = call.split(' ');
  const verb = operation === '*' ? 'change' : operation;
  return `${verb} ${resource === '*' || resource === '*/*' ? 'anything' : resource}`;
}
