import {
  type Clock,
  type CorrelationId,
  isOpsError,
  type JobProcessor,
  type JsonObject,
  type Logger,
  OpsError,
  toOpsError,
} from '@jamie/core';
import { type JobCatalog, type JobDefinition, parsePayload } from '../catalog.ts';
import {
  decideEnding,
  type Interruption,
  type JobEnding,
  type RunResult,
  type Settled,
  toError,
} from './job-ending.ts';

/** How long a processor that was told to stop may take to do so before its job is taken from it. */
const SETTLE_MS = 1_000;

/** A job that took its worker down this often is not run again. */
const MAX_LOSSES = 20;

/** A job that this worker holds, until its lease ends or another worker has it. */
export interface HeldJob {
  readonly name: string;
  readonly deduplicationId: string;
  readonly correlationId: CorrelationId;
  /** The number of this run, from 1. */
  readonly attempt: number;
  /** How often a worker died while it held this job. */
  readonly losses: number;
  /** The processor is called once this has resolved. Absent: at once. Must not reject. */
  readonly turn?: Promise<void>;
  /** As it was stored. May throw: then the run ends in that error. */
  readPayload(): unknown;
  /** Extends the lease; false when another worker has the job. Throws unavailable when nobody can tell. */
  renew(): boolean | Promise<boolean>;
}

export interface JobRunOptions {
  readonly catalog: JobCatalog;
  readonly processors: Readonly<Record<string, JobProcessor>>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly random: () => number;
  readonly leaseMs: number;
}

/** One run of one held job: keeps its lease, limits its time, and decides how it ended. Whoever took it records that. */
export class JobRun {
  /** Resolves when the run is over. Never rejects. */
  readonly ending: Promise<JobEnding>;
  readonly #options: JobRunOptions;
  readonly #job: HeldJob;
  readonly #logger: Logger;
  /** Aborts what the processor does. */
  readonly #work = new AbortController();
  /** Aborts the timers beside it. */
  readonly #watch = new AbortController();
  readonly #interruption = Promise.withResolvers<Interruption>();
  #leaseEndsAt: number;

  constructor(options: JobRunOptions, job: HeldJob, logger: Logger) {
    this.#options = options;
    this.#job = job;
    this.#leaseEndsAt = options.clock.now() + options.leaseMs;
    this.#logger = logger;
    this.ending = this.#run();
  }

  /** Ends the run for another worker to take up. */
  letGo(): void {
    this.#interruption.resolve('let_go');
  }

  async #run(): Promise<JobEnding> {
    const ending = await this.#end();
    this.#watch.abort();
    this.#tell(ending);
    return ending;
  }

  async #end(): Promise<JobEnding> {
    const definition = this.#options.catalog.get(this.#job.name);
    const processor = this.#options.processors[this.#job.name];
    if (definition === undefined || processor === undefined) {
      return refuse(new OpsError('config_invalid', 'no job of this name is in the catalogue'));
    }
    if (this.#job.losses > MAX_LOSSES) {
      return refuse(new OpsError('internal', 'the job took its worker down too often'));
    }
    const result = await this.#attempt(processor, definition);
    return decideEnding(result, definition, this.#options.random());
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
      if (this.#job.turn !== undefined) await this.#awaitTurn(this.#job.turn);
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

  async #awaitTurn(turn: Promise<void>): Promise<void> {
    await turn;
    // Another worker may have the job by now.
    this.#work.signal.throwIfAborted();
  }

  #readPayload(): JsonObject {
    return parsePayload(this.#options.catalog, this.#job.name, this.#job.readPayload());
  }

  async #keepLease(): Promise<void> {
    const { clock, leaseMs } = this.#options;
    while (!this.#watch.signal.aborted) {
      await clock.sleep(leaseMs / 3, this.#watch.signal);
      if (!(await this.#renew())) this.#interruption.resolve('lost');
    }
  }

  /** False once the lease is another's, or may be because it could not be renewed in time. */
  async #renew(): Promise<boolean> {
    const { clock, leaseMs } = this.#options;
    const askedAt = clock.now();
    try {
      if (!(await this.#job.renew())) return false;
      this.#leaseEndsAt = askedAt + leaseMs;
      return true;
    } catch (error) {
      if (!isOpsError(error, 'unavailable')) throw error;
      this.#logger.warn('a job lease could not be renewed', { err: error });
      return clock.now() < this.#leaseEndsAt;
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

  #tell(ending: JobEnding): void {
    switch (ending.kind) {
      case 'retry':
        this.#logger.info('a job will be tried again', { err: ending.error, delayMs: ending.delayMs });
        break;
      case 'fail':
        this.#logger.error('a job failed for good', { err: ending.error, reason: ending.reason });
        break;
    }
  }
}

/** A logger that says with each line which run of which job it is about. */
export function loggerOf(logger: Logger, { deduplicationId, name, attempt }: HeldJob): Logger {
  return logger.child({ jobId: deduplicationId, job: name, attempt });
}

/** What is kept with a job of its error. */
export function describeError(error: OpsError): string {
  return `${error.code}: ${error.message}`;
}

function refuse(error: OpsError): JobEnding {
  return { kind: 'fail', reason: 'not_retryable', error };
}
