import type { HealingCase } from '@jamie/core';
import {
  type AnyView,
  aCondition,
  aContainer,
  aCrashingContainer,
  aDeployed,
  aHealingCase,
  aJob,
  aNamespace,
  aNode,
  aPod,
  aSnapshot,
  podOf,
  SNAPSHOT_TIME,
  type SnapshotBuilder,
  terminated,
  waiting,
} from '@jamie/testing';
import { describe, expect, it } from '@jest/globals';
import { anAutonomy } from '../healing-world.fixture.ts';
import type { Candidate } from './candidate.ts';
import { raisedLimit } from './raise-memory.ts';
import { seeFaults } from './see-faults.ts';

const MINUTE_MS = 60_000;
const MEBIBYTE = 2 ** 20;

function look(
  snapshot: SnapshotBuilder,
  {
    namespace = 'shop' as string | undefined,
    autonomy = anAutonomy(),
    cases = [] as readonly HealingCase[],
  } = {},
) {
  return seeFaults(snapshot.build(), { namespace, autonomy }, cases);
}

function candidates(
  views: readonly AnyView[],
  options: Parameters<typeof look>[1] = {},
): readonly Candidate[] {
  const sight = look(aSnapshot().with(aNamespace('shop'), views), options);
  if (sight.kind === 'blind') throw new Error(sight.reason);
  return sight.candidates;
}

const nodesOnly = (views: readonly AnyView[]) => {
  const sight = seeFaults(
    aSnapshot().with(views).build(),
    { namespace: undefined, autonomy: anAutonomy() },
    [],
  );
  return sight.kind === 'seen' ? sight.candidates : [];
};

function badRollout(ageMs: number) {
  const createdAt = SNAPSHOT_TIME - ageMs;
  const crash = { containers: [aCrashingContainer(1)], createdAt };
  return aDeployed('checkout', [
    { revision: 1, pods: [{}, {}] },
    { revision: 2, ageMs, pods: [crash] },
  ]).views;
}

/** A case of the same Deployment whose one attempt began so long ago and has not ended. */
function ownChange(agoMs: number): HealingCase {
  return aHealingCase({
    subject: { kind: 'Deployment', namespace: 'shop', name: 'checkout' },
    remediation: 'raise-memory',
    attempts: [{ planId: 'p-00000001' as never, startedAt: SNAPSHOT_TIME - agoMs, level: 'act' }],
  });
}

describe('a Deployment that crashes since its newest revision', () => {
  it('is rolled back to the revision that ran well', () => {
    const [candidate, ...others] = candidates(badRollout(20 * MINUTE_MS));
    expect(others).toEqual([]);
    expect(candidate).toMatchObject({
      remediation: 'roll-back',
      subject: { kind: 'Deployment', namespace: 'shop', name: 'checkout' },
      remedy: { kind: 'propose', operation: { kind: 'rollback', toRevision: 1 } },
    });
  });

  it('is left to people once the revision is more than an hour old', () => {
    const [candidate] = candidates(badRollout(61 * MINUTE_MS));
    expect(candidate?.remedy).toMatchObject({ kind: 'none', tell: false });
  });

  it('is not rolled back from a revision that healing made', () => {
    const own = ownChange(21 * MINUTE_MS);
    const [candidate] = candidates(badRollout(20 * MINUTE_MS), { cases: [own] });
    expect(candidate?.remedy).toMatchObject({ kind: 'none', tell: false });
  });

  it('is not rolled back from an old revision that healing used again', () => {
    const { views } = aDeployed('checkout', [
      { revision: 2, ageMs: 30 * MINUTE_MS, pods: [{}] },
      {
        revision: 3,
        ageMs: 50 * MINUTE_MS,
        pods: [{ containers: [aCrashingContainer(1)], createdAt: SNAPSHOT_TIME - 20 * MINUTE_MS }],
      },
    ]);
    expect(candidates(views)[0]?.remedy).toMatchObject({ kind: 'propose', operation: { toRevision: 2 } });
    const [candidate] = candidates(views, { cases: [ownChange(21 * MINUTE_MS)] });
    expect(candidate?.remedy).toMatchObject({ kind: 'none', tell: false });
  });
});

