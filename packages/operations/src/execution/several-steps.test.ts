import type { ObjectRef, PlanRecord } from '@jamie/core';
import { isTerminal, OpsError } from '@jamie/core';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { OperationsWorld, person, TIMING } from '../operations-world.fixture.ts';
import { buildPart, type Part, type PartKind, proposeParts, settleParts } from './several-steps.fixture.ts';

let world: OperationsWorld;

beforeEach(() => {
  world = new OperationsWorld();
});

afterEach(() => world.destroy());

const build = (...kinds: readonly PartKind[]): readonly Part[] =>
  kinds.map((kind, index) => buildPart(world, kind, index + 1));

/** From the click until the plan has ended. */
async function run(
  parts: readonly Part[],
  onPartialFailure: 'compensate' | 'hold' = 'compensate',
): Promise<PlanRecord> {
  const { plan } = await proposeParts(world, parts, { onPartialFailure });
  await world.approve(plan.id);
  return end(plan.id);
}

async function end(planId: PlanRecord['plan']['id']): Promise<PlanRecord> {
  for (let second = 0; second < 200; second += 1) {
    await world.runJobs();
    const record = await world.read(planId);
    if (isTerminal(record.status)) return record;
    settleParts(world);
    await world.clock.advance(1_000);
  }
  throw new Error('the plan does not end');
}

/** Somebody else changes the target of a part right before its request is sent for the first time. */
function disturb(part: Part, change: () => void): void {
  world.cluster.beforeWrite = (request) => {
    if (request.target.name !== part.step.target.ref.name) return;
    world.cluster.beforeWrite = () => undefined;
    change();
  };
}

function refuse(part: Part, error: OpsError): void {
  world.cluster.beforeWrite = (request) => {
    if (request.target.name === part.step.target.ref.name) throw error;
  };
}

const verbs = () => world.cluster.writes.map(({ request }) => `${request.verb} ${request.target.name}`);
const forbidden = new OpsError('forbidden', 'forbidden', { userMessage: 'ada may not.' });

describe('a plan of several steps', () => {
  it('does one after the other, each once, and records each before the next', async () => {
    const parts = build('cordon', 'evict', 'scale', 'create', 'apply_new');
    const record = await run(parts);
    expect(record).toMatchObject({ status: 'succeeded', appliedSteps: 5 });
    expect(verbs()).toEqual([
      'patch worker-1',
      'evict moved-2',
      'patch scaled-3',
      'create made-4',
      'apply new-5',
    ]);
    const audit = await world.store.listAudit(0, 1_000);
    const kinds = audit.map(({ entry }) => entry.kind).filter((kind) => /step_done|lease_renewed/.test(kind));
    expect(kinds).toEqual([
      ...['plan.lease_renewed', 'plan.step_done', 'plan.lease_renewed', 'plan.step_done'],
      ...['plan.lease_renewed', 'plan.step_done', 'plan.lease_renewed', 'plan.step_done'],
      'plan.lease_renewed',
    ]);
  });

  it('starts only when every target is as it was previewed', async () => {
    const parts = build('label', 'cordon');
    const { plan } = await proposeParts(world, parts);
    world.cluster.edit({ kind: 'Node', name: 'worker-2' }, (node) => {
      node['spec'] = { unschedulable: 'no' };
    });
    await world.approve(plan.id);
    expect(await end(plan.id)).toMatchObject({
      status: 'stale',
      reason: expect.stringContaining('Node worker-2 changed after the preview'),
    });
    expect(verbs()).toEqual([]);
  });

  it('stops between two steps when its worker stops, and goes on with the next', async () => {
    const { plan } = await proposeParts(world, build('label', 'cordon'));
    await world.approve(plan.id);
    const stop = new AbortController();
    world.cluster.afterWrite = () => stop.abort();
    const stopped = world.operations.execute(plan.id, stop.signal);
    await expect(stopped).rejects.toMatchObject({ code: 'cancelled', retryable: true });
    expect(verbs()).toEqual(['patch labelled-1']);
    expect(await world.read(plan.id)).toMatchObject({ status: 'executing', appliedSteps: 1 });
    expect(await end(plan.id)).toMatchObject({ status: 'succeeded' });
    expect(verbs()).toEqual(['patch labelled-1', 'patch worker-2']);
  });

  it('sends nothing more for somebody who lost the right on the way', async () => {
    const parts = build('label', 'cordon');
    const { plan } = await proposeParts(world, parts);
    await world.approve(plan.id);
    const stop = new AbortController();
    world.cluster.afterWrite = () => stop.abort();
    await expect(world.operations.execute(plan.id, stop.signal)).rejects.toThrow('stops');
    world.cluster.mayAccess = (_identity, { target }) => target.kind !== 'Node';
    const record = await end(plan.id);
    expect(record.reason).toContain('Step 2 of 2');
    expect(record.reason).toContain('ada may no longer make this change');
    expect(record.status).toBe('rolled_back');
    expect(verbs()).toEqual(['patch labelled-1', 'patch labelled-1']);
  });

  it('goes on when an object that was to go has gone by itself meanwhile', async () => {
    const [first, second, third] = build('cordon', 'evict', 'label');
    if (first === undefined || second === undefined || third === undefined) throw new Error('no parts');
    disturb(first, () => world.cluster.remove(second.step.target.ref));
    expect(await run([first, second, third])).toMatchObject({ status: 'succeeded', appliedSteps: 3 });
    expect(verbs()).toEqual(['patch worker-1', 'patch labelled-3']);
    const { plan } = (await world.store.listPlans({ limit: 1 }))[0] as PlanRecord;
    expect((await world.store.listIntents(plan.id)).map(({ outcome }) => outcome?.kind)).toEqual([
      'applied',
      'already_applied',
      'applied',
    ]);
  });
});

