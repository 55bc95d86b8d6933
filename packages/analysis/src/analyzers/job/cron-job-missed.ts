import type { CronJobView } from '@jamie/core';
import { jobIndexOf } from '../../snapshot/job-index.ts';
import { refOf } from '../../snapshot/ref-of.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { countOf, formatDuration, formatMinute } from '../../wording.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import { observationOn } from '../observation-on.ts';
import { readSchedule } from './cron-schedule.ts';

/** The controller makes a Job within seconds of its time; after a restart of the control plane within minutes. */
const LATE_MS = 5 * 60_000;

interface MissedRun {
  readonly cron: CronJobView;
  /** The last run that should have been. */
  readonly dueAt: number;
}

/** CHK-JOB-605: the time of a run has come and gone, and no Job was made. */
export const cronJobMissed = defineAnalyzer({
  code: 'CHK-JOB-605',
  title: 'CronJob that misses its runs',
  severity: 'warning',
  tier: 'workload',
  reads: ['CronJob'],
  helpedBy: ['Job'],
  sources: ['popeye 1502'],
  analyze: (index) =>
    index.cronJobs.flatMap((cron) => {
      const missed = findMissed(index, cron);
      return missed === undefined ? [] : [describe(index, missed)];
    }),
});

function findMissed(index: SnapshotIndex, cron: CronJobView): MissedRun | undefined {
  if (cron.suspended || cron.deletingSince !== undefined) return undefined;
  const schedule = readSchedule(cron);
  if (schedule.kind === 'invalid') return undefined;
  const dueAt = schedule.lastDueBefore(index.takenAt - LATE_MS);
  if (dueAt === undefined || dueAt <= cron.createdAt) return undefined;
  // Schedules are to the minute, and the zone of the control plane is not known: a run nearby counts.
  const toleranceMs = cron.timeZone === '' ? spanBefore(schedule, dueAt) : 60_000;
  return cron.lastScheduledAt >= dueAt - toleranceMs ? undefined : { cron, dueAt };
}

/** Without a zone the run may have been at another hour; two runs in a row are missing in every zone. */
function spanBefore(schedule: Extract<ReturnType<typeof readSchedule>, { kind: 'valid' }>, dueAt: number) {
  const before = schedule.lastDueBefore(dueAt - 1_000);
  return before === undefined ? dueAt : dueAt - before;
}

function describe(index: SnapshotIndex, { cron, dueAt }: MissedRun) {
  const { name, lastScheduledAt, concurrencyPolicy, activeJobs } = cron;
  const ran =
    lastScheduledAt > 0
      ? `its last was ${formatDuration(index.takenAt - lastScheduledAt)} ago`
      : 'it has never made one';
  const running = jobIndexOf(index)
    .jobsOf(cron)
    .filter((job) => job.activePods > 0);
  const isHeldBack = concurrencyPolicy === 'Forbid' && activeJobs > 0;
  const why = isHeldBack ? `; ${countOf(activeJobs, 'Job')} still runs, and the policy is Forbid` : '';
  return observationOn(index, cron, {
    field: 'status.lastScheduleTime',
    value: `${lastScheduledAt > 0 ? formatMinute(lastScheduledAt) : 'never'}; schedule ${cron.schedule}, due ${formatMinute(dueAt)}`,
    summary: `has missed its run of ${formatMinute(dueAt)}`,
    since: dueAt,
    related: isHeldBack ? running.map(refOf) : [],
    confidence: 'medium',
    explanation: `CronJob ${name} should have made a Job at ${formatMinute(dueAt)}, and ${ran}${why}.`,
    remedies: [
      {
        label: `Run ${name} now`,
        advice: isHeldBack
          ? `See why the Job of ${name} does not end; to run it beside that one, change concurrencyPolicy.`
          : `Look at the events of ${name} and whether the controller manager runs; a run by hand makes up for the missed one.`,
        ...(!isHeldBack && {
          operation: {
            kind: 'run_cron_job' as const,
            target: { kind: 'CronJob' as const, namespace: cron.namespace, name },
          },
        }),
      },
    ],
  });
}