describe('a rollout', () => {
  const failedAt = (...revisions: Parameters<typeof aDeployed>[1]) =>
    candidates(aDeployed('checkout', revisions).views)[0]?.failedRolloutAt;
  const crash = { containers: [aCrashingContainer(1)] };
  const sound = { revision: 1, pods: [{}, {}] };

  it('has failed at once where none of its pods is ready', () => {
    expect(failedAt(sound, { revision: 2, ageMs: 4 * MINUTE_MS, pods: [crash, crash] })).toBe(
      SNAPSHOT_TIME - 4 * MINUTE_MS,
    );
  });

  it('has not where one of its pods is ready', () => {
    expect(failedAt(sound, { revision: 2, ageMs: 4 * MINUTE_MS, pods: [crash, {}] })).toBeUndefined();
  });

  it('is work in progress where another one came within ten minutes before it', () => {
    const before = (ageMs: number) => ({ revision: 2, ageMs, pods: [{}] });
    const newest = { revision: 3, ageMs: 4 * MINUTE_MS, pods: [crash] };
    expect(failedAt(sound, before(13 * MINUTE_MS), newest)).toBeUndefined();
    expect(failedAt(sound, before(14 * MINUTE_MS), newest)).toBeDefined();
  });

  it('cannot be dated where it uses a revision again', () => {
    const again = { revision: 3, ageMs: 30 * MINUTE_MS, pods: [crash] };
    expect(failedAt(sound, { revision: 2, ageMs: 20 * MINUTE_MS, pods: [{}] }, again)).toBeUndefined();
  });
});

describe('a container that was OOMKilled', () => {
  const killed = (limit: string) =>
    aDeployed('checkout', [
      {
        revision: 1,
        pods: [
          {
            containers: [
              aCrashingContainer(137, {
                limits: { memory: limit },
                lastState: terminated(137, { reason: 'OOMKilled' }),
              }),
            ],
          },
        ],
      },
    ]).views;

  it('gets half as much memory again, in steps of 16 MiB', () => {
    const [candidate] = candidates(killed('250Mi')).filter((each) => each.remediation === 'raise-memory');
    expect(candidate?.remedy).toMatchObject({
      operation: { kind: 'resize', container: 'app', limits: { memory: '384Mi' } },
    });
    expect(raisedLimit(100 * MEBIBYTE)).toBe(160 * MEBIBYTE);
  });

  it('gets no more than the ceiling, and at the ceiling people are told', () => {
    const memoryOf = (limit: string) =>
      candidates(killed(limit), { autonomy: anAutonomy({ memoryCeilingBytes: 300 * MEBIBYTE }) }).find(
        (each) => each.remediation === 'raise-memory',
      )?.remedy;
    expect(memoryOf('256Mi')).toMatchObject({ operation: { limits: { memory: '300Mi' } } });
    expect(memoryOf('300Mi')).toMatchObject({ kind: 'none', tell: true });
  });
});

describe('pods that failed', () => {
  const { workload, replicaSets, views } = aDeployed('checkout', [{ revision: 1, pods: [{}, {}] }]);
  const [set] = replicaSets;
  const failed = (index: number, agoMs: number, owner: AnyView = set ?? workload) =>
    podOf(owner, index, {
      phase: 'Failed',
      reason: 'Evicted',
      createdAt: SNAPSHOT_TIME - agoMs,
      containers: [aContainer({ ready: false, state: waiting('') })],
    });
  const deletions = (pods: readonly AnyView[]) =>
    candidates([...views, ...pods]).filter((each) => each.remediation === 'delete-failed-pods');

  it('are deleted together, at most ten at a time', () => {
    const [one] = deletions([failed(7, 6 * MINUTE_MS)]);
    expect(one).toMatchObject({
      subject: { kind: 'Deployment', name: 'checkout' },
      remedy: { operation: { kind: 'delete_pod', target: { name: `${set?.name}-pod7` } } },
    });
    const [many] = deletions(Array.from({ length: 12 }, (_none, index) => failed(10 + index, 6 * MINUTE_MS)));
    expect(many?.remedy).toMatchObject({ operation: { kind: 'several' } });
    const operation = many?.remedy.kind === 'propose' ? many.remedy.operation : undefined;
    expect(operation?.kind === 'several' ? operation.operations : []).toHaveLength(10);
  });

  it('stay for five minutes, and for good where a Job or nobody owns them', () => {
    expect(deletions([failed(7, 4 * MINUTE_MS)])).toEqual([]);
    expect(deletions([failed(7, 6 * MINUTE_MS, aJob('migrate'))])).toEqual([]);
    const orphan = aPod({ name: 'orphan', phase: 'Failed', createdAt: SNAPSHOT_TIME - 6 * MINUTE_MS });
    expect(deletions([orphan])).toEqual([]);
  });
});

