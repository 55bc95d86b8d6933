import { type CorrelationId, type JobQueue, OpsError } from '@jamie/core';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { JobQueueContractOptions, JobQueueSubject } from './job-queue-subject.ts';
import { contractJob, hang, recordWork } from './recorded-work.ts';
import { until } from './until.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;

/** Adding, running, retrying, stopping. */
export function jobQueueRunsContract({ name, create, capabilities }: JobQueueContractOptions): void {
  describe(`JobQueue contract, runs: ${name}`, () => {
    let subject: JobQueueSubject;
    let queue: JobQueue;

    beforeEach(async () => {
      subject = await create();
      queue = subject.queue;
    });

    afterEach(() => subject.destroy());

    const IDLE = { waiting: 0, delayed: 0, active: 0, failed: 0 };
    const untilIdle = (failed = 0) =>
      until(async () => {
        const counts = await queue.counts();
        return counts.waiting + counts.delayed + counts.active === 0 && counts.failed === failed;
      }, 'the queue is idle');

    /** Lets time pass in steps until nothing is left to run. */
    const untilIdleAfter = (stepMs: number, failed = 0) =>
      until(async () => {
        await subject.passTime(stepMs);
        const counts = await queue.counts();
        return counts.waiting + counts.delayed + counts.active === 0 && counts.failed === failed;
      }, 'the queue is idle after a while');

    it('runs an added job at once, with its payload and context', async () => {
      const { runs } = recordWork(queue);
      const correlationId = 'correlation_7' as CorrelationId;
      expect(await queue.add(contractJob('a', { payload: { number: 42 }, correlationId }))).toBe('added');
      await until(() => runs.length > 0, 'the job runs');
      expect(runs[0]?.payload).toEqual({ number: 42 });
      expect(runs[0]?.context).toMatchObject({
        deduplicationId: 'a',
        correlationId,
        attempt: 1,
        maxAttempts: 3,
      });
      await untilIdle();
      expect(runs).toHaveLength(1);
    });

    it('runs what was added before any worker, by another queue on the same data', async () => {
      await queue.add(contractJob('a'));
      await queue.add(contractJob('b'));
      expect(await queue.counts()).toEqual({ ...IDLE, waiting: 2 });
      const { ids } = recordWork(await subject.openSecondQueue());
      await until(() => ids().length === 2, 'both run');
      expect(ids()).toEqual(['a', 'b']);
      await untilIdle();
    });

    it('knows a job again while it waits, while it runs and after it has finished', async () => {
      await queue.add(contractJob('a'));
      expect(await queue.add(contractJob('a', { payload: { number: 2 } }))).toBe('duplicate');
      const finish = Promise.withResolvers<void>();
      const { runs } = recordWork(queue, () => finish.promise);
      await until(() => runs.length === 1, 'the job runs');
      expect(await queue.add(contractJob('a'))).toBe('duplicate');
      finish.resolve();
      await untilIdle();
      expect(await queue.add(contractJob('a'))).toBe('duplicate');
      expect(runs).toHaveLength(1);
    });

    it('runs a delayed job at its time and not before', async () => {
      const { ids } = recordWork(queue);
      await queue.add(contractJob('later', { runAt: Date.UTC(2100, 0, 1) }));
      await queue.add(contractJob('now'));
      await until(() => ids().length === 1, 'the other runs');
      await untilDelayed();
      expect(ids()).toEqual(['now']);
      expect(await queue.counts()).toEqual({ ...IDLE, delayed: 1 });
    });

    const untilDelayed = () => until(async () => (await queue.counts()).active === 0, 'nothing runs');

    it('tries a retryable error again, with the number of the attempt, until it succeeds', async () => {
      const { runs } = recordWork(queue, async (_payload, { attempt }) => {
        if (attempt < 3) throw new OpsError('unavailable', 'not yet');
      });
      await queue.add(contractJob('a'));
      await until(async () => (await queue.counts()).delayed === 1, 'it waits');
      await untilIdleAfter(200);
      expect(runs.map((run) => run.context.attempt)).toEqual([1, 2, 3]);
    });

    it('fails a job for good after its last attempt', async () => {
      const { runs } = recordWork(queue, async () => {
        throw new OpsError('unavailable', 'never');
      });
      await queue.add(contractJob('a'));
      await untilIdleAfter(200, 1);
      await subject.passTime(1_000);
      expect(runs).toHaveLength(3);
      expect(await queue.counts()).toEqual({ ...IDLE, failed: 1 });
    });

    it.each([
      ['an OpsError that is not retryable', new OpsError('invalid_input', 'no')],
      ['any other error', new TypeError('bug')],
    ])('fails a job at once on %s', async (_what, error) => {
      const { runs } = recordWork(queue, () => Promise.reject(error));
      await queue.add(contractJob('a'));
      await untilIdle(1);
      expect(runs).toHaveLength(1);
      expect(await queue.add(contractJob('a'))).toBe('duplicate');
    });

    it('does not come back before the time that the error names', async () => {
      const { runs } = recordWork(queue, async (_payload, { attempt }) => {
        if (attempt === 1) throw new OpsError('rate_limited', 'slow down', { retryAfterMs: 1_500 });
      });
      await queue.add(contractJob('a'));
      await until(async () => (await queue.counts()).delayed === 1, 'it waits');
      await subject.passTime(1_000);
      expect(runs).toHaveLength(1);
      await subject.passTime(600);
      await until(() => runs.length === 2, 'it runs again');
      await untilIdle();
    });

    it('aborts a run that takes too long and tries it again', async () => {
      const { runs } = recordWork(queue, hang);
      await queue.add(contractJob('a', { name: 'contract.slow' }));
      await until(() => runs.length === 1, 'it runs');
      await until(async () => {
        await subject.passTime(50);
        return runs[0]?.context.signal.aborted === true;
      }, 'it is told to stop');
      expect(runs[0]?.context.signal.reason).toMatchObject({ code: 'timeout' });
      await until(async () => {
        await subject.passTime(20);
        return runs.length === 2;
      }, 'it runs again');
      expect(runs[1]?.context.attempt).toBe(2);
    });

    it('lets a running job finish when it stops, and takes no new one', async () => {
      const finish = Promise.withResolvers<void>();
      const { runs, worker } = recordWork(queue, () => finish.promise);
      await queue.add(contractJob('a'));
      await until(() => runs.length === 1, 'it runs');
      const stopped = worker.stop(10_000);
      await queue.add(contractJob('b'));
      finish.resolve();
      await stopped;
      expect(runs.map((run) => run.context.deduplicationId)).toEqual(['a']);
      expect(await queue.counts()).toEqual({ ...IDLE, waiting: 1 });
    });

    it('lets go of a job that does not finish in time: another worker runs the same attempt', async () => {
      const { runs, worker } = recordWork(queue, hang);
      await queue.add(contractJob('a'));
      await until(() => runs.length === 1, 'it runs');
      await worker.stop(0);
      expect(runs[0]?.context.signal.reason).toMatchObject({ code: 'cancelled' });
      expect((await queue.counts()).waiting).toBe(1);
      const next = recordWork(queue);
      await until(() => next.runs.length === 1, 'it runs again');
      expect(next.runs[0]?.context.attempt).toBe(1);
      await untilIdle();
    });

    it('starts no worker unless every job has a processor and every processor a job', () => {
      const run = async () => undefined;
      const attempts = [
        { 'contract.work': run },
        { 'contract.work': run, 'contract.slow': run, 'contract.unknown': run },
      ];
      for (const processors of attempts) {
        expect(() => queue.work(processors)).toThrow(expect.objectContaining({ code: 'config_invalid' }));
      }
    });

    it('refuses a job that is not in the catalog, and a payload that does not fit', async () => {
      const jobs = [
        contractJob('a', { name: 'contract.unknown' }),
        contractJob('b', { payload: { number: 'x' } }),
      ];
      for (const job of jobs) await expect(queue.add(job)).rejects.toMatchObject({ code: 'invalid_input' });
      expect(await queue.counts()).toEqual(IDLE);
    });

    it('refuses everything with unavailable once it is closed', async () => {
      await queue.close();
      await expect(queue.add(contractJob('a'))).rejects.toMatchObject({ code: 'unavailable' });
      await expect(queue.counts()).rejects.toMatchObject({ code: 'unavailable' });
    });

    it('runs every job of a random crowd as often as it needs, whatever is added twice', async () => {
      const crowd = fc.array(
        fc.record({ id: fc.constantFrom(...'abcdefgh'), failures: fc.integer({ min: 0, max: 4 }) }),
        { minLength: 1, maxLength: 16 },
      );
      await fc.assert(
        fc.asyncProperty(crowd, async (jobs) => {
          const own = await create();
          await checkCrowd(own, jobs).finally(() => own.destroy());
        }),
        { numRuns: 15 },
      );
    });

    if (capabilities.canPassDays) {
      it('knows a finished job for at least a day', async () => {
        const { runs } = recordWork(queue);
        await queue.add(contractJob('a'));
        await untilIdle();
        await subject.passTime(DAY_MS - 60_000);
        expect(await queue.add(contractJob('a'))).toBe('duplicate');
        expect(runs).toHaveLength(1);
      });
    }
  });
}

/** Adds jobs that fail so many times first, runs them all, and compares with what a plain map says. */
async function checkCrowd(
  { queue, passTime }: JobQueueSubject,
  jobs: readonly { readonly id: string; readonly failures: number }[],
): Promise<void> {
  const wanted = new Map<string, number>();
  for (const { id, failures } of jobs) {
    const added = await queue.add(contractJob(id, { payload: { number: failures } }));
    expect(added).toBe(wanted.has(id) ? 'duplicate' : 'added');
    if (added === 'added') wanted.set(id, failures);
  }
  const { ids } = recordWork(queue, async (payload, { attempt }) => {
    if (attempt <= Number(payload['number'])) throw new OpsError('unavailable', 'again');
  });
  await until(async () => {
    await passTime(100);
    const { waiting, delayed, active } = await queue.counts();
    return waiting + delayed + active === 0;
  }, 'all have ended');
  const lost = [...wanted.values()].filter((failures) => failures >= 3);
  expect((await queue.counts()).failed).toBe(lost.length);
  const runs = [...wanted].flatMap(([id, failures]) => Array(Math.min(failures + 1, 3)).fill(id));
  expect(ids().toSorted()).toEqual(runs.toSorted());
}
