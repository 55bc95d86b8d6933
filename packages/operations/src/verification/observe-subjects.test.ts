import type { ClusterSnapshot, KubeObject, Plan, PostCondition, Step } from '@jamie/core';
import { OpsError } from '@jamie/core';
import { aPod, aSnapshot, FakeCluster } from '@jamie/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { CHECKOUT, deployment, person } from '../operations-world.fixture.ts';
import { combineObservations } from './combine-observations.ts';
import type { Observation } from './observation.ts';
import { observeSubjects } from './observe-subjects.ts';
import { readAs } from './read-as.ts';
import { type Subject, subjectsOfChange, subjectsOfRollback, subjectsOfWatch } from './subjects.ts';

const JOB = { kind: 'Job', namespace: 'payments', name: 'report' } as const;
const POD = { kind: 'Pod', namespace: 'payments', name: 'checkout-0' } as const;

let cluster: FakeCluster;

beforeEach(() => {
  cluster = new FakeCluster({ covers: () => true });
  cluster.put(deployment(3));
  cluster.settle(CHECKOUT);
});

function look(...subjects: readonly Subject[]): Promise<Observation> {
  return observeSubjects(readAs(cluster.connect(), person('ada').kubernetes), subjects, 0);
}

const workload: Subject = { kind: 'workload', ref: CHECKOUT, isOptional: false };

function job(status: object): void {
  const { namespace, name } = JOB;
  const metadata = { namespace, name, uid: 'uid-job', resourceVersion: '1', creationTimestamp: '' };
  cluster.put({ apiVersion: 'batch/v1', kind: 'Job', metadata, status } as unknown as KubeObject);
}

describe('a look at what a plan touched', () => {
  it('sums the pods of all workloads', async () => {
    const other = deployment(2);
    cluster.put({ ...other, metadata: { ...other.metadata, name: 'cart', uid: 'uid-cart' } });
    cluster.settle({ ...CHECKOUT, name: 'cart' }, 1);
    const both = await look(workload, { ...workload, ref: { ...CHECKOUT, name: 'cart' } });
    expect(both).toMatchObject({ complete: false, pods: { wanted: 5, ready: 4 } });
  });

  it('sees a Job run, end well, fail, and be gone before anybody saw its end', async () => {
    const subject: Subject = { kind: 'job', ref: JOB };
    expect(await look(subject)).toMatchObject({ complete: false, changed: expect.stringContaining('gone') });
    job({ active: 1 });
    expect(await look(subject)).toMatchObject({ complete: false, running: 'Job report still runs' });
    job({ conditions: [{ type: 'Complete', status: 'True' }] });
    expect(await look(subject)).toMatchObject({ complete: true });
    job({ conditions: [{ type: 'Failed', status: 'True', reason: 'BackoffLimitExceeded' }] });
    expect(await look(subject)).toMatchObject({ failure: 'Job report failed (BackoffLimitExceeded)' });
    job({ conditions: [{ type: 'Complete', status: 'Unknown' }] });
    expect(await look(subject)).toMatchObject({ complete: false, running: expect.anything() });
  });

  it('takes a Job for under way only where nothing else is missing', async () => {
    job({ active: 1 });
    cluster.settle(CHECKOUT, 1);
    expect(await look(workload, { kind: 'job', ref: JOB })).not.toHaveProperty('running');
  });

  it('sees an object go by its uid, not by its name', async () => {
    const gone: Subject = { kind: 'gone', ref: POD, uid: 'pod-checkout-0' };
    expect(await look(gone)).toMatchObject({ complete: false, said: ['Pod checkout-0 is still there'] });
    expect(await look({ ...gone, uid: 'another' })).toMatchObject({ complete: true });
    cluster.remove(POD);
    expect(await look(gone)).toMatchObject({ complete: true });
  });

  it('waits until as many are ready again as before, or as are asked for now', async () => {
    const again: Subject = { kind: 'ready_again', ref: CHECKOUT, atLeast: 3 };
    cluster.settle(CHECKOUT, 2);
    expect(await look(again)).toMatchObject({ complete: false, said: [expect.stringContaining('2 of 3')] });
    cluster.edit(CHECKOUT, (object) => Object.assign(object['spec'] as object, { replicas: 2 }));
    expect(await look(again)).toMatchObject({ complete: true });
    cluster.remove(CHECKOUT);
    expect(await look(again)).toMatchObject({ changed: expect.stringContaining('gone') });
  });

  it('sees that somebody else changed a field, or made the object anew', async () => {
    const fields: Subject = {
      kind: 'fields',
      ref: CHECKOUT,
      uid: 'uid-checkout',
      expected: { '/spec/replicas': 3 },
    };
    expect(await look(fields)).toMatchObject({ complete: true });
    expect(await look({ ...fields, expected: { '/spec/replicas': 4 } })).toMatchObject({
      changed: expect.stringContaining('Somebody else'),
    });
    expect(await look({ ...fields, uid: 'uid-another' })).toHaveProperty('changed');
    expect(await look({ ...fields, uid: null })).not.toHaveProperty('changed');
  });

  it('is blind where one subject cannot be read and none has failed', async () => {
    cluster.beforeRead = () => {
      throw new OpsError('unavailable', 'away');
    };
    expect(await look(workload)).toEqual({ kind: 'blind', why: 'away' });
    const blind: Observation = { kind: 'blind', why: 'away' };
    const good: Observation = { kind: 'seen', complete: true, said: [] };
    expect(combineObservations([good, blind])).toEqual(blind);
    expect(combineObservations([blind, { ...good, failure: 'it failed' }])).toMatchObject({
      failure: 'it failed',
    });
  });

  it('takes nothing looked at for nothing seen', () => {
    expect(combineObservations([])).toMatchObject({ kind: 'blind' });
  });
});

