import type { CronJobView, JobView, KubeObject } from '@jamie/core';
import { toConditionViews } from './condition-view.ts';
import { toObjectView } from './object-view.ts';
import { toPodTemplateView } from './pod-template-view.ts';
import { listOf, numberOf, objectOf, textOf, timeOf } from './raw-fields.ts';
import type { Sharing } from './sharing.ts';

/** Projects a Job of batch/v1. */
export function toJobView(object: KubeObject, sharing: Sharing): JobView {
  const spec = objectOf(object.spec);
  const status = objectOf(object.status);
  return {
    ...toObjectView('Job', object, sharing),
    suspended: spec['suspend'] === true,
    // A Job with a work queue names no completions: one pod that succeeds is enough.
    completions: numberOf(spec['completions'], 1),
    backoffLimit: numberOf(spec['backoffLimit'], DEFAULT_BACKOFF_LIMIT),
    activePods: numberOf(status['active']),
    succeededPods: numberOf(status['succeeded']),
    failedPods: numberOf(status['failed']),
    startedAt: timeOf(status['startTime']),
    conditions: toConditionViews(status['conditions'], sharing),
  };
}

/** The API server's own default. */
const DEFAULT_BACKOFF_LIMIT = 6;

/** Projects a CronJob of batch/v1. */
export function toCronJobView(object: KubeObject, sharing: Sharing): CronJobView {
  const spec = objectOf(object.spec);
  const status = objectOf(object.status);
  const { startingDeadlineSeconds } = spec;
  return {
    ...toObjectView('CronJob', object, sharing),
    schedule: textOf(spec['schedule']),
    timeZone: sharing.text(spec['timeZone']),
    concurrencyPolicy: sharing.text(spec['concurrencyPolicy']) || 'Allow',
    suspended: spec['suspend'] === true,
    lastScheduledAt: timeOf(status['lastScheduleTime']),
    lastSucceededAt: timeOf(status['lastSuccessfulTime']),
    activeJobs: listOf(status['active']).length,
    ...(typeof startingDeadlineSeconds === 'number' && { startingDeadlineSeconds }),
    template: toPodTemplateView(
      objectOf(objectOf(objectOf(spec['jobTemplate'])['spec'])['template']),
      sharing,
    ),
  };
}
