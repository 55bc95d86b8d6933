import type { KubeJob } from '../batch-objects.ts';
import type { Condition, Pod } from '../objects.ts';
import { formatTime } from '../time.ts';
import { createPod, deletePod } from './pod-creation.ts';
import { findCondition, isPodActive, isPodReady } from './pod-readiness.ts';
import { ownedBy, setCondition, type World, writeStatus } from './world.ts';

/** After a failed pod the next one waits 10 s, then twice as long each time (kubernetes/kubernetes pkg/controller/job). */
const FIRST_WAIT_MS = 10_000;
const LONGEST_WAIT_MS = 600_000;

type End = 'Complete' | 'Failed';

/** How a Job ended; undefined while it has not. */
export function jobEnd({ status }: KubeJob): End | undefined {
  return (['Complete', 'Failed'] as const).find(
    (type) => findCondition(status.conditions, type)?.status === 'True',
  );
}

/** Runs the pods of a Job to completion, one failure after the other up to its limit. */
export function reconcileJob(world: World, job: KubeJob, retry: () => void): void {
  if (jobEnd(job) !== undefined || job.metadata.deletionTimestamp !== undefined) return;
  const pods = ownedBy<Pod>(world, 'pods', job);
  const active = pods.filter(isPodActive);
  if (job.spec.suspend === true) {
    for (const pod of active) deletePod(world, pod);
    writeStatus(world, job, suspendedStatus(world, job));
    return;
  }
  const counts = countsOf(pods);
  const wanted = job.spec.completions ?? job.spec.parallelism;
  const isOver = counts.succeeded >= wanted || isExhausted(job, pods, counts.failed);
  if (isOver) end(world, job, counts, counts.succeeded >= wanted ? 'Complete' : 'Failed');
  else progress(world, job, counts, wanted, retry);
}

interface Counts {
  readonly active: readonly Pod[];
  readonly succeeded: number;
  readonly failed: number;
}

function countsOf(pods: readonly Pod[]): Counts {
  const inPhase = (phase: string): number => pods.filter(({ status }) => status.phase === phase).length;
  return {
    active: pods.filter(isPodActive),
    succeeded: inPhase('Succeeded'),
    failed: inPhase('Failed'),
  };
}

/** Failed pods count where they are not restarted, restarts where they are. */
function isExhausted({ spec }: KubeJob, pods: readonly Pod[], failed: number): boolean {
  if (spec.template.spec.restartPolicy !== 'OnFailure') return failed > spec.backoffLimit;
  const restarts = pods
    .flatMap(({ status }) => status.containerStatuses ?? [])
    .reduce((sum, { restartCount }) => sum + restartCount, 0);
  return spec.backoffLimit === 0 ? restarts > 0 : restarts >= spec.backoffLimit;
}

function progress(world: World, job: KubeJob, counts: Counts, wanted: number, retry: () => void): void {
  const { uid, name } = job.metadata;
  const timer = `job/${uid}`;
  if (counts.failed > (job.status.failed ?? 0)) {
    const waitMs = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (counts.failed - 1));
    world.timers.set(timer, world.after(waitMs), retry);
  }
  const missing = Math.min(job.spec.parallelism, wanted - counts.succeeded) - counts.active.length;
  if (!world.timers.has(timer)) {
    for (let index = 0; index < missing; index += 1)
      createPod(world, job, job.spec.template, `${name}-${world.random.suffix(5)}`);
  }
  writeStatus(world, job, runningStatus(world, job, countsOf(ownedBy<Pod>(world, 'pods', job))));
}

function end(world: World, job: KubeJob, counts: Counts, how: End): void {
  for (const pod of counts.active) deletePod(world, pod);
  world.timers.clear(`job/${job.metadata.uid}`);
  const isComplete = how === 'Complete';
  const why = isComplete
    ? { reason: 'CompletionsReached', message: 'Reached expected number of succeeded pods' }
    : { reason: 'BackoffLimitExceeded', message: 'Job has reached the specified backoff limit' };
  const types = isComplete ? ['SuccessCriteriaMet', 'Complete'] : ['FailureTarget', 'Failed'];
  const conditions = types.reduce<readonly Condition[]>(
    (before, type) => setCondition(before, { type, status: 'True', ...why }, world.now()),
    job.status.conditions ?? [],
  );
  writeStatus(world, job, {
    ...runningStatus(world, job, { ...counts, active: [] }),
    ...(isComplete && { completionTime: formatTime(world.now()) }),
    conditions,
  });
  world.events.record(job, {
    type: isComplete ? 'Normal' : 'Warning',
    reason: isComplete ? 'Completed' : 'BackoffLimitExceeded',
    message: isComplete ? 'Job completed' : why.message,
    component: 'job-controller',
  });
}

function runningStatus(world: World, job: KubeJob, { active, succeeded, failed }: Counts): KubeJob['status'] {
  const { conditions } = job.status;
  const isResumed = findCondition(conditions, 'Suspended')?.status === 'True';
  const resumed: Condition = {
    type: 'Suspended',
    status: 'False',
    reason: 'JobResumed',
    message: 'Job resumed',
  };
  const now = formatTime(world.now());
  return {
    ...(active.length > 0 && { active: active.length }),
    ready: active.filter(isPodReady).length,
    ...(succeeded > 0 && { succeeded }),
    ...(failed > 0 && { failed }),
    startTime: isResumed ? now : (job.status.startTime ?? now),
    terminating: 0,
    uncountedTerminatedPods: {},
    ...(conditions !== undefined && {
      conditions: isResumed ? setCondition(conditions, resumed, world.now()) : conditions,
    }),
  };
}

function suspendedStatus(world: World, job: KubeJob): KubeJob['status'] {
  const { active: _active, ready: _ready, startTime: _started, ...status } = job.status;
  const suspended: Condition = {
    type: 'Suspended',
    status: 'True',
    reason: 'JobSuspended',
    message: 'Job suspended',
  };
  return { ...status, ready: 0, conditions: setCondition(status.conditions ?? [], suspended, world.now()) };
}
