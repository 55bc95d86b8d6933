import type { Payload } from './payloads.ts';

/** What Slack sends to the app: the kind names the envelope. */
export interface Delivery {
  readonly kind: 'events_api' | 'slash_commands' | 'interactive';
  readonly payload: Payload;
}

/** How one attempt to deliver ended. */
export interface Acknowledgement {
  readonly kind: Delivery['kind'];
  readonly payload: Payload;
  readonly attempt: number;
  /** From sending to the acknowledgement, in milliseconds. */
  readonly latencyMs: number;
  /** What the app said in it, parsed when it is JSON; undefined when it said nothing. */
  readonly response?: unknown;
}

/** Times of redelivery. Slack's own: 3 s to acknowledge, then at once, after a minute and after five. */
export interface DeliveryTimes {
  readonly ackTimeoutMs: number;
  readonly retryDelaysMs: readonly number[];
}

/** Sends deliveries and keeps at it. */
export interface Transport {
  send(delivery: Delivery): void;
  /** Deliveries that are neither acknowledged nor given up. */
  readonly pending: number;
}

/** Slack reads an answer in the acknowledgement of these only. */
export function acceptsResponse(delivery: Delivery): boolean {
  if (delivery.kind !== 'interactive') return delivery.kind === 'slash_commands';
  const { type } = delivery.payload;
  return type === 'view_submission' || type === 'block_suggestion';
}
