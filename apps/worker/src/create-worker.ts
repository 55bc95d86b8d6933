import { type AgentsContext, answerOverdue, listOwedJobs, repaintAll, sweepGraphs } from '@jamie/agents';
import type { JobQueue, JobWorker, Notifier } from '@jamie/core';
import { isOpsError, toOpsError } from '@jamie/core';
import type { Healer } from '@jamie/healing';
import { createOutboxRelay, type OutboxRelay } from '@jamie/jobs';
import { createRegularLook, type RegularLook } from '@jamie/runtime';
import { askAgain } from './ask-again.ts';
import { createHealingLook } from './create-healing-look.ts';
import { createProcessors } from './processors.ts';

/** A request older than this has lost its job, or more attempts would not help. */
const REQUEST_OVERDUE_MS = 15 * 60_000;

export interface WorkerOptions {
  readonly context: AgentsContext;
  readonly queue: JobQueue;
  /** Undefined while Slack is not connected. */
  readonly findNotifier: () => Notifier | undefined;
  /** Forgets what nobody can send again; called with each sweep. */
  readonly prune: () => Promise<unknown>;
  /** Looks for faults that may heal themselves, beside everything else. */
  readonly healer: Healer;
  /** Between two sweeps for faults, in milliseconds. */
  readonly healMs: number;
  /** Between two sweeps for lost work, in milliseconds. */
  readonly sweepMs: number;
  /** How long a plan may rest before its work counts as lost, in milliseconds. */
  readonly quietMs: number;
  /** How long running jobs may take to end when the worker stops, in milliseconds. */
  readonly graceMs: number;
}

export interface Worker {
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** The pool that does all work: it takes jobs, hands over what commits promised, and asks again for lost work. */
export function createWorker(options: WorkerOptions): Worker {
  const stopping = new AbortController();
  let pool: JobWorker | undefined;
  let relay: OutboxRelay | undefined;
  let repainting: Promise<void> = Promise.resolve();
  const { context, queue, graceMs, healer, healMs } = options;
  const { store, clock, logger } = context;
  const looks = [createSweepLook(options), createHealingLook({ healer, clock, logger, intervalMs: healMs })];
  return {
    async start() {
      pool = queue.work(createProcessors(context, options.findNotifier));
      relay = createOutboxRelay({ store, queue, clock, logger });
      await Promise.all(looks.map((look) => look.start()));
      if (options.findNotifier() !== undefined) repainting = repaint(context, stopping.signal);
    },
    async stop() {
      stopping.abort();
      await Promise.all([repainting, ...looks.map((look) => look.stop())]);
      await pool?.stop(graceMs);
      await relay?.stop();
    },
  };
}

function createSweepLook({ context, queue, prune, sweepMs, quietMs }: WorkerOptions): RegularLook {
  const { clock, logger, operations } = context;
  return createRegularLook({
    clock,
    intervalMs: sweepMs,
    isFirstAtOnce: true,
    async look() {
      const jobs = await operations.recover(quietMs);
      if (jobs > 0) logger.warn('lost work was asked for again', { jobs });
      const overdue = await answerOverdue(context, REQUEST_OVERDUE_MS);
      if (overdue > 0) logger.error('requests were not answered in time', { requests: overdue });
      const graphs = await sweepGraphs(context);
      if (graphs > 0) logger.info('graphs that had ended were swept', { graphs });
      await prune();
      const lost = await askAgain(queue, await listOwedJobs(context, sweepMs));
      if (lost > 0) logger.warn('the queue had lost jobs and was given them again', { jobs: lost });
    },
    // The next sweep tries again; a store that stays away is reported by readiness.
    failed: (error) => logger.warn('sweep for lost work failed', { code: error.code, err: error }),
  });
}

/** Cards that nobody repaints until the next start still take every click. */
async function repaint(context: AgentsContext, signal: AbortSignal): Promise<void> {
  try {
    const messages = await repaintAll(context, signal);
    if (messages > 0) context.logger.info('messages in slack are painted anew', { messages });
  } catch (error) {
    if (isOpsError(error, 'cancelled')) return;
    context.logger.warn('messages in slack were not painted anew', {
      code: toOpsError(error).code,
      err: error,
    });
  }
}
