import { observeField } from '../../evidence/observe.ts';
import { refOf } from '../../snapshot/ref-of.ts';
import { formatDuration } from '../../wording.ts';
import { defineAnalyzer } from '../define-analyzer.ts';

/** CHK-JOB-602: a CronJob that used to run is suspended. One that never ran is a template for runs by hand. */
export const cronJobSuspended = defineAnalyzer({
  code: 'CHK-JOB-602',
  title: 'CronJob that ran before and is suspended',
  severity: 'info',
  tier: 'workload',
  reads: ['CronJob'],
  sources: ['k8sgpt CronJob suspended', 'popeye 1500'],
  analyze: (index) =>
    index.cronJobs
      .filter((cron) => cron.suspended && cron.lastScheduledAt > 0 && cron.deletingSince === undefined)
      .map((cron) => {
        const { namespace, name, schedule, lastScheduledAt } = cron;
        const ago = formatDuration(index.takenAt - lastScheduledAt);
        return {
          subject: refOf(cron),
          summary: `is suspended; its last run was ${ago} ago`,
          since: lastScheduledAt,
          evidence: [
            observeField(
              cron,
              'spec.suspend',
              `true; schedule ${schedule}, last run ${ago} ago`,
              index.takenAt,
            ),
          ],
          related: [],
          pods: [],
          explanation: `CronJob ${name} is suspended: its schedule "${schedule}" makes no Job, and the last was made ${ago} ago.`,
          confidence: 'low' as const,
          remedies: [
            {
              label: `Resume ${name}`,
              advice: `Unless somebody suspended it on purpose, resume it: the next run follows its schedule, and missed ones are not made up for.`,
              operation: {
                kind: 'unsuspend' as const,
                target: { kind: 'CronJob' as const, namespace, name },
              },
            },
          ],
          templateMayCauseIt: false,
        };
      }),
});
