import type { OpsError } from '@jamie/core';
import type { SlackPayload } from './delivery-keys.ts';

/** Whether Slack can reach us, for readiness. */
export type ReceiverHealth =
  | { readonly kind: 'connected' }
  | { readonly kind: 'down'; readonly reason: string };

/** What every receiver tells its owner. */
export interface ReceiverEvents {
  /**
   * Makes the payload durable. Only when it resolves is Slack told that the payload has arrived; when it rejects,
   * Slack sends the payload again.
   */
  store(payload: SlackPayload): Promise<void>;
  onHealth(health: ReceiverHealth): void;
  /** Something failed that Slack's redelivery or the next connection will mend. */
  onTrouble(error: OpsError): void;
}

/** Takes deliveries from Slack over one transport. */
export interface Receiver {
  /** Resolves when it is ready to receive. Fails with: timeout, forbidden (bad token), unavailable. */
  start(): Promise<void>;
  stop(): Promise<void>;
}