describe('a plan that stops half-way', () => {
  it('takes back exactly what it did, the last first, and says what became of each step', async () => {
    const parts = build('label', 'evict', 'scale', 'delete', 'cordon', 'label');
    refuse(parts[4] as Part, forbidden);
    const record = await run(parts);
    expect(record.status).toBe('rolled_back');
    expect(verbs()).toEqual([
      ...['patch labelled-1', 'evict moved-2', 'patch scaled-3', 'delete deleted-4'],
      ...['create deleted-4', 'patch scaled-3', 'patch labelled-1'],
    ]);
    expect(record.reason).toContain('Step 5 of 6 (cordon Node worker-5) was not carried out');
    expect(record.reason).toContain('ada may not');
    expect(record.reason).toContain(
      'Taken back: label ConfigMap labelled-1; scale Deployment scaled-3; Delete',
    );
    expect(record.reason).toContain('Cannot be taken back: Evict Pod moved-2.');
    expect(record.reason).toContain('Never done: cordon Node worker-5; label ConfigMap labelled-6.');
    const live = await world.cluster.connect().reader.get(parts[3]?.step.target.ref as ObjectRef);
    expect(live).toMatchObject({ data: { keep: 'me' } });
  });

  it('leaves what it did where the plan says so, with the exact state and undo', async () => {
    const parts = build('cordon', 'evict', 'label');
    refuse(parts[2] as Part, forbidden);
    const record = await run(parts, 'hold');
    expect(record).toMatchObject({ status: 'failed', appliedSteps: 2 });
    expect(record.reason).toContain('2 of 3 done: cordon Node worker-1; Evict Pod moved-2. 1 left: label');
    expect((await world.operations.readCard(record.plan.id)).actions).toEqual(['undo']);
  });

  it('ends failed where nothing that it did can be taken back', async () => {
    const parts = build('evict', 'label');
    refuse(parts[1] as Part, forbidden);
    const record = await run(parts);
    expect(record.status).toBe('failed');
    expect((await world.operations.readCard(record.plan.id)).actions).toEqual([]);
  });

  it.each<[string, (part: Part) => void]>([
    ['moved', ({ step }) => world.cluster.edit(step.target.ref, relabel)],
    ['replaced', ({ step }) => replaceObject(step.target.ref)],
    ['deleted', ({ step }) => world.cluster.remove(step.target.ref)],
  ])('takes the rest back when a later target was %s, and leaves that as it is', async (_how, change) => {
    const parts = build('cordon', 'label');
    disturb(parts[1] as Part, () => change(parts[1] as Part));
    const record = await run(parts);
    expect(record.status).toBe('rolled_back');
    expect(verbs()).toEqual(['patch worker-1', 'patch worker-1']);
    const intents = await world.store.listIntents(record.plan.id);
    expect(intents.every(({ outcome }) => outcome !== undefined)).toBe(true);
  });

  it('stops taking back where that fails, says exactly how far it got, and never tries by itself again', async () => {
    const parts = build('label', 'label', 'scale', 'cordon');
    let isRollingBack = false;
    world.cluster.beforeWrite = ({ target }) => {
      if (target.name === 'worker-4') isRollingBack = true;
      if (target.name === 'worker-4' || (isRollingBack && target.name === 'labelled-2')) throw forbidden;
    };
    const record = await run(parts);
    expect(record.status).toBe('rollback_failed');
    expect(record.reason).toContain('Taken back: scale Deployment scaled-3.');
    expect(record.reason).toContain(
      'Not taken back: label ConfigMap labelled-1; label ConfigMap labelled-2.',
    );
    expect(record.reason).toContain('Somebody has to look at it.');
    const sent = verbs();
    await world.operations.rollBack(record.plan.id);
    await world.operations.recover(0);
    await world.runJobs();
    expect(verbs()).toEqual(sent);
  });

  it('says that it cannot tell about a step whose answer was lost and whose object was changed since', async () => {
    const parts = build('label', 'cordon');
    const last = parts[1] as Part;
    world.cluster.afterWrite = ({ target }) => {
      if (target.name !== 'worker-2') return;
      world.cluster.edit(last.step.target.ref, (node) => {
        node['spec'] = { unschedulable: 'somehow' };
      });
      throw new OpsError('timeout', 'no answer');
    };
    const record = await run(parts);
    expect(record.status).toBe('rollback_failed');
    expect(record.reason).toContain('cannot tell whether it arrived');
    expect(record.reason).toContain('Unknown: cordon Node worker-2.');
    expect(verbs()).toEqual(['patch labelled-1', 'patch worker-2', 'patch labelled-1']);
  });

  it('takes back a step whose answer was lost, once it is seen to have arrived', async () => {
    const parts = build('label', 'cordon');
    let hides = false;
    world.cluster.afterWrite = ({ target }) => {
      if (target.name !== 'worker-2' || hides) return;
      hides = true;
      world.cluster.blind.add('ada');
      throw new OpsError('timeout', 'no answer');
    };
    const { plan } = await proposeParts(world, parts);
    await world.approve(plan.id);
    await world.operations.execute(plan.id);
    expect(await world.read(plan.id)).toMatchObject({ status: 'rolling_back' });
    world.cluster.blind.delete('ada');
    expect(await end(plan.id)).toMatchObject({ status: 'rolled_back' });
    expect(verbs()).toEqual(['patch labelled-1', 'patch worker-2', 'patch worker-2', 'patch labelled-1']);
  });

  function relabel(object: Record<string, unknown>): void {
    Object.assign(object['metadata'] as object, { labels: { team: 'theirs' } });
  }

  function replaceObject(ref: ObjectRef): void {
    const before = world.cluster.objects().find(({ metadata }) => metadata.name === ref.name);
    if (before === undefined) throw new Error('nothing to replace');
    world.cluster.put({
      ...before,
      metadata: { ...before.metadata, uid: 'uid-another', resourceVersion: '99' },
    });
  }
});

