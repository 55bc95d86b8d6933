import type { OpsError } from '@jamie/core';
import type { SlackPayload } from './delivery-keys.ts';

/** Whether Slack can reach us, for readiness. */
export type ReceiverHealth =
  | { readonly kind: 'connected' }
  | { readonly kind: 'down'; readonly reason: string };

/** What Slack reads with the acknowledgement of an interaction. */
export interface ReceiverAnswer {
  readonly body: SlackPayload;
  /** Whether the delivery is stored too, before Slack gets its answer. */
  readonly isStored: boolean;
}

/** What every receiver tells its owner. */
export interface ReceiverEvents {
  /**
   * What Slack waits for where an acknowledgement has content (submissions of modals, suggestions of a select);
   * undefined: the delivery is stored and acknowledged with nothing. When it rejects, the delivery counts as not
   * stored. Must be quick: Slack gives three seconds.
   */
  answer?(payload: SlackPayload): Promise<ReceiverAnswer | undefined>;
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
