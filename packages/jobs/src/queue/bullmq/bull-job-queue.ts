import {
  type CheckResult,
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
import { type JobsOptions, Queue } from 'bullmq';
import { type JobCatalog, parsePayload, requireSameJobs } from '../../catalog.ts';
import { TurnBatch } from '../turn-batch.ts';
import { BullWorker } from './bull-worker.ts';
import { describeRedis } from './describe-redis.ts';
import { fromRedisError } from './redis-error.ts';
import { judgeRedis } from './redis-facts.ts';
import { RedisLink } from './redis-link.ts';
import { bullIdOf, bullOptionsOf, type StoredJob } from './stored-job.ts';

const QUEUE_NAME = 'jobs';
/** BullMQ's own stream of events, which nobody here reads. */
const EVENTS_KEPT = 100;

export interface BullJobQueueOptions {
  /** redis:// or rediss://, with user and password where Redis asks for them. Never logged. */
  readonly url: string;
  readonly catalog: JobCatalog;
  readonly clock: Clock;
  /** Must be unique across processes. */
  readonly ids: IdSource;
  readonly logger: Logger;
  /** 0..1, for the jitter of pauses. */
  readonly random: () => number;
  /** Every key in Redis begins with it. Default `jamie`. */
  readonly keyPrefix?: string;
  /** Jobs that one worker runs at a time. Default 8. */
  readonly concurrency?: number;
  /** How long a job stays with a worker that gives no sign of life. Renewed at a third. Default 30,000. */
  readonly leaseMs?: number;
}

/** A queue whose server can be asked how it stands. */
export interface BullJobQueue extends JobQueue {
  check(): Promise<CheckResult>;
}

/**
 * A queue on Redis, for several machines. Redis holds work, never truth: losing all of it costs time only. Throws
 * config_invalid when Redis refuses the password or may throw work away (`maxmemory-policy`). A Redis that cannot be
 * reached does not keep the program from starting: requests are stored and wait.
 */
export async function openBullJobQueue(options: BullJobQueueOptions): Promise<BullJobQueue> {
  const { url, clock, logger } = options;
  const link = new RedisLink({ url, clock, logger });
  try {
    if ((await link.settle()) === 'ready') requireSound(judgeRedis(await link.readFacts()));
    return new BullQueue(options, link);
  } catch (error) {
    link.close();
    throw error;
  }
}

function requireSound(verdict: ReturnType<typeof judgeRedis>): void {
  if (verdict.kind !== 'refused') return;
  const { policy } = verdict;
  throw new OpsError('config_invalid', 'redis may drop work when its memory is full', {
    userMessage: `Redis may throw jobs away when its memory is full (maxmemory-policy is ${policy}). Set maxmemory-policy noeviction on that server, or point REDIS_URL at another, and start again.`,
    details: { policy },
  });
}

interface OfferedJob {
  readonly name: string;
  readonly data: StoredJob;
  readonly opts: JobsOptions;
}

class BullQueue implements BullJobQueue {
  readonly #options: Required<BullJobQueueOptions>;
  readonly #link: RedisLink;
  readonly #queue: Queue<StoredJob>;
  readonly #workers = new Set<BullWorker>();
  readonly #added = new TurnBatch<OfferedJob, 'added' | 'duplicate'>((jobs) => this.#addAll(jobs));
  #closed = false;

  constructor(options: BullJobQueueOptions, link: RedisLink) {
    this.#options = { keyPrefix: 'jamie', concurrency: 8, leaseMs: 30_000, ...options };
    this.#link = link;
    this.#queue = new Queue(QUEUE_NAME, {
      connection: link.client,
      prefix: this.#options.keyPrefix,
      streams: { events: { maxLen: EVENTS_KEPT } },
    });
    // The link tells of outages; a command that failed tells whoever sent it.
    this.#queue.on('error', () => undefined);
  }

  async add(job: JobRequest): Promise<'added' | 'duplicate'> {
    this.#requireOpen();
    const { catalog, clock, ids } = this.#options;
    const { name, deduplicationId, correlationId } = job;
    const payload = parsePayload(catalog, name, job.payload);
    const data = { deduplicationId, correlationId, payload, ticket: ids.next('ticket') };
    return this.#added.add({ name, data, opts: bullOptionsOf(job, clock.now()) });
  }

  async #addAll(jobs: readonly OfferedJob[]): Promise<readonly ('added' | 'duplicate')[]> {
    const kept = await this.#link.ask(async () => {
      await this.#queue.addBulk([...jobs]);
      // BullMQ does not say whether it knew a job; whose ticket it keeps does.
      const tickets = this.#link.client.pipeline();
      for (const { data } of jobs) tickets.hget(this.#queue.toKey(bullIdOf(data.deduplicationId)), 'data');
      return tickets.exec();
    });
    return jobs.map(({ data }, index) => {
      const [error, text] = kept?.[index] ?? [];
      if (error) throw fromRedisError(error);
      return String(text).includes(JSON.stringify(data.ticket)) ? 'added' : 'duplicate';
    });
  }

  work(processors: Readonly<Record<string, JobProcessor>>): JobWorker {
    this.#requireOpen();
    const { catalog, clock, ids, random, concurrency, leaseMs, keyPrefix } = this.#options;
    requireSameJobs(catalog, Object.keys(processors));
    const worker = new BullWorker({
      ...{ catalog, processors, clock, random, concurrency, leaseMs, keyPrefix, queueName: QUEUE_NAME },
      link: this.#link,
      logger: this.#options.logger.child({ worker: ids.next('worker') }),
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
    const counted = await this.#link.ask(() =>
      this.#queue.getJobCounts('waiting', 'delayed', 'active', 'failed'),
    );
    const { waiting = 0, delayed = 0, active = 0, failed = 0 } = counted;
    return { waiting, delayed, active, failed };
  }

  check(): Promise<CheckResult> {
    return describeRedis(this.#options.url, () => this.#link.readFacts());
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#workers].map((worker) => worker.stop(0)));
    this.#workers.clear();
    this.#link.close();
  }

  #requireOpen(): void {
    if (this.#closed) throw new OpsError('unavailable', 'the queue is closed', { retryable: false });
  }
}
