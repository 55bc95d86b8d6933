import {
  type Clock,
  type IdSource,
  type JobCounts,
  type JobProcessor,
  type JobQueue,
  type JobRequest,
  type JobWorker,
  type Logger,
  OpsError,
} from '@jamie/core';
import type { Database } from '@jamie/database';
import { type JobCatalog, parsePayload, requireSameJobs } from '../../catalog.ts';
import { TurnBatch } from '../turn-batch.ts';
import { EmbeddedWorker } from './embedded-worker.ts';
import { JobTable } from './job-table.ts';

export interface EmbeddedJobQueueOptions {
  /** Belongs to the caller, who closes it after the queue. */
  readonly database: Database;
  readonly catalog: JobCatalog;
  readonly clock: Clock;
  /** Names the workers; must be unique across processes. */
  readonly ids: IdSource;
  readonly logger: Logger;
  /** 0..1, for the jitter of pauses. */
  readonly random: () => number;
  /** Jobs that one worker runs at a time. Default 8. */
  readonly concurrency?: number;
  /** How long a job stays with a worker that gives no sign of life. Renewed at a third. Default 30,000. */
  readonly leaseMs?: number;
  /** How often a worker looks for jobs that another process added. Default 1,000. */
  readonly pollMs?: number;
}

/** A queue in the database of the data directory: durable, crash safe, no server. */
export function createEmbeddedJobQueue(options: EmbeddedJobQueueOptions): JobQueue {
  return new EmbeddedJobQueue(options);
}

class EmbeddedJobQueue implements JobQueue {
  readonly #options: EmbeddedJobQueueOptions;
  readonly #table: JobTable;
  readonly #workers = new Set<EmbeddedWorker>();
  readonly #added = new TurnBatch<JobRequest, 'added' | 'duplicate'>((jobs) => this.#addAll(jobs));
  #closed = false;

  constructor(options: EmbeddedJobQueueOptions) {
    this.#options = options;
    this.#table = new JobTable(options.database);
  }

  async add(job: JobRequest): Promise<'added' | 'duplicate'> {
    this.#requireOpen();
    const payload = parsePayload(this.#options.catalog, job.name, job.payload);
    return this.#added.add({ ...job, payload });
  }

  async #addAll(jobs: readonly JobRequest[]): Promise<readonly ('added' | 'duplicate')[]> {
    const added = this.#table.addAll(jobs, this.#options.clock.now());
    for (const worker of this.#workers) worker.wake();
    return added;
  }

  work(processors: Readonly<Record<string, JobProcessor>>): JobWorker {
    this.#requireOpen();
    const {
      catalog,
      clock,
      ids,
      logger,
      random,
      concurrency = 8,
      leaseMs = 30_000,
      pollMs = 1_000,
    } = this.#options;
    requireSameJobs(catalog, Object.keys(processors));
    const owner = ids.next('worker');
    const worker = new EmbeddedWorker({
      ...{ table: this.#table, catalog, processors, clock, random, concurrency, leaseMs, pollMs, owner },
      logger: logger.child({ component: 'jobs', worker: owner }),
    });
    this.#workers.add(worker);
    return {
      stop: async (graceMs) => {
        await worker.stop(graceMs);
        this.#workers.delete(worker);
      },
    };
  }

  async counts(): Promise<JobCounts> {
    this.#requireOpen();
    return this.#table.counts(this.#options.clock.now());
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#workers].map((worker) => worker.stop(0)));
    this.#workers.clear();
  }

  #requireOpen(): void {
    if (this.#closed) throw new OpsError('unavailable', 'the queue is closed', { retryable: false });
  }
}
