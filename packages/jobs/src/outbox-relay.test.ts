import {
  type JobQueue,
  type JobRequest,
  OpsError,
  type OutboxEntry,
  type Store,
  type StoreChange,
} from '@jamie/core';
import { aJobRequest, FakeClock, RecordingLogger } from '@jamie/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createOutboxRelay, type OutboxRelay } from './outbox-relay.ts';

const SWEEP_MS = 1_000;

/** An outbox in memory: as much of a store as the relay looks at. */
class FakeOutbox implements Pick<Store, 'onCommit' | 'listOutbox' | 'removeOutbox'> {
  entries: OutboxEntry[] = [];
  #sequence = 0;
  #listener: ((changes: readonly StoreChange[]) => void) | undefined;

  /** What a commit of this process does; one of another process does not announce itself. */
  add(id: string, isOurs = true): void {
    this.#sequence += 1;
    const job = aJobRequest({ deduplicationId: id });
    this.entries.push({ sequence: this.#sequence, job });
    if (isOurs) this.#listener?.([{ kind: 'outbox.add', job }]);
  }

  onCommit(listener: (changes: readonly StoreChange[]) => void): () => void {
    this.#listener = listener;
    return () => {
      this.#listener = undefined;
    };
  }

  async listOutbox(limit: number): Promise<readonly OutboxEntry[]> {
    return this.entries.slice(0, limit);
  }

  async removeOutbox(sequences: readonly number[]): Promise<void> {
    this.entries = this.entries.filter((entry) => !sequences.includes(entry.sequence));
  }
}

describe('createOutboxRelay', () => {
  let outbox: FakeOutbox;
  let clock: FakeClock;
  let logger: RecordingLogger;
  let taken: string[];
  let refuse: (job: JobRequest) => OpsError | undefined;
  let relay: OutboxRelay | undefined;

  beforeEach(() => {
    outbox = new FakeOutbox();
    clock = new FakeClock();
    logger = new RecordingLogger();
    taken = [];
    refuse = () => undefined;
  });

  afterEach(() => relay?.stop());

  function start(): void {
    const queue: Pick<JobQueue, 'add'> = {
      async add(job) {
        const error = refuse(job);
        if (error !== undefined) throw error;
        taken.push(job.deduplicationId);
        return 'added';
      },
    };
    // The relay calls nothing else of either.
    relay = createOutboxRelay({
      store: outbox as unknown as Store,
      queue: queue as unknown as JobQueue,
      ...{ clock, logger, sweepMs: SWEEP_MS },
    });
  }

  it('hands over at its start what an earlier process left, in order', async () => {
    for (let index = 0; index < 250; index += 1) outbox.add(`job${index}`);
    start();
    await clock.untilSleeping();
    expect(taken).toEqual(Array.from({ length: 250 }, (_, index) => `job${index}`));
    expect(outbox.entries).toEqual([]);
  });

  it('hands over what a commit adds without any time passing', async () => {
    start();
    await clock.untilSleeping();
    outbox.add('a');
    outbox.add('b');
    await clock.advance(0);
    expect(taken).toEqual(['a', 'b']);
  });

  it('finds what another process committed at its next sweep', async () => {
    start();
    await clock.untilSleeping();
    outbox.add('a', false);
    await clock.advance(SWEEP_MS - 1);
    expect(taken).toEqual([]);
    await clock.advance(1);
    expect(taken).toEqual(['a']);
  });

  it('keeps what an unavailable queue did not take, in order, until it does', async () => {
    refuse = (job) => (job.deduplicationId === 'a' ? undefined : new OpsError('unavailable', 'no queue'));
    for (const id of ['a', 'b', 'c']) outbox.add(id);
    start();
    await clock.untilSleeping();
    expect(outbox.entries.map((entry) => entry.job.deduplicationId)).toEqual(['b', 'c']);
    expect(logger.messages('warn')).toEqual(['the outbox could not be relayed and will be swept again']);
    refuse = () => undefined;
    await clock.advance(SWEEP_MS);
    expect(taken).toEqual(['a', 'b', 'c']);
    expect(outbox.entries).toEqual([]);
  });

  it('reports what the queue refuses for good, keeps it, and hands over the rest', async () => {
    refuse = (job) =>
      job.deduplicationId.startsWith('bad') ? new OpsError('invalid_input', 'no such job') : undefined;
    for (let index = 0; index < 150; index += 1) outbox.add(`bad${index}`);
    outbox.add('good');
    start();
    await clock.untilSleeping();
    expect(taken).toEqual(['good']);
    expect(outbox.entries).toHaveLength(150);
    expect(logger.messages('error')).toHaveLength(150);
  });

  it('takes nothing more once it has stopped', async () => {
    start();
    await clock.untilSleeping();
    await relay?.stop();
    outbox.add('a');
    await clock.advance(10 * SWEEP_MS);
    expect(taken).toEqual([]);
  });
});
