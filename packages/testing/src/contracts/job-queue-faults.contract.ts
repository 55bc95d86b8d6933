import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { JobQueue } from '@jamie/core';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { JobQueueContractOptions, JobQueueSubject } from './job-queue-subject.ts';
import { contractJob, hang, recordWork } from './recorded-work.ts';
import { until } from './until.ts';

/** Workers that race, stall and die. */
export function jobQueueFaultsContract({ name, create, capabilities }: JobQueueContractOptions): void {
  describe(`JobQueue contract, faults: ${name}`, () => {
    let subject: JobQueueSubject;
    let queue: JobQueue;

    beforeEach(async () => {
      subject = await create();
      queue = subject.queue;
    });

    afterEach(() => subject.destroy());

    const untilFinished = () =>
      until(async () => {
        const { waiting, active, delayed } = await queue.counts();
        return waiting + active + delayed === 0;
      }, 'every job has finished');

    it('gives each job to one of several workers', async () => {
      const workers = [recordWork(queue), recordWork(queue), recordWork(await subject.openSecondQueue())];
      const ids = Array.from({ length: 60 }, (_, index) => `job${index}`);
      await Promise.all(ids.map((id) => queue.add(contractJob(id))));
      await until(async () => {
        await subject.passTime(1_000);
        return (await queue.counts()).waiting === 0;
      }, 'all are taken');
      await untilFinished();
      const ran = workers.flatMap((work) => work.ids());
      expect(ran.toSorted()).toEqual(ids.toSorted());
    });

    it('keeps a job with a worker that is alive, however long it takes', async () => {
      const finish = Promise.withResolvers<void>();
      const first = recordWork(queue, () => finish.promise);
      await queue.add(contractJob('a'));
      await until(() => first.runs.length === 1, 'it runs');
      const second = recordWork(await subject.openSecondQueue());
      for (let beat = 0; beat < 8; beat += 1) await subject.passTime(subject.leaseMs / 2);
      expect(second.runs).toHaveLength(0);
      finish.resolve();
      await untilFinished();
      expect(first.runs[0]?.context.signal.aborted).toBe(false);
    });

    it('gives the job of a stalled worker to another after the lease, not before', async () => {
      await queue.add(contractJob('a'));
      const stalled = recordWork(await subject.openStalledQueue(), hang);
      await until(() => stalled.runs.length === 1, 'the stalled worker has it');
      const other = recordWork(queue);
      await subject.passTime(subject.leaseMs * 0.9);
      expect(other.runs).toHaveLength(0);
      await subject.passTime(subject.leaseMs * 0.2);
      await until(() => other.runs.length === 1, 'the other has it');
      expect(other.runs[0]?.context.attempt).toBe(1);
      await untilFinished();
    });

    it('records nothing of a stalled worker that comes back', async () => {
      const finish = Promise.withResolvers<void>();
      await queue.add(contractJob('a'));
      const stalled = recordWork(await subject.openStalledQueue(), () => finish.promise);
      await until(() => stalled.runs.length === 1, 'the stalled worker has it');
      const other = recordWork(queue, hang);
      await subject.passTime(subject.leaseMs * 1.1);
      await until(() => other.runs.length === 1, 'the other has it');
      finish.resolve();
      await stalled.worker.stop(1_000);
      expect(await queue.counts()).toMatchObject({ active: 1, waiting: 0, failed: 0 });
      expect(other.runs[0]?.context.signal.aborted).toBe(false);
    });

    const { spawnWorker } = capabilities;
    if (spawnWorker === undefined) return;

    it('gives the job of a killed process to another worker after the lease', async () => {
      await queue.add(contractJob('a'));
      const child = spawnWorker(subject);
      const closed = once(child, 'close');
      for await (const line of createInterface({ input: child.stdout ?? process.stdin })) {
        expect(line).toBe('a');
        child.kill('SIGKILL');
      }
      await closed;
      const { runs } = recordWork(queue);
      await subject.passTime(subject.leaseMs * 0.5);
      expect(runs).toHaveLength(0);
      await subject.passTime(subject.leaseMs);
      await until(() => runs.length === 1, 'it runs again');
      await untilFinished();
    }, 30_000);
  });
}
