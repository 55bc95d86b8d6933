import type { ChildProcess } from 'node:child_process';
import type { JobQueue } from '@jamie/core';

/** A queue under test, with nothing in it. */
export interface JobQueueSubject {
  readonly queue: JobQueue;
  /** How long a job stays with a worker that gives no sign of life. */
  readonly leaseMs: number;
  /** Another queue on the same data over a connection of its own, as another process would have. */
  openSecondQueue(): Promise<JobQueue>;
  /** A second queue for whose workers time stands still, so that they cannot renew a lease. */
  openStalledQueue(): Promise<JobQueue>;
  /** Lets time pass for the queue and its workers. */
  passTime(durationMs: number): Promise<void>;
  /** Closes everything and removes the data. */
  destroy(): Promise<void>;
}

export interface JobQueueContractOptions {
  readonly name: string;
  readonly create: () => Promise<JobQueueSubject>;
  readonly capabilities: {
    /** Whether passTime can let days go by. */
    readonly canPassDays: boolean;
    /**
     * Starts a process with a worker on the subject's data, which writes the deduplication id of each job that it
     * starts as a line to its standard output and never finishes one. Absent: nothing survives this process.
     */
    readonly spawnWorker?: (subject: JobQueueSubject) => ChildProcess;
  };
}
