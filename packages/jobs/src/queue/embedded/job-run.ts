import {
  type Clock,
  isOpsError,
  type JobProcessor,
  type JsonObject,
  type Logger,
  OpsError,
  toOpsError,
} from '@jamie/core';
import { type JobCatalog, type JobDefinition, parsePayload } from '../../catalog.ts';
import {
  decideEnding,
  type Interruption,
  type JobEnding,
  type RunResult,
  type Settled,
  toError,
} from './job-ending.ts';
import type { ClaimedJob, JobTable } from './job-table.ts';

/** How long a processor that was told to stop may take to do so before its job is taken from it. */
const SETTLE_MS = 1_000;

/** A job that took its worker down this often is not run again. */
const MAX_LOSSES = 20;

export interface JobRunOptions {
  readonly table: JobTable;
  readonly catalog: JobCatalog;
  readonly processors: Readonly<Record<string, JobProcessor>>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly random: () => number;
  readonly owner: string;
  readonly leaseMs: number;
}

/** One run of one claimed job: keeps its lease, limits its time, and records how it ended. */
export class JobRun {
  /** Resolves when the run is over and recorded. Never rejects. */
  readonly done: Promise<void>;
  readonly #options: JobRunOptions;
  readonly #job: ClaimedJob;
  readonly #logger: Logger;
  /** Aborts what the processor does. */
  readonly #work = new AbortController();
  /** Aborts the timers beside it. */
  readonly #watch = new AbortController();
  readonly #interruption = Promise.withResolvers<Interruption>();
  #leaseEndsAt: number;

  constructor(options: JobRunOptions, job: ClaimedJob) {
    this.#options = options;
    this.#job = job;
    this.#leaseEndsAt = options.clock.now() + options.leaseMs;
    this.#logger = options.logger.child({ jobId: job.deduplicationId, job: job.name, attempt: job.attempt });
    this.done = this.#run();
  }

  /** Ends the run for another worker to take up. */
  letGo(): void {
    this.#interruption.resolve('let_go');
  }

  async #run(): Promise<void> {
    try {
      await this.#process();
    } catch (error) {
      // The row stays as it is, and the job comes back when its lease has run out.
      this.#logger.error('the end of a job could not be recorded', { err: error });
    } finally {
      this.#watch.abort();
    }
  }

  async #process(): Promise<void> {
    const definition = this.#options.catalog.get(this.#job.name);
    const processor = this.#options.processors[this.#job.name];
    if (definition === undefined || processor === undefined) {
      this.#refuse(new OpsError('config_invalid', 'no job of this name is in the catalogue'));
    } else if (this.#job.losses > MAX_LOSSES) {
      this.#refuse(new OpsError('internal', 'the job took its worker down too often'));
    } else {
      const result = await this.#attempt(processor, definition);
      this.#record(decideEnding(result, definition, this.#options.random()));
    }
  }

  async #attempt(processor: JobProcessor, definition: JobDefinition): Promise<RunResult> {
    const { attempt } = this.#job;
    const settling = this.#call(processor, definition);
    for (const watcher of [this.#keepLease(), this.#limitTime(definition.timeoutMs)]) {
      watcher.catch((error: unknown) => this.#endWatch(error));
    }
    const first = await Promise.race([settling, this.#interruption.promise]);
    if (typeof first !== 'string') return { settled: first, interruption: undefined, attempt };
    this.#work.abort(toError(first));
    const settled = await Promise.race([settling, this.#options.clock.sleep(SETTLE_MS, this.#watch.signal)]);
    return { settled: settled ?? undefined, interruption: first, attempt };
  }

  async #call(processor: JobProcessor, definition: JobDefinition): Promise<Settled> {
    try {
      await processor(this.#readPayload(), {
        deduplicationId: this.#job.deduplicationId,
        correlationId: this.#job.correlationId,
        attempt: this.#job.attempt,
        maxAttempts: definition.maxAttempts,
        signal: this.#work.signal,
      });
      return { kind: 'completed' };
    } catch (error) {
      return { kind: 'threw', error: toOpsError(error) };
    }
  }

  #readPayload(): JsonObject {
    return parsePayload(this.#options.catalog, this.#job.name, JSON.parse(this.#job.payload));
  }

  async #keepLease(): Promise<void> {
    const { clock, leaseMs } = this.#options;
    while (!this.#watch.signal.aborted) {
      await clock.sleep(leaseMs / 3, this.#watch.signal);
      if (!this.#renew()) this.#interruption.resolve('lost');
    }
  }

  /** False once the lease is another's, or may be because it could not be renewed in time. */
  #renew(): boolean {
    const { table, clock, owner, leaseMs } = this.#options;
    const now = clock.now();
    try {
      if (!table.renew(this.#job, { owner, now, leaseMs })) return false;
      this.#leaseEndsAt = now + leaseMs;
      return true;
    } catch (error) {
      if (!isOpsError(error, 'unavailable')) throw error;
      this.#logger.warn('a job lease could not be renewed', { err: error });
      return now < this.#leaseEndsAt;
    }
  }

  async #limitTime(timeoutMs: number): Promise<void> {
    await this.#options.clock.sleep(timeoutMs, this.#watch.signal);
    this.#interruption.resolve('timed_out');
  }

  #endWatch(error: unknown): void {
    if (isOpsError(error, 'cancelled')) return;
    this.#logger.error('a job can no longer be watched', { err: error });
    this.#interruption.resolve('lost');
  }

  #record(ending: JobEnding): void {
    switch (ending.kind) {
      case 'retry':
        this.#logger.info('a job will be tried again', { err: ending.error, delayMs: ending.delayMs });
        break;
      case 'fail':
        this.#logger.error('a job failed for good', { err: ending.error, reason: ending.reason });
        break;
    }
    if (!this.#write(ending)) this.#logger.warn('a job was taken over by another worker');
  }

  /** False when the job is no longer ours to write. */
  #write(ending: JobEnding): boolean {
    const { table, owner, clock } = this.#options;
    const now = clock.now();
    switch (ending.kind) {
      case 'complete':
        return table.complete(this.#job, owner, now);
      case 'release':
        return table.release(this.#job, owner, now);
      case 'retry':
        return table.retry(this.#job, owner, now + ending.delayMs, describe(ending.error));
      case 'fail':
        return table.fail(this.#job, owner, now, describe(ending.error));
      case 'abandon':
        return false;
    }
  }

  #refuse(error: OpsError): void {
    this.#record({ kind: 'fail', reason: 'not_retryable', error });
  }
}

function describe(error: OpsError): string {
  return `${error.code}: ${error.message}`;
}
