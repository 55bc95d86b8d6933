import { findCondition } from '../../snapshot/conditions.ts';
import { jobIndexOf } from '../../snapshot/job-index.ts';
import { formatDuration } from '../../wording.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import { observationOn } from '../observation-on.ts';

/** A first run may take its time. */
const FIRST_RUN_MS = 6 * 3_600_000;

/** CHK-JOB-606: a CronJob makes Jobs, none ever succeeded, and the Jobs that failed are gone. */
export const cronJobNeverSucceeded = defineAnalyzer({
  code: 'CHK-JOB-606',
  title: 'CronJob of which no run has ever succeeded',
  severity: 'warning',
  tier: 'workload',
  reads: ['CronJob', 'Job'],
  sources: ['popeye 1502', 'Robusta KubeJobFailed'],
  analyze: (index) =>
    index.cronJobs.flatMap((cron) => {
      const { lastScheduledAt, lastSucceededAt, createdAt, activeJobs, suspended } = cron;
      if (lastSucceededAt > 0 || lastScheduledAt === 0 || activeJobs > 0 || suspended) return [];
      if (cron.deletingSince !== undefined || lastScheduledAt - createdAt < FIRST_RUN_MS) return [];
      const jobs = jobIndexOf(index).jobsOf(cron);
      // A Job that failed and is still there is told itself; one that succeeded is simply not counted yet.
      if (jobs.some((job) => isOver(job))) return [];
      const age = formatDuration(index.takenAt - createdAt);
      const last = formatDuration(index.takenAt - lastScheduledAt);
      return [
        observationOn(index, cron, {
          field: 'status.lastSuccessfulTime',
          value: `not set; last run ${last} ago, schedule ${cron.schedule}`,
          summary: `has never succeeded in ${age}`,
          since: createdAt,
          confidence: 'medium',
          explanation: `CronJob ${cron.name} has run for ${age}, last ${last} ago, and no run has ever succeeded; its Jobs are gone, so their logs are too.`,
          remedies: [
            {
              label: 'Keep a failed Job and look at it',
              advice: `Set failedJobsHistoryLimit of ${cron.name} to at least 1 and leave out ttlSecondsAfterFinished; then run it and read the logs.`,
            },
          ],
        }),
      ];
    }),
});

function isOver(job: Parameters<typeof findCondition>[0]): boolean {
  return ['Failed', 'Complete'].some((type) => findCondition(job, type)?.status === 'True');
}
