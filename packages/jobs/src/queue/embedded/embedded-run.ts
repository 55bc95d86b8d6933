import type { Logger } from '@jamie/core';
import type { JobEnding } from '../job-ending.ts';
import { describeError, type HeldJob, JobRun, type JobRunOptions, loggerOf } from '../job-run.ts';
import type { ClaimedJob, JobTable } from './job-table.ts';

export interface EmbeddedRunOptions extends JobRunOptions {
  readonly table: JobTable;
  readonly owner: string;
}

/** One run of one claimed row, recorded in it. */
export class EmbeddedRun {
  /** Resolves when the run is over and recorded. Never rejects. */
  readonly done: Promise<void>;
  readonly #options: EmbeddedRunOptions;
  readonly #job: ClaimedJob;
  readonly #logger: Logger;
  readonly #run: JobRun;

  /** `turn`: what the run waits for. */
  constructor(options: EmbeddedRunOptions, job: ClaimedJob, turn?: Promise<void>) {
    const { table, owner, clock, leaseMs, logger } = options;
    const held: HeldJob = {
      ...job,
      ...(turn !== undefined && { turn }),
      readPayload: () => JSON.parse(job.payload),
      renew: () => table.renew(job, { owner, now: clock.now(), leaseMs }),
    };
    this.#options = options;
    this.#job = job;
    this.#logger = loggerOf(logger, held);
    this.#run = new JobRun(options, held, this.#logger);
    this.done = this.#run.ending.then((ending) => this.#record(ending));
  }

  /** Ends the run for another worker to take up. */
  letGo(): void {
    this.#run.letGo();
  }

  #record(ending: JobEnding): void {
    try {
      if (!this.#write(ending)) this.#logger.warn('a job was taken over by another worker');
    } catch (error) {
      // The row stays as it is, and the job comes back when its lease has run out.
      this.#logger.error('the end of a job could not be recorded', { err: error });
    }
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
        return table.retry(this.#job, owner, now + ending.delayMs, describeError(ending.error));
      case 'fail':
        return table.fail(this.#job, owner, now, describeError(ending.error));
      case 'abandon':
        return false;
    }
  }
}