describe('an eviction that a disruption budget holds up', () => {
  const budget = 'The disruption budget cart needs 2 healthy pods and has 2 currently';
  const freeze = (frozen: boolean) =>
    world.operations.freeze(frozen, person('bob'), 'incident', 'x_f' as never);

  it('waits without a lease, says so, and goes on once it may', async () => {
    const { plan } = await proposeParts(world, build('cordon', 'evict', 'evict'));
    world.cluster.budgetAgainst = ({ metadata }) => (metadata.name === 'moved-3' ? budget : undefined);
    await world.approve(plan.id);
    await world.runJobs();
    const waiting = await world.read(plan.id);
    expect(waiting).toMatchObject({ status: 'executing', appliedSteps: 2, blockedSince: world.clock.now() });
    expect(waiting.reason).toMatch(
      /^Waiting: a disruption budget allows no disruption now \(1 of 2 pods moved\)/,
    );
    expect(waiting.reason).toContain('The disruption budget cart');
    expect(waiting.lease?.expiresAt).toBeLessThanOrEqual(world.clock.now());
    await world.clock.advance(TIMING.evictionRetryMs);
    await world.runJobs(world.another('worker-2'));
    expect((await world.read(plan.id)).blockedSince).toBe(waiting.blockedSince);
    world.cluster.budgetAgainst = () => undefined;
    expect(await end(plan.id)).toMatchObject({ status: 'succeeded' });
    expect(verbs()).toEqual(['patch worker-1', 'evict moved-2', 'evict moved-3']);
    expect((await world.read(plan.id)).blockedSince).toBeUndefined();
  });

  it.each(['compensate', 'hold'] as const)('is given up after a while (%s)', async (onPartialFailure) => {
    world.cluster.budgetAgainst = () => budget;
    const started = world.clock.now();
    const record = await run(build('cordon', 'evict'), onPartialFailure);
    expect(record.status).toBe(onPartialFailure === 'hold' ? 'failed' : 'rolled_back');
    expect(record.reason).toContain('did not allow the eviction in time');
    expect(world.clock.now() - started).toBeGreaterThanOrEqual(TIMING.evictionWithinMs);
    const intents = await world.store.listIntents(record.plan.id);
    expect(intents.every(({ outcome }) => outcome !== undefined)).toBe(true);
  });

  it('is held by a freeze, and goes on after it', async () => {
    const { plan } = await proposeParts(world, build('cordon', 'evict'));
    world.cluster.budgetAgainst = () => budget;
    await world.approve(plan.id);
    await world.runJobs();
    await freeze(true);
    world.cluster.budgetAgainst = () => undefined;
    await world.clock.advance(TIMING.evictionRetryMs);
    await world.runJobs();
    expect(await world.read(plan.id)).toMatchObject({
      status: 'approved',
      reason: expect.stringContaining('Held after 1 of 2 steps'),
    });
    await world.clock.advance(plan.expiresAt);
    await world.runJobs();
    expect(verbs()).toEqual(['patch worker-1']);
    await freeze(false);
    expect(await end(plan.id)).toMatchObject({ status: 'succeeded' });
  });

  it('is asked for again by the recovery sweep when its job was lost', async () => {
    const { plan } = await proposeParts(world, build('evict'));
    world.cluster.budgetAgainst = () => budget;
    await world.approve(plan.id);
    await world.runJobs();
    await world.clock.advance(60_000);
    expect(await world.operations.recover(30_000)).toBe(1);
  });
});
