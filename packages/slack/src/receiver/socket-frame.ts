import { isJsonObject } from '@jamie/core';

/** What a text frame on the socket is, before the SDK sees it. */
export type SocketFrame =
  /** The SDK may have it. */
  | { readonly kind: 'sound' }
  /** Slack is about to close this connection. */
  | { readonly kind: 'disconnect'; readonly reason: string }
  /** The SDK would fail on it in a way that ends the process. */
  | { readonly kind: 'malformed' };

/** Sorts a frame. Pure. */
export function classifyFrame(data: unknown): SocketFrame {
  const frame = parse(data);
  if (!isJsonObject(frame) || typeof frame['type'] !== 'string') return { kind: 'malformed' };
  if (frame['type'] === 'disconnect') {
    const reason = frame['reason'];
    return { kind: 'disconnect', reason: typeof reason === 'string' ? reason : 'unknown' };
  }
  if (frame['type'] === 'hello') return { kind: 'sound' };
  const payload = frame['payload'];
  if (typeof frame['envelope_id'] !== 'string' || !isJsonObject(payload)) return { kind: 'malformed' };
  if (frame['type'] !== 'events_api') return { kind: 'sound' };
  const event = payload['event'];
  return isJsonObject(event) && typeof event['type'] === 'string' ? { kind: 'sound' } : { kind: 'malformed' };
}

function parse(data: unknown): unknown {
  if (typeof data !== 'string') return undefined;
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}
