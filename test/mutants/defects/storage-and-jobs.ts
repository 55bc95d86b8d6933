import type { Defect } from '../defect.ts';

const ANALYZERS = 'packages/analysis/src/analyzers';

export const storageAndJobDefects: readonly Defect[] = [
  {
    name: 'a claim that waits for its first consumer is told as a fault',
    file: `${ANALYZERS}/storage/pending-claim.ts`,
    find: "if (storageClass.waitsForConsumer) return { reason: 'waits_for_consumer' };",
    replace: '',
    suite: `${ANALYZERS}/storage`,
  },
  {
    name: 'classes that were not read count as missing',
    file: `${ANALYZERS}/storage/pending-claim.ts`,
    find: "if (!index.isRead('StorageClass')) return withoutClasses(failure, unlisted);",
    replace: '',
    suite: `${ANALYZERS}/storage`,
  },
  {
    name: 'a mount that lacks its ConfigMap is blamed on the volume',
    file: `${ANALYZERS}/storage/volume-trouble.ts`,
    find: "reason === 'FailedMount' && !CONFIGURATION.test(message)",
    replace: "reason === 'FailedMount'",
    suite: `${ANALYZERS}/storage`,
  },
  {
    name: 'the claims of a StatefulSet that is scaled down count as unused',
    file: `${ANALYZERS}/storage/unused-claim.ts`,
    find: 'prefixes.has(',
    replace: 'claims.has(',
    suite: `${ANALYZERS}/storage`,
  },
  {
    name: 'the time zone of a CronJob is forgotten',
    file: `${ANALYZERS}/job/cron-schedule.ts`,
    find: "const tz = timeZone === '' ? 'UTC' : timeZone;",
    replace: "const tz = timeZone === '' ? 'UTC' : 'UTC';",
    suite: `${ANALYZERS}/job/schedules`,
  },
  {
    name: 'a suspended CronJob is said to miss its runs',
    file: `${ANALYZERS}/job/cron-job-missed.ts`,
    find: 'if (cron.suspended || cron.deletingSince !== undefined) return undefined;',
    replace: 'if (cron.deletingSince !== undefined) return undefined;',
    suite: `${ANALYZERS}/job`,
  },
  {
    name: 'an autoscaler with a limit and no request is said to have nothing to measure against',
    file: `${ANALYZERS}/autoscaler/inactive-autoscaler.ts`,
    find: '!(resource in requests) && !(resource in limits)',
    replace: '!(resource in requests)',
    suite: `${ANALYZERS}/autoscaler`,
  },
  {
    name: 'a budget that holds on to what is left of an ill workload is told',
    file: `${ANALYZERS}/budget/budget-blocks-evictions.ts`,
    find: ' || currentHealthy < expectedPods) return false;',
    replace: ') return false;',
    suite: `${ANALYZERS}/budget`,
  },
  {
    name: 'a ConfigMap that a sidecar finds by its label counts as unused',
    file: `${ANALYZERS}/configuration/loaded-by-label.ts`,
    find: '[...LABELS, ...RECORDS]',
    replace: '[...RECORDS]',
    suite: `${ANALYZERS}/configuration`,
  },
];
