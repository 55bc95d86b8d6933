import { toSingleLine } from '../../evidence/cluster-text.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import { observationOn } from '../observation-on.ts';
import { readSchedule } from './cron-schedule.ts';

/** CHK-JOB-603: a schedule that cannot be read, or that no date ever meets. */
export const cronJobInvalidSchedule = defineAnalyzer({
  code: 'CHK-JOB-603',
  title: 'CronJob whose schedule never comes',
  severity: 'warning',
  tier: 'workload',
  reads: ['CronJob'],
  sources: ['k8sgpt CronJob invalid schedule'],
  analyze: (index) =>
    index.cronJobs.flatMap((cron) => {
      if (cron.deletingSince !== undefined || cron.suspended) return [];
      const schedule = readSchedule(cron);
      if (schedule.kind === 'valid' && schedule.lastDueBefore(index.takenAt) !== undefined) return [];
      // Of an interval that is longer than the CronJob is old nothing is due yet.
      if (schedule.kind === 'valid' && cron.schedule.startsWith('@every')) return [];
      const why = schedule.kind === 'invalid' ? toSingleLine(schedule.problem, 120) : 'no date ever meets it';
      const text = toSingleLine(cron.schedule, 80);
      return [
        observationOn(index, cron, {
          field: 'spec.schedule',
          value: `${cron.schedule}${cron.timeZone === '' ? '' : ` (${cron.timeZone})`}`,
          summary: `its schedule never comes: ${why}`,
          since: cron.createdAt,
          explanation: `CronJob ${cron.name} makes no Job: its schedule "${text}" never comes, because ${why}.`,
          remedies: [
            {
              label: 'Correct the schedule',
              advice: `Correct spec.schedule of ${cron.name}: five fields for minute, hour, day of month, month and day of week, or a word such as @daily.`,
            },
          ],
        }),
      ];
    }),
});
