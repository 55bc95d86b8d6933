import type { JobWorker } from '@jamie/core';
import { type Job, UnrecoverableError, WaitingError, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import type { JobEnding } from '../job-ending.ts';
import { describeError, type HeldJob, JobRun, type JobRunOptions, loggerOf } from '../job-run.ts';
import { fromRedisError } from './redis-error.ts';
import type { RedisLink } from './redis-link.ts';
import { readStoredJob, type StoredJob } from './stored-job.ts';
import { within } from './within.ts';

/** Between two looks for jobs whose worker died: with it a job is taken up within its lease and a second. */
const MAX_STALLED_INTERVAL_MS = 500;
/** The pause before what could not be recorded is recorded again. */
const RECORD_AGAIN_MS = 1_000;
/** How long a stop waits for Redis after the last run has ended. */
const CLOSE_LIMIT_MS = 2_000;
/** BullMQ's answers to a worker that lost its job: no such job, no lock, the lock of another. */
const LOST_CODES: ReadonlySet<unknown> = new Set([-1, -2, -6]);

export interface BullWorkerOptions extends JobRunOptions {
  readonly link: RedisLink;
  readonly queueName: string;
  readonly keyPrefix: string;
  readonly concurrency: number;
}

/** Tells BullMQ to run a job again after a pause that decideRetry chose. */
class RetryLater extends Error {
  override readonly name = 'RetryLater';
  readonly delayMs: number;

  constructor(message: string, delayMs: number) {
    super(message);
    this.delayMs = delayMs;
  }
}

/** Takes jobs from BullMQ, and tells it how each ended. Comes back by itself after an outage of Redis. */
export class BullWorker implements JobWorker {
  readonly #options: BullWorkerOptions;
  readonly #consumer: Redis;
  readonly #runs = new Set<JobRun>();
  readonly #bull: Promise<Worker | undefined>;
  #stopped: Promise<void> | undefined;

  constructor(options: BullWorkerOptions) {
    this.#options = options;
    this.#consumer = options.link.openConsumer();
    this.#bull = this.#begin();
  }

  stop(graceMs: number): Promise<void> {
    this.#stopped ??= this.#end(graceMs);
    return this.#stopped;
  }

  /** BullMQ can be closed only once it was connected: nothing is begun before that. */
  async #begin(): Promise<Worker | undefined> {
    const isReady = await whenReady(this.#consumer);
    if (!isReady || this.#stopped !== undefined) return undefined;
    const { queueName, keyPrefix, concurrency, leaseMs } = this.#options;
    const worker = new Worker(queueName, (job, token) => this.#process(job, token ?? ''), {
      connection: this.#consumer,
      prefix: keyPrefix,
      concurrency,
      lockDuration: leaseMs,
      // The run renews its own lease, by the injected clock, and learns at once when it has lost it.
      skipLockRenewal: true,
      stalledInterval: Math.min(MAX_STALLED_INTERVAL_MS, Math.ceil(leaseMs / 3)),
      // A worker that dies says nothing about its job: BullMQ alone never fails one for it. JobRun refuses a job that
      // took down twenty workers, as in the embedded queue.
      maxStalledCount: Number.MAX_SAFE_INTEGER,
      runRetryDelay: RECORD_AGAIN_MS,
      settings: {
        backoffStrategy: (_attempts, _type, error) => (error instanceof RetryLater ? error.delayMs : -1),
      },
    });
    worker.on('error', (error) => this.#tell(error));
    return worker;
  }

  async #process(job: Job<StoredJob>, token: string): Promise<void> {
    const ending = await this.#run(this.#hold(job, token));
    switch (ending.kind) {
      case 'complete':
        return;
      case 'retry':
        throw new RetryLater(describeError(ending.error), ending.delayMs);
      case 'fail':
        throw new UnrecoverableError(describeError(ending.error));
      case 'release':
        // Where this fails the lease runs out, and another worker has the job a little later.
        await job.moveToWait(token).catch((error: unknown) => this.#tell(error));
        throw new WaitingError();
      case 'abandon':
        // BullMQ leaves the job as it is: it is another's.
        throw new WaitingError();
    }
  }

  async #run(held: HeldJob): Promise<JobEnding> {
    // BullMQ took it at the moment of the stop.
    if (this.#stopped !== undefined) return { kind: 'release' };
    const run = new JobRun(this.#options, held, loggerOf(this.#options.logger, held));
    this.#runs.add(run);
    return run.ending.finally(() => this.#runs.delete(run));
  }

  #hold(job: Job<StoredJob>, token: string): HeldJob {
    const { clock, leaseMs } = this.#options;
    const { deduplicationId = job.id ?? '', correlationId } = job.data;
    return {
      name: job.name,
      deduplicationId,
      correlationId,
      // BullMQ counts an attempt when it has failed, and none that a dead or stopping worker cut short.
      attempt: job.attemptsMade + 1,
      losses: job.stalledCounter,
      readPayload: () => readStoredJob(job.data).payload,
      async renew() {
        try {
          return (await within(clock, leaseMs / 3, job.extendLock(token, leaseMs))) === 1;
        } catch (error) {
          throw fromRedisError(error);
        }
      },
    };
  }

  async #end(graceMs: number): Promise<void> {
    const { clock, link } = this.#options;
    // Takes no new job, and resolves when BullMQ has recorded the running ones.
    const closing = this.#bull.then((worker) => worker?.close());
    const allDone = Promise.all([...this.#runs].map((run) => run.ending));
    const grace = new AbortController();
    const graceOver = clock.sleep(graceMs, grace.signal).then(
      () => this.#letGoOfAll(),
      // Cancelled: all were done in time.
      () => undefined,
    );
    await allDone;
    grace.abort();
    await graceOver;
    if (this.#consumer.status !== 'ready') link.closeConsumer(this.#consumer);
    await within(clock, CLOSE_LIMIT_MS, closing).catch((error: unknown) => this.#tell(error));
    link.closeConsumer(this.#consumer);
  }

  #letGoOfAll(): void {
    for (const run of this.#runs) run.letGo();
  }

  #tell(error: unknown): void {
    const { logger } = this.#options;
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (LOST_CODES.has(code)) logger.warn('a job was taken over by another worker', { err: error });
    else logger.warn('a worker could not reach its queue', { err: fromRedisError(error) });
  }
}

/** False when the connection was closed before it was ever ready. */
function whenReady(connection: Redis): Promise<boolean> {
  if (connection.status === 'ready') return Promise.resolve(true);
  return new Promise((resolve) => {
    connection.once('ready', () => resolve(true));
    connection.once('end', () => resolve(false));
  });
}
