import {
  type Clock,
  type Inbox,
  type InboxDelivery,
  isOpsError,
  type Logger,
  type OpsError,
  toOpsError,
} from '@jamie/core';
import type { App, Receiver } from '@slack/bolt';
import { decideRetry } from './decide-retry.ts';
import { type DeliveryTicket, ticketProperties } from './delivery-ticket.ts';

export interface InboxReceiverOptions {
  /** The main thread's own connection. */
  readonly inbox: Inbox;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Marks a delivery as done, for those that no commit of the desk finishes. */
  finish(inboxId: string): Promise<void>;
  /** Tells the person that their request could not be handled. */
  apologise(delivery: InboxDelivery, error: OpsError): Promise<void>;
  /** How often to look without being woken. Default 2,000. */
  readonly pollMs?: number;
}

/** Bolt's receiver over the inbox: what was stored is handed to the app, in order within each channel. */
export interface InboxReceiver extends Receiver {
  /** Something was stored. */
  wake(): void;
}

const BATCH = 500;

/**
 * Takes open deliveries, those left from before a crash too, and hands each to Bolt with an acknowledgement that
 * does nothing: Slack has had its own. A delivery whose handling fails is tried again, and after that its person
 * is told; it is never dropped in silence.
 */
export function createInboxReceiver(options: InboxReceiverOptions): InboxReceiver {
  return new BoltInboxReceiver(options);
}

class BoltInboxReceiver implements InboxReceiver {
  readonly #options: InboxReceiverOptions;
  readonly #stopping = new AbortController();
  readonly #taken = new Set<string>();
  readonly #lanes = new Map<string, Promise<void>>();
  readonly #startedAt: number;
  #app: App | undefined;
  #loop: Promise<void> = Promise.resolve();
  #wakeUp = new AbortController();

  constructor(options: InboxReceiverOptions) {
    this.#options = options;
    this.#startedAt = options.clock.now();
  }

  init(app: App): void {
    this.#app = app;
  }

  async start(): Promise<void> {
    this.#loop = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.wake();
    await this.#loop;
    await Promise.all(this.#lanes.values());
  }

  wake(): void {
    this.#wakeUp.abort();
  }

  async #run(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      this.#wakeUp = new AbortController();
      await this.#takeOpen();
      if (!this.#stopping.signal.aborted)
        await this.#sleep(this.#options.pollMs ?? 2_000, this.#wakeUp.signal);
    }
  }

  async #takeOpen(): Promise<void> {
    try {
      for (const delivery of await this.#options.inbox.listOpen(BATCH)) this.#enqueue(delivery);
    } catch (error) {
      // The next look comes by itself; until then this is all there is to say.
      this.#options.logger.error('inbox cannot be read', { err: toOpsError(error) });
    }
  }

  #enqueue(delivery: InboxDelivery): void {
    if (this.#taken.has(delivery.id)) return;
    this.#taken.add(delivery.id);
    const key = laneOf(delivery);
    const lane = (this.#lanes.get(key) ?? Promise.resolve()).then(async () => {
      if (await this.#handle(delivery)) this.#taken.delete(delivery.id);
      if (this.#lanes.get(key) === lane) this.#lanes.delete(key);
      if (this.#taken.size >= BATCH - 1) this.wake();
    });
    this.#lanes.set(key, lane);
  }

  /** False when the delivery stays open and must not be taken again before a restart. */
  async #handle(delivery: InboxDelivery): Promise<boolean> {
    const { clock } = this.#options;
    const firstAt = clock.now();
    for (let attempt = 0; !this.#stopping.signal.aborted; attempt += 1) {
      try {
        await this.#process(delivery, attempt);
        return true;
      } catch (thrown) {
        const error = toOpsError(unwrap(thrown));
        const decision = decideRetry(error, attempt, clock.now() - firstAt);
        this.#options.logger.warn('delivery could not be handled', {
          inboxId: delivery.id,
          code: error.code,
          err: error,
          decision: decision.kind,
        });
        if (decision.kind === 'give_up') return this.#giveUp(delivery, error);
        await this.#sleep(decision.delayMs, this.#stopping.signal);
      }
    }
    return true;
  }

  async #process(delivery: InboxDelivery, attempt: number): Promise<void> {
    const ticket: DeliveryTicket = {
      id: delivery.id,
      isRepeat: attempt > 0 || delivery.receivedAt <= this.#startedAt,
      isHandedOver: false,
    };
    await this.#app?.processEvent({
      body: delivery.payload,
      ack: async () => undefined,
      customProperties: ticketProperties(ticket),
    });
    if (!ticket.isHandedOver) await this.#options.finish(delivery.id);
  }

  async #giveUp(delivery: InboxDelivery, error: OpsError): Promise<boolean> {
    try {
      await this.#options.apologise(delivery, error);
      await this.#options.finish(delivery.id);
      return true;
    } catch (failure) {
      this.#options.logger.error('delivery stays open until the next start', {
        inboxId: delivery.id,
        err: toOpsError(failure),
      });
      return false;
    }
  }

  async #sleep(durationMs: number, signal: AbortSignal): Promise<void> {
    try {
      await this.#options.clock.sleep(durationMs, signal);
    } catch (error) {
      if (!isOpsError(error, 'cancelled')) throw error;
    }
  }
}

/** Within a channel order matters (a question, then its approval); between channels it does not. */
function laneOf(delivery: InboxDelivery): string {
  const { payload } = delivery;
  const event = payload['event'] as { readonly channel?: unknown } | undefined;
  const channel = payload['channel'] as { readonly id?: unknown } | undefined;
  return String(event?.channel ?? payload['channel_id'] ?? channel?.id ?? '');
}

/** Bolt wraps what a listener throws; what was thrown says what to do. */
function unwrap(error: unknown): unknown {
  const original = (error as { readonly original?: unknown } | null)?.original;
  return original ?? error;
}
