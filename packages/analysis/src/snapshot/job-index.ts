import type { CronJobView, JobView } from '@jamie/core';
import { findCondition } from './conditions.ts';
import { oncePerSnapshot } from './once-per-snapshot.ts';
import type { SnapshotIndex } from './snapshot-index.ts';

/** Jobs by the CronJob that made them. */
export interface JobIndex {
  jobsOf(cron: CronJobView): readonly JobView[];
  /** The other Jobs of the same CronJob; none for a Job made by hand. */
  siblingsOf(job: JobView): readonly JobView[];
}

/** Arranges the Jobs of a snapshot. */
export const jobIndexOf = oncePerSnapshot((index: SnapshotIndex): JobIndex => {
  const byOwner = new Map<string, JobView[]>();
  for (const job of index.jobs) {
    if (job.owner?.kind !== 'CronJob') continue;
    const jobs = byOwner.get(job.owner.uid);
    if (jobs === undefined) byOwner.set(job.owner.uid, [job]);
    else jobs.push(job);
  }
  const ownedBy = (uid: string | undefined) => (uid === undefined ? [] : (byOwner.get(uid) ?? []));
  return {
    jobsOf: (cron) => ownedBy(cron.uid),
    siblingsOf: (job) => ownedBy(job.owner?.uid).filter((other) => other !== job),
  };
});

/** How long a Job took from its start to its success, in milliseconds; undefined for one that has not succeeded. */
export function durationOf(job: JobView): number | undefined {
  const complete = findCondition(job, 'Complete');
  if (complete?.status !== 'True' || job.startedAt === 0) return undefined;
  const durationMs = complete.since - job.startedAt;
  return durationMs >= 0 ? durationMs : undefined;
}
