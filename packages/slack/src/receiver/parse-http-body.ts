import { isJsonObject } from '@jamie/core';
import type { SlackPayload } from './delivery-keys.ts';

export type ParsedBody =
  | { readonly kind: 'payload'; readonly payload: SlackPayload }
  /** Slack's check that our certificate is valid; it carries nothing. */
  | { readonly kind: 'ssl_check' }
  | { readonly kind: 'malformed' };

/** Reads the body of a request whose signature holds: JSON for events, a form for commands and clicks. Pure. */
export function parseHttpBody(contentType: string | undefined, rawBody: Uint8Array): ParsedBody {
  const text = Buffer.from(rawBody).toString('utf8');
  if (!(contentType ?? '').startsWith('application/x-www-form-urlencoded')) return parseJson(text);
  const form = new URLSearchParams(text);
  const inner = form.get('payload');
  if (inner !== null) return parseJson(inner);
  if (form.get('ssl_check') === '1') return { kind: 'ssl_check' };
  return { kind: 'payload', payload: Object.fromEntries(form) };
}

function parseJson(text: string): ParsedBody {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? { kind: 'payload', payload: value } : { kind: 'malformed' };
  } catch {
    return { kind: 'malformed' };
  }
}
