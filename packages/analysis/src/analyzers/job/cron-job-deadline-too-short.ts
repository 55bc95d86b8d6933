import { defineAnalyzer } from '../define-analyzer.ts';
import { observationOn } from '../observation-on.ts';

/** The controller looks every 10 seconds: https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs. */
const CONTROLLER_PERIOD_SECONDS = 10;

/** CHK-JOB-604: runs are late before the controller has looked at them. */
export const cronJobDeadlineTooShort = defineAnalyzer({
  code: 'CHK-JOB-604',
  title: 'CronJob whose starting deadline is negative or too short',
  severity: 'warning',
  tier: 'workload',
  reads: ['CronJob'],
  sources: ['k8sgpt CronJob negative startingDeadlineSeconds'],
  analyze: (index) =>
    index.cronJobs.flatMap((cron) => {
      const seconds = cron.startingDeadlineSeconds;
      if (seconds === undefined || seconds >= CONTROLLER_PERIOD_SECONDS) return [];
      if (cron.deletingSince !== undefined || cron.suspended) return [];
      return [
        observationOn(index, cron, {
          ...(seconds >= 0 && { severity: 'info' as const }),
          field: 'spec.startingDeadlineSeconds',
          value: String(seconds),
          summary: `its starting deadline of ${seconds} s is ${seconds < 0 ? 'negative' : 'too short'}`,
          since: cron.createdAt,
          explanation: `CronJob ${cron.name} gives its runs ${seconds} s to start, and the controller looks only every ${CONTROLLER_PERIOD_SECONDS} s: runs may never be made.`,
          remedies: [
            {
              label: 'Raise startingDeadlineSeconds',
              advice: `Set spec.startingDeadlineSeconds of ${cron.name} to some minutes, or leave it out: then a missed run starts however late.`,
            },
          ],
        }),
      ];
    }),
});
