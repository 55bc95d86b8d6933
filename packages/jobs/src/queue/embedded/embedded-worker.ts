import type { JobWorker } from '@jamie/core';
import { Doorbell } from '../../doorbell.ts';
import { EmbeddedRun, type EmbeddedRunOptions } from './embedded-run.ts';
import { HeadStart } from './head-start.ts';
import type { ClaimedJob } from './job-table.ts';

const HOUR_MS = 60 * 60 * 1_000;
const COMPLETED_KEPT_MS = 24 * HOUR_MS;
/** A failed job is what somebody looks for days later. */
const FAILED_KEPT_MS = 14 * 24 * HOUR_MS;

export interface EmbeddedWorkerOptions extends EmbeddedRunOptions {
  readonly concurrency: number;
  readonly pollMs: number;
}

/** Takes due jobs as slots are free; sleeps until one is due, one is added, or one ends. */
export class EmbeddedWorker implements JobWorker {
  readonly #options: EmbeddedWorkerOptions;
  readonly #bell: Doorbell;
  readonly #runs = new Set<EmbeddedRun>();
  readonly #headStart: HeadStart;
  readonly #loop: Promise<void>;
  #stopped: Promise<void> | undefined;
  #prunedAt: number;

  constructor(options: EmbeddedWorkerOptions) {
    this.#options = options;
    this.#bell = new Doorbell(options.clock);
    this.#headStart = new HeadStart(options.clock);
    this.#prunedAt = options.clock.now() - HOUR_MS;
    this.#loop = this.#takeJobs();
  }

  /** A job may have become due. */
  wake(): void {
    this.#bell.ring();
  }

  stop(graceMs: number): Promise<void> {
    this.#stopped ??= this.#end(graceMs);
    return this.#stopped;
  }

  async #takeJobs(): Promise<void> {
    while (this.#stopped === undefined) {
      await this.#bell.wait(this.#startDueJobs());
    }
  }

  /** Returns how long there is nothing to do, unless the bell rings. */
  #startDueJobs(): number {
    const { table, clock, concurrency, pollMs, owner, leaseMs, logger } = this.#options;
    try {
      this.#pruneHourly();
      const jobs = table.claim(concurrency - this.#runs.size, { owner, now: clock.now(), leaseMs });
      this.#startAll(jobs);
      const dueAt = this.#runs.size < concurrency ? table.nextDueAt() : undefined;
      return dueAt === undefined ? pollMs : Math.min(pollMs, Math.max(1, dueAt - clock.now()));
    } catch (error) {
      logger.warn('the queue could not be read and is asked again', { err: error, pollMs });
      return pollMs;
    }
  }

  #startAll(jobs: readonly ClaimedJob[]): void {
    const goesFirst = ({ name }: ClaimedJob) => this.#options.catalog.get(name)?.goesFirst === true;
    for (const job of jobs.filter(goesFirst)) {
      const run = new EmbeddedRun(this.#options, job);
      this.#headStart.give(run.done);
      this.#start(run);
    }
    const turn = this.#headStart.whenOver();
    for (const job of jobs.filter((each) => !goesFirst(each)))
      this.#start(new EmbeddedRun(this.#options, job, turn));
  }

  #start(run: EmbeddedRun): void {
    this.#runs.add(run);
    void run.done.then(() => {
      this.#runs.delete(run);
      this.#bell.ring();
    });
  }

  #pruneHourly(): void {
    const now = this.#options.clock.now();
    if (now - this.#prunedAt < HOUR_MS) return;
    this.#options.table.prune(now - COMPLETED_KEPT_MS, now - FAILED_KEPT_MS);
    this.#prunedAt = now;
  }

  async #end(graceMs: number): Promise<void> {
    this.#bell.ring();
    const allDone = Promise.all([...this.#runs].map((run) => run.done));
    const grace = new AbortController();
    const graceOver = this.#options.clock.sleep(graceMs, grace.signal).then(
      () => this.#letGoOfAll(),
      // Cancelled: all were done in time.
      () => undefined,
    );
    await allDone;
    grace.abort();
    await Promise.all([graceOver, this.#loop]);
  }

  #letGoOfAll(): void {
    for (const run of this.#runs) run.letGo();
  }
}
