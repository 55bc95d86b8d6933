import { type CorrelationId, canonicalJson, type JobCounts, type JobRequest } from '@jamie/core';
import type { Database, SqlRow } from '@jamie/database';

/** A job that this worker holds, until its lease ends or its epoch is overtaken. */
export interface ClaimedJob {
  readonly sequence: number;
  readonly name: string;
  readonly payload: string;
  readonly deduplicationId: string;
  readonly correlationId: CorrelationId;
  /** The number of this run, from 1. */
  readonly attempt: number;
  readonly epoch: number;
  /** How often a worker died or let go while it held this job. */
  readonly losses: number;
}

export interface Lease {
  readonly owner: string;
  readonly now: number;
  readonly leaseMs: number;
}

/**
 * The rows of the embedded queue. Every change of a held job is a compare-and-set on owner and epoch. None waits for the
 * disk: what a power cut takes back is asked for again by the outbox entry that stood before it, or runs again.
 */
export class JobTable {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** All with one commit; one result for each. */
  addAll(jobs: readonly JobRequest[], now: number): readonly ('added' | 'duplicate')[] {
    return this.#database.unsynced(() => jobs.map((job) => this.#add(job, now)));
  }

  #add(job: JobRequest, now: number): 'added' | 'duplicate' {
    const added = this.#database.run(
      `INSERT INTO jobs (deduplication_id, name, payload, correlation_id, status, due_at, attempt, epoch, losses)
       VALUES (?, ?, ?, ?, 'waiting', ?, 0, 0, 0) ON CONFLICT DO NOTHING`,
      ...[job.deduplicationId, job.name, canonicalJson(job.payload), job.correlationId, job.runAt ?? now],
    );
    return added === 1 ? 'added' : 'duplicate';
  }

  /** Takes up to `limit` due jobs with one commit, those that have been due for the longest first. */
  claim(limit: number, lease: Lease): readonly ClaimedJob[] {
    if (limit === 0 || !this.#hasDue(lease.now)) return [];
    return this.#database.unsynced(() => {
      const claimed: ClaimedJob[] = [];
      for (let job = this.#claimOne(lease); job !== undefined; job = this.#claimOne(lease)) {
        claimed.push(job);
        if (claimed.length === limit) break;
      }
      return claimed;
    });
  }

  /** A job that waits, or one whose worker let its lease run out. */
  #claimOne(lease: Lease): ClaimedJob | undefined {
    const row = this.#database.get(
      `UPDATE jobs SET
         attempt = attempt + (status = 'waiting'), losses = losses + (status = 'active'),
         status = 'active', owner = ?, epoch = epoch + 1, due_at = ?
       WHERE sequence = (
         SELECT sequence FROM jobs WHERE status IN ('waiting', 'active') AND due_at <= ?
         ORDER BY due_at, sequence LIMIT 1)
       RETURNING *`,
      ...[lease.owner, lease.now + lease.leaseMs, lease.now],
    );
    return row === undefined ? undefined : toClaimedJob(row);
  }

  /** Extends the lease; false when another worker has the job. */
  renew(job: ClaimedJob, lease: Lease): boolean {
    return this.#change(job, lease.owner, 'due_at = ?', lease.now + lease.leaseMs);
  }

  complete(job: ClaimedJob, owner: string, now: number): boolean {
    return this.#change(job, owner, "status = 'completed', owner = NULL, finished_at = ?", now);
  }

  retry(job: ClaimedJob, owner: string, dueAt: number, error: string): boolean {
    return this.#change(
      job,
      owner,
      "status = 'waiting', owner = NULL, due_at = ?, last_error = ?",
      dueAt,
      error,
    );
  }

  fail(job: ClaimedJob, owner: string, now: number, error: string): boolean {
    const assignments = "status = 'failed', owner = NULL, finished_at = ?, last_error = ?";
    return this.#change(job, owner, assignments, now, error);
  }

  /** Lets go of a job that was not finished: the next worker runs the same attempt again at once. */
  release(job: ClaimedJob, owner: string, now: number): boolean {
    const assignments = "status = 'waiting', owner = NULL, due_at = ?, attempt = attempt - 1";
    return this.#change(job, owner, assignments, now);
  }

  /** When the next job becomes due, leases included. */
  nextDueAt(): number | undefined {
    const row = this.#database.get(
      "SELECT due_at FROM jobs WHERE status IN ('waiting', 'active') ORDER BY due_at, sequence LIMIT 1",
    );
    return row === undefined ? undefined : Number(row['due_at']);
  }

  counts(now: number): JobCounts {
    const counted = { waiting: 0, delayed: 0, active: 0, failed: 0 };
    const rows = this.#database.all(
      `SELECT CASE WHEN status = 'waiting' AND due_at > ? THEN 'delayed' ELSE status END AS state, count(*) AS jobs
       FROM jobs WHERE status <> 'completed' GROUP BY state`,
      now,
    );
    return {
      ...counted,
      ...Object.fromEntries(rows.map((row) => [String(row['state']), Number(row['jobs'])])),
    };
  }

  /** Forgets what finished before these times, and with it the deduplication ids. */
  prune(completedBefore: number, failedBefore: number): number {
    return this.#database.run(
      "DELETE FROM jobs WHERE finished_at < CASE status WHEN 'failed' THEN ? ELSE ? END",
      ...[failedBefore, completedBefore],
    );
  }

  /** A look without a lock: an idle poll must not write. */
  #hasDue(now: number): boolean {
    const dueAt = this.nextDueAt();
    return dueAt !== undefined && dueAt <= now;
  }

  #change(
    job: ClaimedJob,
    owner: string,
    assignments: string,
    ...values: readonly (string | number)[]
  ): boolean {
    const sql = `UPDATE jobs SET ${assignments} WHERE sequence = ? AND owner = ? AND epoch = ? AND status = 'active'`;
    return this.#database.unsynced(
      () => this.#database.run(sql, ...values, job.sequence, owner, job.epoch) === 1,
    );
  }
}

function toClaimedJob(row: SqlRow): ClaimedJob {
  return {
    sequence: Number(row['sequence']),
    name: String(row['name']),
    payload: String(row['payload']),
    deduplicationId: String(row['deduplication_id']),
    correlationId: String(row['correlation_id']) as CorrelationId,
    attempt: Number(row['attempt']),
    epoch: Number(row['epoch']),
    losses: Number(row['losses']),
  };
}
