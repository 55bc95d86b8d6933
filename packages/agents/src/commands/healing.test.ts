import type { HealingCase, HealingCaseId, PlanId } from '@jamie/core';
import { aHealingCase } from '@jamie/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ADA, AgentsWorld } from '../agents-world.fixture.ts';
import { createDesk } from '../desk/desk.ts';

const BOB = { ...ADA, id: 'slack:T1:U2', displayName: 'Bob', kubernetes: { user: 'bob', groups: [] } };
const ID = 'h-00000001' as HealingCaseId;
const CLUSTER = 'test';

let world: AgentsWorld;

beforeEach(() => {
  world = new AgentsWorld();
  Object.assign(world.context, { autonomy: { isOn: () => true, attemptsIn: () => 3 } });
});

afterEach(() => world.destroy());

async function put(over: Partial<HealingCase> = {}): Promise<HealingCase> {
  const subject = { kind: 'Deployment', namespace: 'shop', name: 'checkout' } as const;
  const now = world.clock.now();
  const healingCase = aHealingCase({ id: ID, cluster: CLUSTER, subject, lastSeenAt: now, ...over });
  await world.store.commit([{ kind: 'healing.put', healingCase, expectedVersion: 0 }]);
  return healingCase;
}

const ATTEMPT = { planId: 'p-00000000' as PlanId, startedAt: 0, level: 'act' } as const;

describe('healing', () => {
  it('says how to begin where nothing may happen by itself', async () => {
    Object.assign(world.context, { autonomy: undefined });
    const reply = await world.ask('healing');
    expect(reply.headline).toBe('No case of self-healing is open that you may see.');
    expect(JSON.stringify(reply.sections)).toContain('docs/self-healing.md');
    Object.assign(world.context, { autonomy: { isOn: () => true, attemptsIn: () => 3 } });
    expect((await world.ask('healing')).sections).toEqual([]);
  });

  it('lists those that need people first, with what is left of the budget', async () => {
    await put({ attempts: [ATTEMPT], notBefore: world.clock.now() + 60_000 });
    await put({
      id: 'h-00000002' as HealingCaseId,
      remediation: 'raise-memory',
      status: 'escalated',
      attempts: [ATTEMPT, ATTEMPT, ATTEMPT],
      reason: 'Three attempts did not help.',
    });
    const reply = await world.ask('healing');
    expect(reply.headline).toBe('2 cases of self-healing are open, and one needs you.');
    expect(reply.sections).toMatchObject([
      {
        rows: [
          [
            'h-00000002',
            'Raise the memory of Deployment shop/checkout on test',
            'needs you',
            '3 of 3',
            'none',
            'Three attempts did not help.',
          ],
          [
            ID,
            'Roll back Deployment shop/checkout on test',
            'waiting',
            '1 of 3',
            expect.stringMatching(/:/),
            /.*/,
          ],
        ],
      },
    ]);
    expect(reply.followUps?.map(({ command }) => command)).toEqual(['healing h-00000002', `healing ${ID}`]);
  });

  it('lists the fault and the last plan, too, where there is room for them', async () => {
    await put({ attempts: [ATTEMPT], summary: 'container app exits with code 1' });
    const desk = createDesk(world.context);
    const { sections, followUps } = await desk.readHealing(ADA);
    expect(followUps?.map(({ command }) => command)).toEqual([`healing ${ID}`, 'plan p-00000000']);
    expect(sections).toMatchObject([
      {
        columns: ['Case', 'What', 'Fault', 'State', 'Attempts', 'Next try (UTC)', 'Last plan', 'Why'],
        rows: [
          [
            ID,
            'Roll back Deployment shop/checkout on test',
            'container app exits with code 1',
            'waiting',
            '1 of 3',
            /.*/,
            'p-00000000',
            /.*/,
          ],
        ],
      },
    ]);
    world.cluster.mayAccess = ({ user }) => user !== 'bob';
    expect(JSON.stringify(await desk.readHealing(BOB))).not.toMatch(/checkout|shop|exits/);
  });

  it('names nothing of a namespace that the person may not read', async () => {
    await put();
    world.cluster.mayAccess = ({ user }) => user !== 'bob';
    const list = await world.ask('healing', 'command', BOB);
    const one = await world.ask(`healing ${ID}`, 'command', BOB);
    expect(JSON.stringify(list.sections)).toContain('One more is about namespaces');
    expect(one.tone).toBe('refusal');
    expect(JSON.stringify([list, one])).not.toMatch(/checkout|shop/);
  });

  it('forgets to list what has been gone for longer than a day', async () => {
    await put({ status: 'resolved' });
    expect((await world.ask('healing')).headline).toContain('Gone within a day: 1.');
    await world.clock.advance(25 * 60 * 60 * 1_000);
    expect((await world.ask('healing')).headline).toBe('No case of self-healing is open that you may see.');
  });

  it('shows a case with its attempts, and offers to close it', async () => {
    await put({ attempts: [{ ...ATTEMPT, endedAt: 1, outcome: 'did_not_help' }], relapses: [1, 2] });
    const reply = await world.ask(`healing ${ID}`);
    expect(reply.headline).toBe(`${ID}: Roll back Deployment shop/checkout on test, waiting.`);
    const text = JSON.stringify(reply.sections);
    expect(text).toContain('did not help');
    expect(text).toContain('Came back after it had gone: 2 times.');
    expect(reply.followUps?.map(({ command }) => command)).toEqual(['plan p-00000000', `close ${ID}`]);
  });
});

