import {
  type Clock,
  type JobQueue,
  type Logger,
  type OutboxEntry,
  type Store,
  toOpsError,
} from '@jamie/core';
import { Doorbell } from './doorbell.ts';

const BATCH = 100;

export interface OutboxRelayOptions {
  readonly store: Store;
  readonly queue: JobQueue;
  readonly clock: Clock;
  readonly logger: Logger;
  /** How often it looks without being woken: for what another process committed, and after a failure. Default 5,000. */
  readonly sweepMs?: number;
}

export interface OutboxRelay {
  /** Resolves when the pass under way has ended. Idempotent. */
  stop(): Promise<void>;
}

/**
 * Hands the jobs that commits promised to the queue, in order, at least once: an entry is removed after the queue
 * has it, and the queue knows a repeated one by its deduplication id. Starts with what an earlier process left.
 */
export function createOutboxRelay(options: OutboxRelayOptions): OutboxRelay {
  const { store, clock, logger, sweepMs = 5_000 } = options;
  const bell = new Doorbell(clock);
  let stopping = false;
  const unsubscribe = store.onCommit((changes) => {
    if (changes.some((change) => change.kind === 'outbox.add')) bell.ring();
  });
  const loop = async () => {
    while (!stopping) {
      await relayAll(options).catch((error: unknown) => {
        logger.warn('the outbox could not be relayed and will be swept again', { err: error, sweepMs });
      });
      if (!stopping) await bell.wait(sweepMs);
    }
  };
  const running = loop();
  return {
    stop() {
      stopping = true;
      unsubscribe();
      bell.ring();
      return running;
    },
  };
}

/** One pass over the whole outbox. What the queue refuses for good stays in it, reported, and holds up nothing. */
async function relayAll({ store, queue, logger }: OutboxRelayOptions): Promise<void> {
  const refused = new Set<number>();
  for (;;) {
    const page = await store.listOutbox(BATCH + refused.size);
    const entries = page.filter((entry) => !refused.has(entry.sequence));
    if (entries.length === 0) return;
    await relay(entries);
  }

  /** All of a page at once: a queue behind a network takes them in the order in which they were offered. */
  async function relay(entries: readonly OutboxEntry[]): Promise<void> {
    const offers = await Promise.allSettled(entries.map(offer));
    const taken: number[] = [];
    for (const [index, { sequence }] of entries.entries()) {
      const offered = offers[index];
      if (offered?.status !== 'fulfilled') continue;
      if (offered.value) taken.push(sequence);
      else refused.add(sequence);
    }
    if (taken.length > 0) await store.removeOutbox(taken);
    const failed = offers.find((offered) => offered.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  }

  async function offer(entry: OutboxEntry): Promise<boolean> {
    try {
      await queue.add(entry.job);
      return true;
    } catch (error) {
      const failure = toOpsError(error);
      if (failure.retryable) throw failure;
      logger.error('the queue refused an outbox entry', { err: failure, sequence: entry.sequence });
      return false;
    }
  }
}
