import { createHmac, timingSafeEqual } from 'node:crypto';

/** Slack's documented window; we hold it in both directions, because a future timestamp would keep a copy valid. */
const SIGNATURE_WINDOW_SECONDS = 300;

export interface SignedRequest {
  readonly signingSecret: string;
  /** X-Slack-Request-Timestamp, in seconds. */
  readonly timestamp: string | undefined;
  /** X-Slack-Signature. */
  readonly signature: string | undefined;
  readonly rawBody: Uint8Array;
  readonly nowMs: number;
}

export type SignatureVerdict =
  | { readonly kind: 'valid' }
  | { readonly kind: 'refused'; readonly reason: 'missing_headers' | 'stale' | 'future' | 'bad_signature' };

/**
 * Decides whether Slack sent this request: HMAC-SHA256 over `v0:timestamp:body`, compared in constant time.
 * Source: docs.slack.dev, "Verifying requests from Slack". Pure.
 */
export function verifySignature(request: SignedRequest): SignatureVerdict {
  const { timestamp, signature } = request;
  if (timestamp === undefined || signature === undefined || !/^\d{1,15}$/.test(timestamp)) {
    return { kind: 'refused', reason: 'missing_headers' };
  }
  const ageSeconds = request.nowMs / 1000 - Number(timestamp);
  if (ageSeconds > SIGNATURE_WINDOW_SECONDS) return { kind: 'refused', reason: 'stale' };
  if (ageSeconds < -SIGNATURE_WINDOW_SECONDS) return { kind: 'refused', reason: 'future' };
  const expected = Buffer.from(signBody(request.signingSecret, timestamp, request.rawBody));
  const given = Buffer.from(signature);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    return { kind: 'refused', reason: 'bad_signature' };
  }
  return { kind: 'valid' };
}

function signBody(signingSecret: string, timestamp: string, rawBody: Uint8Array): string {
  const hmac = createHmac('sha256', signingSecret).update(`v0:${timestamp}:`).update(rawBody);
  return `v0=${hmac.digest('hex')}`;
}
