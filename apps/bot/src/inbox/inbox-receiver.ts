import {
  type ClaimedDelivery,
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
import { HeldClaims } from './held-claims.ts';

export interface InboxReceiverOptions {
  /** The main thread's own connection. */
  readonly inbox: Inbox;
  /** This process, among those that share the inbox; no other has this name, and none will have it. */
  readonly owner: string;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Marks a delivery as done, for those that no commit of the desk finishes. */
  finish(inboxId: string): Promise<void>;
  /** True when it was answered without the app, because nobody lets us into its workspace. */
  turnAway?(delivery: InboxDelivery): Promise<boolean>;
  /** No listener took it: it may come from a button of an earlier version. */
  onUnknown?(delivery: InboxDelivery): Promise<void>;
  /** Tells the person that their request could not be handled. */
  apologise(delivery: InboxDelivery, error: OpsError): Promise<void>;
  /** How often to look without being woken: for what another process stored or left. Default 1,000. */
  readonly pollMs?: number;
  /** How long another process waits for a sign of life before it takes over what this one handles. Default 5,000. */
  readonly leaseMs?: number;
}

/** Bolt's receiver over the inbox: what was stored is handed to the app, in order within each channel. */
export interface InboxReceiver extends Receiver {
  /** Something was stored. */
  wake(): void;
}

const BATCH = 500;
const POLL_MS = 1_000;
const LEASE_MS = 5_000;

/**
 * Claims open deliveries, those left by a process that died too, and hands each to Bolt with an acknowledgement that
 * does nothing: Slack has had its own. A delivery whose handling fails is tried again, and after that its person
 * is told; it is never dropped in silence.
 */
export function createInboxReceiver(options: InboxReceiverOptions): InboxReceiver {
  return new BoltInboxReceiver(options);
}

class BoltInboxReceiver implements InboxReceiver {
  readonly #options: InboxReceiverOptions;
  readonly #claims: HeldClaims;
  readonly #stopping = new AbortController();
  readonly #lanes = new Map<string, Promise<void>>();
  #app: App | undefined;
  #loop: Promise<void> = Promise.resolve();
  #wakeUp = new AbortController();

  constructor(options: InboxReceiverOptions) {
    this.#options = options;
    this.#claims = new HeldClaims({ ...options, leaseMs: options.leaseMs ?? LEASE_MS });
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
    await this.#claims.release();
  }

  wake(): void {
    this.#wakeUp.abort();
  }

  async #run(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      this.#wakeUp = new AbortController();
      await this.#takeOpen();
      if (!this.#stopping.signal.aborted)
        await this.#sleep(this.#options.pollMs ?? POLL_MS, this.#wakeUp.signal);
    }
  }

  async #takeOpen(): Promise<void> {
    try {
      for (const claimed of await this.#claims.claim(BATCH)) this.#enqueue(claimed);
    } catch (error) {
      // The next look comes by itself; until then this is all there is to say.
      this.#options.logger.error('inbox cannot be read', { err: toOpsError(error) });
    }
  }

  #enqueue(claimed: ClaimedDelivery): void {
    const { id, lane: key = '' } = claimed.delivery;
    const lane = (this.#lanes.get(key) ?? Promise.resolve()).then(async () => {
      const isDone = !(await this.#isStillOurs(id)) || (await this.#handle(claimed));
      if (isDone) this.#claims.forget(id);
      if (this.#lanes.get(key) === lane) this.#lanes.delete(key);
      // What another process stored in this lane meanwhile may be taken now.
      this.wake();
    });
    this.#lanes.set(key, lane);
  }

  /** Asks until there is an answer: what nobody can tell is neither begun nor given up, and its lane waits behind it. */
  async #isStillOurs(id: string): Promise<boolean> {
    while (!this.#stopping.signal.aborted) {
      try {
        return await this.#claims.isHeld(id);
      } catch (error) {
        this.#options.logger.warn('whether a delivery is still held cannot be told', {
          inboxId: id,
          err: toOpsError(error),
        });
        await this.#sleep(this.#options.pollMs ?? POLL_MS, this.#stopping.signal);
      }
    }
    return false;
  }

  /** False when the delivery stays open and must not be taken again before a restart. Never throws. */
  async #handle({ delivery, isRepeat }: ClaimedDelivery): Promise<boolean> {
    const { clock } = this.#options;
    const firstAt = clock.now();
    for (let attempt = 0; !this.#stopping.signal.aborted; attempt += 1) {
      try {
        await this.#process(delivery, isRepeat || attempt > 0);
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

  async #process(delivery: InboxDelivery, isRepeat: boolean): Promise<void> {
    if ((await this.#options.turnAway?.(delivery)) === true) return this.#options.finish(delivery.id);
    const ticket: DeliveryTicket = { id: delivery.id, isRepeat, isTaken: false, isHandedOver: false };
    await this.#app?.processEvent({
      body: delivery.payload,
      ack: async () => undefined,
      customProperties: ticketProperties(ticket),
    });
    if (!ticket.isTaken) await this.#options.onUnknown?.(delivery);
    if (!ticket.isHandedOver) await this.#options.finish(delivery.id);
  }

  async #giveUp(delivery: InboxDelivery, error: OpsError): Promise<boolean> {
    try {
      await this.#tell(delivery, error);
      await this.#options.finish(delivery.id);
      return true;
    } catch (thrown) {
      this.#options.logger.error('delivery stays open until the next start', {
        inboxId: delivery.id,
        err: toOpsError(thrown),
      });
      return false;
    }
  }

  /** Throws where a later attempt may still tell the person. */
  async #tell(delivery: InboxDelivery, error: OpsError): Promise<void> {
    try {
      await this.#options.apologise(delivery, error);
    } catch (thrown) {
      const failure = toOpsError(thrown);
      if (failure.retryable) throw failure;
      this.#options.logger.error('nobody can be told that a delivery was given up', {
        inboxId: delivery.id,
        err: failure,
      });
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

/** Bolt wraps what a listener throws; what was thrown says what to do. */
function unwrap(error: unknown): unknown {
  const original = (error as { readonly original?: unknown } | null)?.original;
  return original ?? error;
}
