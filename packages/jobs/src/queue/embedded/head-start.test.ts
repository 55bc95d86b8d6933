import type { CorrelationId, JobQueue } from '@jamie/core';
import { openDatabase } from '@jamie/database';
import { createTemporaryDirectory, FakeClock, RecordingLogger, SequentialIds } from '@jamie/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { createJobCatalog, defineJob, type JobDefinition } from '../../catalog.ts';
import { createEmbeddedJobQueue } from './embedded-job-queue.ts';

const job = (given: Pick<JobDefinition, 'name' | 'goesFirst'>) =>
  defineJob({
    schema: z.strictObject({}),
    maxAttempts: 3,
    backoff: { kind: 'exponential', initialMs: 1, maxMs: 1, jitter: 0 },
    timeoutMs: 60_000,
    ...given,
  });
const CATALOG = createJobCatalog([job({ name: 'effect', goesFirst: true }), job({ name: 'telling' })]);

describe('the head start of work that goes first', () => {
  let clock: FakeClock;
  let queue: JobQueue;
  let close: () => Promise<void>;
  let begun: string[];
  let effect: PromiseWithResolvers<void>;

  beforeEach(() => {
    const directory = createTemporaryDirectory();
    const database = openDatabase({ directory: directory.path });
    clock = new FakeClock();
    begun = [];
    effect = Promise.withResolvers();
    queue = createEmbeddedJobQueue({
      ...{ database, catalog: CATALOG, clock, ids: new SequentialIds(), logger: new RecordingLogger() },
      random: () => 0.5,
    });
    close = async () => {
      effect.resolve();
      await queue.close();
      database.close();
      directory.remove();
    };
  });

  afterEach(() => close());

  const work = () =>
    queue.work({
      effect: async () => {
        begun.push('effect');
        await effect.promise;
      },
      telling: async () => void begun.push('telling'),
    });
  const add = (name: string) =>
    queue.add({ name, payload: {}, deduplicationId: name, correlationId: 'x' as CorrelationId });

  it('holds back what was added beside it until it has ended', async () => {
    await Promise.all([add('telling'), add('effect')]);
    work();
    await clock.advance(1);
    expect(begun).toEqual(['effect']);
    effect.resolve();
    await clock.advance(1);
    expect(begun).toEqual(['effect', 'telling']);
  });

  it('lets everything else begin after a moment, however long it takes', async () => {
    await Promise.all([add('telling'), add('effect')]);
    work();
    await clock.advance(149);
    expect(begun).toEqual(['effect']);
    await clock.advance(1);
    expect(begun).toEqual(['effect', 'telling']);
  });

  it('is over for what comes later', async () => {
    await add('effect');
    work();
    await clock.advance(150);
    await add('telling');
    await clock.advance(1);
    expect(begun).toEqual(['effect', 'telling']);
  });

  it('begins nothing that had to be let go of meanwhile', async () => {
    await Promise.all([add('telling'), add('effect')]);
    const worker = work();
    await clock.advance(1);
    const stopped = worker.stop(0);
    await clock.advance(1);
    effect.resolve();
    await clock.advance(2_000);
    await stopped;
    expect(begun).toEqual(['effect']);
  });
});
