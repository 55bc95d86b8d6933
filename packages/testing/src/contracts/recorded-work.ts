import type { JobContext, JobProcessor, JobQueue, JobRequest, JobWorker, JsonObject } from '@jamie/core';
import { aJobRequest } from '../builders/record-builders.ts';

/** One call of a processor. */
interface Run {
  readonly payload: JsonObject;
  readonly context: JobContext;
}

export interface RecordedWork {
  readonly runs: Run[];
  /** Deduplication ids in the order in which their jobs were started. */
  ids(): readonly string[];
  readonly worker: JobWorker;
}

/** Starts a worker that records every run of every contract job before it does what `process` says. */
export function recordWork(queue: JobQueue, process: JobProcessor = async () => undefined): RecordedWork {
  const runs: Run[] = [];
  const record: JobProcessor = (payload, context) => {
    runs.push({ payload, context });
    return process(payload, context);
  };
  const worker = queue.work({ 'contract.work': record, 'contract.slow': record });
  return { runs, worker, ids: () => runs.map((run) => run.context.deduplicationId) };
}

/** A job of the contract's catalog. */
export function contractJob(id: string, over: Partial<JobRequest> = {}): JobRequest {
  return aJobRequest({ name: 'contract.work', payload: { number: 1 }, deduplicationId: id, ...over });
}

/** A processor that ends only when it is told to: with its signal's reason. */
export function hang(_payload: JsonObject, { signal }: JobContext): Promise<void> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}
