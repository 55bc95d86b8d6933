import { REDACTED, redactSecrets } from '@jamie/core';
import type { SlackPayload } from './delivery-keys.ts';

/** Slack's old way of signing; Bolt checks the signature instead. */
const VERIFICATION_TOKEN = 'token';
/** Where a command or a click may be answered: an address that looks like a webhook, and is needed as it is. */
const KEPT: ReadonlySet<string> = new Set(['response_url', 'trigger_id']);

/** A payload as it may be stored: what people typed without what looks like a credential, and no verification token. */
export function redactPayload(payload: SlackPayload): SlackPayload {
  const { [VERIFICATION_TOKEN]: token, ...rest } = payload;
  const shown = redactRecord(rest);
  return token === undefined ? shown : { ...shown, [VERIFICATION_TOKEN]: REDACTED };
}

function redactRecord(record: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(record).map(([key, value]) => [key, KEPT.has(key) ? value : redactValue(value)]),
  );
}

function redactValue(value: unknown): unknown {
  if (typeof value === 'string') return redactSecrets(value);
  if (Array.isArray(value)) return value.map(redactValue);
  if (typeof value !== 'object' || value === null) return value;
  return redactRecord(value as Readonly<Record<string, unknown>>);
}
