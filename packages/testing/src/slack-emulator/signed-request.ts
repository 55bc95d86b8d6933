import { createHmac } from 'node:crypto';
import type { Delivery } from './delivery.ts';

/** A body as it travels. */
export interface EncodedBody {
  readonly body: string;
  readonly contentType: string;
}

export interface SignedRequest {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * What is wrong with a request that only looks like Slack's: signed with another secret, changed after it was signed,
 * older or newer than five minutes, or without a signature.
 */
export type Forgery = 'bad' | 'tampered' | 'stale' | 'future' | 'unsigned';

/** More than the five minutes that a receiver allows: docs.slack.dev/authentication/verifying-requests-from-slack. */
const OUT_OF_TIME_SECONDS = 3_600;

/** Slack's signature of a body. */
export function signSlackRequest(signingSecret: string, timestamp: number, body: string): string {
  return `v0=${createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
}

/** Events travel as JSON, commands as a form, everything else as a form with one field of JSON. */
export function encodeDelivery(delivery: Delivery): EncodedBody {
  if (delivery.kind === 'events_api') {
    return { body: JSON.stringify(delivery.payload), contentType: 'application/json' };
  }
  const fields =
    delivery.kind === 'interactive'
      ? { payload: JSON.stringify(delivery.payload) }
      : (delivery.payload as Record<string, string>);
  return { body: new URLSearchParams(fields).toString(), contentType: 'application/x-www-form-urlencoded' };
}

/** A request with its signature, right unless a forgery is wanted. `timestamp` is in seconds. */
export function signRequest(
  { body, contentType }: EncodedBody,
  signing: { readonly signingSecret: string; readonly timestamp: number; readonly forgery?: Forgery },
): SignedRequest {
  const { forgery } = signing;
  const timestamp = signing.timestamp + skewOf(forgery);
  const secret = forgery === 'bad' ? 'another-secret' : signing.signingSecret;
  const signature = signSlackRequest(secret, timestamp, body);
  const sent = forgery === 'tampered' ? `${body} ` : body;
  if (forgery === 'unsigned') return { body: sent, headers: { 'content-type': contentType } };
  return {
    body: sent,
    headers: {
      'content-type': contentType,
      'x-slack-request-timestamp': String(timestamp),
      'x-slack-signature': signature,
    },
  };
}

function skewOf(forgery: Forgery | undefined): number {
  if (forgery === 'stale') return -OUT_OF_TIME_SECONDS;
  return forgery === 'future' ? OUT_OF_TIME_SECONDS : 0;
}