describe('who looks', () => {
  it('is the person for whom the change is made', async () => {
    await look(workload);
    expect(cluster.reads.every(({ user }) => user === 'ada')).toBe(true);
  });

  it('is the cache where the person may not list pods, as long as it knows them', async () => {
    const snapshot = aSnapshot()
      .with(
        ...['a', 'b', 'c'].map((name) =>
          aPod({ name, namespace: CHECKOUT.namespace, labels: { app: 'checkout' } }),
        ),
      )
      .build();
    cluster.snapshot = snapshot;
    const connection = cluster.connect();
    const reader = new Proxy(connection.reader, {
      get(target, name) {
        if (name === 'list') return () => Promise.reject(new OpsError('forbidden', 'no'));
        const member = Reflect.get(target, name) as unknown;
        return typeof member === 'function' ? member.bind(target) : member;
      },
    });
    const see = (known: ClusterSnapshot) =>
      observeSubjects(
        readAs(
          { ...connection, reader, snapshots: { snapshot: async () => known } },
          person('ada').kubernetes,
        ),
        [workload],
        0,
      );
    expect(await see(snapshot)).toMatchObject({ kind: 'seen', complete: true });
    expect(await see({ ...snapshot, stalenessMs: 61_000 })).toMatchObject({ kind: 'blind' });
    const unread = [{ kind: 'Pod', reason: 'forbidden', message: '' }] as const;
    expect(await see({ ...snapshot, unread })).toMatchObject({ kind: 'blind' });
  });
});

describe('what is looked at', () => {
  const step = (id: string, expected: Step['expected'], verb: 'patch' | 'delete' = 'patch'): Step => ({
    id,
    summary: id,
    target: { ref: CHECKOUT, uid: 'uid-checkout', generation: 1, fields: {}, digest: '' },
    request:
      verb === 'patch'
        ? { verb, target: CHECKOUT, patch: [] }
        : { verb, target: CHECKOUT, uid: 'uid-checkout', propagation: 'Background' },
    expected,
  });
  const plan = (steps: readonly Step[], postConditions: readonly PostCondition[] = []) =>
    ({ steps, postConditions, rollback: [] }) as unknown as Plan;

  it('is what the last step on an object leaves', () => {
    const steps = [
      step('1', { '/spec/template': { a: 1 }, '/spec/replicas': 2 }),
      step('2', { '/spec/template/a': 2 }),
    ];
    expect(subjectsOfChange(plan(steps))).toEqual([
      {
        kind: 'fields',
        ref: CHECKOUT,
        uid: 'uid-checkout',
        expected: { '/spec/replicas': 2, '/spec/template/a': 2 },
      },
    ]);
    expect(subjectsOfChange(plan([...steps, step('3', {}, 'delete')]))).toEqual([]);
  });

  it('looks at the fields of a plan even where nobody asked for more', () => {
    expect(subjectsOfChange(plan([step('1', { '/metadata/labels/team': 'shop' })]))).toMatchObject([
      { kind: 'fields' },
    ]);
  });

  it('watches neither what has gone nor a Job that has ended, nor the fields of that Job', () => {
    const conditions: readonly PostCondition[] = [
      { kind: 'gone', ref: POD, uid: 'u', withinMs: 1 },
      { kind: 'job_succeeded', ref: JOB, withinMs: 1 },
      { kind: 'rollout_complete', ref: CHECKOUT, withinMs: 1 },
    ];
    const made = { ...step('1', { '/spec/a': 1 }), target: { ...step('1', {}).target, ref: JOB, uid: null } };
    expect(subjectsOfChange(plan([made], conditions)).map(({ kind }) => kind)).toEqual([
      'workload',
      'gone',
      'job',
    ]);
    expect(subjectsOfWatch(plan([made], conditions)).map(({ kind }) => kind)).toEqual(['workload']);
  });

  it('does not miss a workload of the plan that the rollback had nothing to do with', () => {
    const conditions: readonly PostCondition[] = [
      { kind: 'rollout_complete', ref: CHECKOUT, withinMs: 1 },
      { kind: 'ready_for', ref: { ...CHECKOUT, name: 'cart' }, durationMs: 1 },
    ];
    expect(
      subjectsOfRollback(plan([], conditions), [step('1-rollback', { '/spec/replicas': 3 })]),
    ).toMatchObject([
      { kind: 'workload', ref: CHECKOUT, isOptional: false },
      { kind: 'workload', ref: { name: 'cart' }, isOptional: true },
      { kind: 'fields' },
    ]);
  });
});