describe('status', () => {
  it('says how many cases are open, once anything may heal itself', async () => {
    const linesOf = async () => JSON.stringify((await world.ask('status')).sections);
    expect(await linesOf()).toContain('No case of self-healing is open that you may see.');
    await put({ status: 'escalated' });
    expect(await linesOf()).toContain('One case of self-healing is open, and one needs you.');
    Object.assign(world.context, { autonomy: undefined });
    expect(await linesOf()).toContain('One case of self-healing is open');
  });

  it('says nothing of it where nothing may heal itself and no case is open', async () => {
    Object.assign(world.context, { autonomy: undefined });
    expect(JSON.stringify((await world.ask('status')).sections)).not.toContain('self-healing');
  });
});

describe('close', () => {
  it('ends a case that people were told of without giving back its attempts, and says on the record who did and why', async () => {
    await put({ status: 'escalated', attempts: [ATTEMPT, ATTEMPT, ATTEMPT], relapses: [1], reverts: [2] });
    const reply = await world.ask(`healing close ${ID} because the registry is back`);
    expect(reply.headline).toContain(`${ID} is closed.`);
    expect(await world.store.findHealingCase(ID)).toMatchObject({
      status: 'resolved',
      attempts: [ATTEMPT, ATTEMPT, ATTEMPT],
      relapses: [],
      reverts: [],
      reason: 'Ada closed it because the registry is back.',
      version: 2,
    });
    const [record] = await world.store.listRecentAudit({ kindPrefixes: ['healing.'], limit: 10 });
    expect(record?.entry).toMatchObject({
      kind: 'healing.closed',
      actor: ADA.id,
      details: { caseId: ID, reason: 'the registry is back', attempts: 3, was: 'escalated' },
    });
  });

  it('stands in the audit for those who may read the namespace, and for nobody else', async () => {
    await put({ status: 'escalated' });
    await world.ask(`close ${ID} because the registry is back`);
    const seen = JSON.stringify((await world.ask('audit')).sections);
    expect(seen).toContain(`closed a case of self-healing: ${ID}`);
    expect(seen).toContain('the registry is back');
    world.cluster.mayAccess = ({ user }) => user !== 'bob';
    expect(JSON.stringify((await world.ask('audit', 'command', BOB)).sections)).not.toContain(ID);
  });

  it('lets nobody close what Kubernetes does not let them do by hand', async () => {
    await put({ status: 'escalated' });
    world.cluster.mayAccess = (_user, { verb }) => verb !== 'patch';
    const reply = await world.ask(`close ${ID}`);
    expect(reply).toMatchObject({ tone: 'refusal', headline: expect.stringContaining('does not let you') });
    expect(await world.store.findHealingCase(ID)).toMatchObject({ status: 'escalated', version: 1 });
  });

  it('does not close what runs, what is gone, and what is not there', async () => {
    await put({ status: 'acting', attempts: [ATTEMPT] });
    expect(await world.ask(`close ${ID}`)).toMatchObject({
      tone: 'refusal',
      headline: expect.stringContaining('p-00000000'),
    });
    await put({ id: 'h-00000002' as HealingCaseId, status: 'resolved' });
    expect((await world.ask('close h-00000002')).headline).toContain('its fault is gone');
    expect((await world.ask('close h-00000003')).headline).toContain('I know no case');
  });

  it.each(['close h-00000001', 'healing close h-00000001'])(
    'is done when it is typed in a thread: %s',
    async (text) => {
      await put({ status: 'escalated' });
      await world.ask(text, 'sentence');
      expect(await world.store.findHealingCase(ID)).toMatchObject({ status: 'resolved' });
    },
  );

  it.each([
    'healing close h-00000001?',
    'close h-00000001 because the registry is back?',
    'should I close h-00000001',
    'do not close h-00000001',
  ])('is not done when it is asked about: %s', async (text) => {
    await put({ status: 'escalated' });
    await world.ask(text, 'sentence');
    expect(await world.store.findHealingCase(ID)).toMatchObject({ status: 'escalated' });
  });
});
