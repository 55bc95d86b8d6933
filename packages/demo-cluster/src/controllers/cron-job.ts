import type { CronJob, KubeJob } from '../batch-objects.ts';
import type { Pod } from '../objects.ts';
import { withDefaults } from '../store/defaults.ts';
import { withJobIdentity } from '../store/job-identity.ts';
import { formatTime } from '../time.ts';
import { nextTime, parseSchedule } from './cron-schedule.ts';
import { jobEnd } from './job.ts';
import { deletePod } from './pod-creation.ts';
import { controllerReference, createObject, ownedBy, type World, writeStatus } from './world.ts';

/** Starts the Jobs of a schedule that is not suspended, and forgets old ones. The time zone is UTC. */
export function reconcileCronJob(world: World, cron: CronJob): void {
  const jobs = ownedBy<KubeJob>(world, 'jobs', cron);
  const active = jobs.filter((job) => jobEnd(job) === undefined);
  forgetOld(world, jobs, 'Complete', cron.spec.successfulJobsHistoryLimit);
  forgetOld(world, jobs, 'Failed', cron.spec.failedJobsHistoryLimit);
  const finished = jobs.flatMap(({ status }) => status.completionTime ?? []).sort();
  const lastSuccessfulTime = finished.at(-1) ?? cron.status.lastSuccessfulTime;
  const { active: _before, ...status } = cron.status;
  writeStatus(world, cron, {
    ...status,
    ...(active.length > 0 && { active: active.map(referenceTo) }),
    ...(lastSuccessfulTime !== undefined && { lastSuccessfulTime }),
  });
  awaitNext(world, cron);
}

/** Sets the timer of the next start, once for each schedule. */
function awaitNext(world: World, { metadata, spec }: CronJob): void {
  const timer = `cron/${metadata.uid}/${spec.schedule}`;
  const schedule = parseSchedule(spec.schedule);
  const at = schedule && nextTime(schedule, world.now());
  if (at === undefined || spec.suspend === true || world.timers.has(timer)) return;
  world.timers.set(timer, world.after(at - world.now()), () => {
    const now = world.store.get('cronjobs', metadata.namespace, metadata.name) as CronJob | undefined;
    const isCurrent = now?.metadata.uid === metadata.uid && now.spec.schedule === spec.schedule;
    if (!isCurrent) return;
    if (now.spec.suspend !== true) start(world, now);
    awaitNext(world, now);
  });
}

function start(world: World, cron: CronJob): void {
  const active = ownedBy<KubeJob>(world, 'jobs', cron).filter((job) => jobEnd(job) === undefined);
  const { concurrencyPolicy, jobTemplate } = cron.spec;
  if (active.length > 0 && concurrencyPolicy === 'Forbid') return;
  if (concurrencyPolicy === 'Replace') for (const job of active) removeJob(world, job);
  const name = `${cron.metadata.name}-${Math.floor(world.now() / 60_000)}`;
  if (world.store.get('jobs', cron.metadata.namespace, name) !== undefined) return;
  const uid = world.random.uuid();
  const draft = {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name,
      uid,
      ...(cron.metadata.namespace === undefined ? {} : { namespace: cron.metadata.namespace }),
      generation: 1,
      ...jobTemplate.metadata,
      annotations: {
        ...jobTemplate.metadata?.annotations,
        'batch.kubernetes.io/cronjob-scheduled-timestamp': formatTime(world.now()),
      },
      ownerReferences: controllerReference(cron),
    },
    spec: jobTemplate.spec,
    status: {},
  };
  createObject<KubeJob>(world, withDefaults(withJobIdentity(draft, name, uid)));
  world.events.record(cron, {
    type: 'Normal',
    reason: 'SuccessfulCreate',
    message: `Created job ${name}`,
    component: 'cronjob-controller',
  });
  const stored = world.store.get('cronjobs', cron.metadata.namespace, cron.metadata.name) as CronJob;
  writeStatus(world, stored, { ...stored.status, lastScheduleTime: formatTime(world.now()) });
}

function forgetOld(world: World, jobs: readonly KubeJob[], end: 'Complete' | 'Failed', limit: number): void {
  const ended = jobs
    .filter((job) => jobEnd(job) === end)
    .sort((left, right) => (left.metadata.creationTimestamp < right.metadata.creationTimestamp ? -1 : 1));
  for (const job of ended.slice(0, Math.max(0, ended.length - limit))) removeJob(world, job);
}

function removeJob(world: World, job: KubeJob): void {
  for (const pod of ownedBy<Pod>(world, 'pods', job)) deletePod(world, pod);
  world.store.remove('jobs', job);
}

function referenceTo({ apiVersion, kind, metadata }: KubeJob): object {
  const { namespace, name, uid, resourceVersion } = metadata;
  return { apiVersion, kind, namespace, name, uid, resourceVersion };
}