describe('a Job that failed', () => {
  const failedJob = (name: string, reason = 'BackoffLimitExceeded', agoMs = 10 * MINUTE_MS) =>
    aJob(name, {
      succeededPods: 0,
      failedPods: 7,
      conditions: [aCondition('Failed', 'True', { reason, since: SNAPSHOT_TIME - agoMs })],
    });
  const reruns = (job: AnyView, cases: readonly HealingCase[] = []) =>
    candidates([job], { cases }).filter((each) => each.remediation === 'rerun-job');

  it('is run again', () => {
    expect(reruns(failedJob('migrate'))).toMatchObject([
      { subject: { kind: 'Job', name: 'migrate' }, remedy: { operation: { kind: 'rerun_job' } } },
    ]);
  });

  it('counts as a fault of its CronJob, so that every run of a schedule shares one budget', () => {
    const nightly = { kind: 'CronJob', name: 'nightly', uid: 'uid-nightly' } as const;
    const runOf = (name: string, agoMs: number) => ({
      ...failedJob(name, undefined, agoMs - MINUTE_MS),
      owner: nightly,
      createdAt: SNAPSHOT_TIME - agoMs,
    });
    const [first, second] = [runOf('nightly-1', 10 * MINUTE_MS), runOf('nightly-2', 5 * MINUTE_MS)];
    const subject = { kind: 'CronJob', namespace: 'shop', name: 'nightly' };
    expect(reruns(first)).toMatchObject([
      { subject, remedy: { operation: { target: { name: 'nightly-1' } } } },
    ]);
    const both = candidates([first, second]).filter((each) => each.remediation === 'rerun-job');
    expect(both).toMatchObject([{ subject, remedy: { operation: { target: { name: 'nightly-2' } } } }]);
  });

  it('is not run again when a plan made it, when its own policy failed it, or when a later run succeeded', () => {
    expect(reruns(failedJob('migrate-p-4k7d2m9q'))).toEqual([]);
    expect(reruns(failedJob('migrate', 'PodFailurePolicy'))).toEqual([]);
    const healed = aHealingCase({
      subject: { kind: 'Job', namespace: 'shop', name: 'migrate' },
      remediation: 'rerun-job',
      attempts: [
        {
          planId: 'p-00000001' as never,
          startedAt: SNAPSHOT_TIME,
          level: 'act',
          endedAt: SNAPSHOT_TIME,
          outcome: 'helped',
        },
      ],
    });
    expect(reruns(failedJob('migrate'), [healed])).toEqual([]);
  });
});

describe('a Job whose pod does not start', () => {
  const job = aJob('migrate', { activePods: 1, succeededPods: 0, conditions: [] });
  const pod = (agoMs: number, over: Partial<Parameters<typeof podOf>[2]> = {}) =>
    podOf(job, 1, {
      phase: 'Pending',
      createdAt: SNAPSHOT_TIME - agoMs,
      containers: [aContainer({ ready: false, state: waiting('ContainerCreating') })],
      ...over,
    });
  const remedies = (...views: readonly AnyView[]) =>
    candidates(views).filter((each) => each.remediation === 'rerun-job');

  it('gets a new pod after a quarter of an hour on its node', () => {
    expect(remedies(job, pod(16 * MINUTE_MS))).toMatchObject([
      { subject: { kind: 'Job', name: 'migrate' }, remedy: { operation: { kind: 'delete_pod' } } },
    ]);
    expect(remedies(job, pod(14 * MINUTE_MS))).toEqual([]);
    expect(remedies(job, pod(16 * MINUTE_MS, { nodeName: '' }))).toEqual([]);
    const lacking = [aContainer({ ready: false, state: waiting('ErrImagePull') })];
    expect(remedies(job, pod(16 * MINUTE_MS, { containers: lacking }))).toEqual([]);
  });
});

describe('a node that is not ready', () => {
  const down = (name: string, agoMs = 6 * MINUTE_MS) =>
    aNode(name, {
      conditions: [
        aCondition('Ready', 'Unknown', { reason: 'NodeStatusUnknown', since: SNAPSHOT_TIME - agoMs }),
      ],
    });

  it('is cordoned after five minutes', () => {
    const others = [aNode('worker-2'), aNode('worker-3')];
    expect(nodesOnly([down('worker-1'), ...others])).toMatchObject([
      { subject: { kind: 'Node', name: 'worker-1' }, remedy: { operation: { kind: 'cordon' } } },
    ]);
    expect(nodesOnly([down('worker-1', 4 * MINUTE_MS), ...others])).toEqual([]);
  });

  it('is for people where fewer than half of the nodes would take pods', () => {
    const [candidate] = nodesOnly([down('worker-1'), down('worker-2', 0), aNode('worker-3')]);
    expect(candidate?.remedy).toMatchObject({ kind: 'none', tell: true });
  });
});

describe('what cannot be seen', () => {
  it('is said, and not taken for well', () => {
    expect(look(aSnapshot().with(aNamespace('shop')).stale(61_000)).kind).toBe('blind');
    expect(look(aSnapshot().with(aNamespace('shop')).unread('Pod')).kind).toBe('blind');
    expect(look(aSnapshot().with(aNamespace('shop'))).kind).toBe('seen');
  });
});
