import { type HealingCase, type ObjectRef, OpsError, type PlanStatus } from '@jamie/core';
import { aHealingCase, aSnapshot, FakeClock } from '@jamie/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { closeCase } from './cases/close-case.ts';
import { createHealer } from './create-healer.ts';
import type { ForeignChange, Healer, HealingContext } from './healing-context.ts';
import { HealingStore } from './healing-store.fixture.ts';
import {
  AUTOMATION,
  aBook,
  aCandidate,
  aHealingContext,
  anAutonomy,
  aRemedyPlan,
  CHECKOUT,
  CLUSTER,
} from './healing-world.fixture.ts';
import type { Candidate } from './remedies/candidate.ts';

const MINUTE_MS = 60_000;

let clock: FakeClock;
let store: HealingStore;
let seen: readonly Candidate[];
let isBlind: boolean;
let foreign: readonly ForeignChange[];
let remedy: HealingContext['operations']['remedy'] | undefined;
let snapshots: number;
let healer: Healer;

function makeHealer(namespaces: readonly string[] = ['payments']): Healer {
  const autonomy = anAutonomy({ remediations: ['roll-back'] });
  const context = aHealingContext({
    store: store.face,
    clock,
    policy: {
      current: () => aBook(namespaces, namespaces.length === 0 ? anAutonomy({ level: 'off' }) : autonomy),
    },
    clusters: {
      list: () => [{ name: CLUSTER, environment: 'production', server: '', source: 'registered' }],
      connect: () =>
        ({
          snapshots: {
            snapshot: async () => {
              snapshots += 1;
              return aSnapshot().build();
            },
          },
        }) as never,
    },
    operations: {
      remedy: (request) => remedy?.(request) ?? Promise.resolve(aRemedyPlan(request, clock.now(), 'act')),
    } as HealingContext['operations'],
    foreignChanges: { findForeignChanges: async () => foreign },
  });
  return createHealer(context, (_snapshot, { namespace }) =>
    isBlind
      ? { kind: 'blind', reason: 'The cluster was last heard long ago.' }
      : { kind: 'seen', candidates: seen.filter(({ subject }) => subject.namespace === namespace) },
  );
}

beforeEach(() => {
  clock = new FakeClock();
  store = new HealingStore();
  seen = [aCandidate()];
  isBlind = false;
  foreign = [];
  remedy = undefined;
  snapshots = 0;
  healer = makeHealer();
});

async function sweepAfter(minutes: number) {
  await clock.advance(minutes * MINUTE_MS);
  return healer.sweep();
}

function theCase(): HealingCase {
  const [first] = store.cases.values();
  if (first === undefined) throw new Error('no case was opened');
  return first;
}

function endPlan(status: PlanStatus): void {
  for (const record of store.openPlans) store.putPlan({ ...record, status, updatedAt: clock.now() });
}

const told = (kind: string) => [...store.messages.keys()].filter((id) => id.startsWith(`m_${kind}_`));

describe('a sweep', () => {
  it('does nothing at all where nothing may happen by itself', async () => {
    healer = makeHealer([]);
    expect(await healer.sweep()).toMatchObject({ clusters: 0, faults: 0 });
    expect(snapshots).toBe(0);
  });

  it('tries a fault once it has been there for a minute, as one commit of plan and case', async () => {
    await healer.sweep();
    expect(theCase()).toMatchObject({ status: 'waiting', attempts: [] });
    expect(await sweepAfter(0.5)).toMatchObject({ attempts: 0 });
    expect(await sweepAfter(0.5)).toMatchObject({ attempts: 1 });
    expect(theCase()).toMatchObject({ status: 'acting', attempts: [{ level: 'act' }] });
    expect(store.plans.size).toBe(1);
    expect(await sweepAfter(1)).toMatchObject({ attempts: 0 });
  });

  it('makes one plan where two healers sweep at once', async () => {
    await healer.sweep();
    await clock.advance(MINUTE_MS);
    const reports = await Promise.all([healer.sweep(), makeHealer().sweep()]);
    expect(reports.map(({ attempts }) => attempts).sort()).toEqual([0, 1]);
    expect(store.plans.size).toBe(1);
  });

  it('begins nothing when all changes are frozen after it has looked', async () => {
    await healer.sweep();
    remedy = async (request) => {
      store.freeze = { frozen: true, reason: 'incident', at: clock.now(), version: 2 };
      return aRemedyPlan(request, clock.now(), 'act');
    };
    await sweepAfter(1);
    expect(store.plans.size).toBe(0);
  });

  it('tells people once its attempts are used up, with all that was tried', async () => {
    await healer.sweep();
    for (let minute = 0; minute < 60; minute += 1) {
      await sweepAfter(1);
      endPlan('succeeded');
    }
    expect(theCase()).toMatchObject({ status: 'escalated', attempts: [{}, {}, {}] });
    expect(told('escalated')).toHaveLength(1);
    const [message] = store.messages.values();
    const reply = message?.body.kind === 'reply' ? message.body.reply : undefined;
    expect(reply?.headline).toBe('Deployment payments/checkout needs you: I could not heal it.');
    for (const id of store.plans.keys()) expect(JSON.stringify(reply)).toContain(id);
    expect(JSON.stringify(reply)).toContain('exit code 1, 6 restarts');
    expect(reply?.followUps?.map(({ command }) => command)).toContain(`healing close ${theCase().id}`);
  });

  it.each(['rolled_back', 'rollback_failed', 'inconclusive'] as const)(
    'tells people at once after a plan that is %s',
    async (status) => {
      await healer.sweep();
      await sweepAfter(1);
      endPlan(status);
      await sweepAfter(1);
      expect(theCase().status).toBe('escalated');
      expect(told('escalated')).toHaveLength(1);
    },
  );

  it('cools down after a success, and says that all is well an hour later', async () => {
    await healer.sweep();
    await sweepAfter(1);
    endPlan('succeeded');
    seen = [];
    await sweepAfter(1);
    expect(theCase()).toMatchObject({ status: 'waiting', attempts: [{ outcome: 'helped' }] });
    seen = [aCandidate()];
    await sweepAfter(8);
    expect(theCase().relapses).toHaveLength(1);
    expect(await sweepAfter(1.9)).toMatchObject({ attempts: 0 });
    seen = [];
    await sweepAfter(1);
    await sweepAfter(60);
    expect(theCase().status).toBe('resolved');
    expect(told('resolved')).toHaveLength(1);
  });

  it('hands over at once what its owner would take back, with the owner’s advice', async () => {
    remedy = async () => ({
      kind: 'refused',
      reason: 'owner_reverts',
      message: 'Change it in Git.',
      managers: [],
    });
    await healer.sweep();
    await sweepAfter(1);
    expect(theCase()).toMatchObject({
      status: 'escalated',
      attempts: [],
      reason: expect.stringContaining('in Git'),
    });
  });

  it('waits after a change was taken back by others, and names them the second time', async () => {
    await healer.sweep();
    await sweepAfter(1);
    for (let minute = 0; minute < 70; minute += 1) {
      endPlan('succeeded');
      if (minute === 3 || minute === 37)
        foreign = [{ at: clock.now(), by: 'field manager kubectl', advice: '', ref: CHECKOUT }];
      await sweepAfter(1);
    }
    expect(theCase().reverts).toHaveLength(2);
    expect(theCase()).toMatchObject({ status: 'escalated', reason: expect.stringContaining('kubectl') });
  });

  it('counts a change that was taken back long before it was found, tries once more, and then stops', async () => {
    await healer.sweep();
    await sweepAfter(1);
    for (let hour = 0; hour < 8; hour += 1) {
      endPlan('succeeded');
      const at = Math.max(0, ...[...store.plans.values()].map(({ updatedAt }) => updatedAt));
      foreign = [{ at: at + 1, by: 'Argo CD', advice: '', ref: CHECKOUT }];
      await sweepAfter(62);
    }
    expect(store.plans.size).toBe(2);
    expect(theCase()).toMatchObject({ status: 'escalated', reason: expect.stringContaining('Argo CD') });
  });

  it('claims nothing while it cannot see', async () => {
    await healer.sweep();
    isBlind = true;
    const report = await sweepAfter(5);
    expect(report).toMatchObject({
      attempts: 0,
      blind: [expect.stringContaining('last heard'), expect.anything()],
    });
    expect(theCase().goneSince).toBeUndefined();
  });

  it('goes on with the others where one case fails', async () => {
    healer = makeHealer(['payments', 'shop']);
    seen = [aCandidate(), aCandidate({ subject: { ...CHECKOUT, namespace: 'shop', name: 'ledger' } })];
    await healer.sweep();
    remedy = async (request) => {
      if (JSON.stringify(request.operation).includes('checkout')) throw new OpsError('internal', 'broken');
      return aRemedyPlan(request, clock.now(), 'act');
    };
    expect(await sweepAfter(1)).toMatchObject({ failed: 1, attempts: 1 });
  });

  it('tells of a storm once, and tries nothing until it is over', async () => {
    const refs: readonly ObjectRef[] = ['a', 'b', 'c', 'd'].map((name) => ({ ...CHECKOUT, name }));
    seen = refs.map((subject) => aCandidate({ subject }));
    for (let minute = 0; minute < 25; minute += 1) expect(await sweepAfter(1)).toMatchObject({ attempts: 0 });
    expect(told('storm')).toHaveLength(1);
    expect(told('escalated')).toEqual([]);
    expect(await sweepAfter(1)).toMatchObject({ attempts: 1 });
  });
});

describe('closeCase', () => {
  const person = { ...AUTOMATION, displayName: 'Ada' };

  it('gives no budget back before its day is over, and does not tell people again', async () => {
    await healer.sweep();
    for (let minute = 0; minute < 60; minute += 1) {
      await sweepAfter(1);
      endPlan('succeeded');
    }
    const closed = closeCase(theCase(), person, 'seen to');
    store.cases.set(closed.id, closed);
    for (let hour = 0; hour < 20; hour += 1) await sweepAfter(60);
    expect(told('escalated')).toHaveLength(1);
    expect(store.plans.size).toBe(3);
    await sweepAfter(4 * 60);
    expect(store.plans.size).toBe(4);
  });

  it('forgets relapses and reverts', () => {
    const closed = closeCase(aHealingCase({ status: 'escalated', relapses: [1], reverts: [1] }), person, '');
    expect(closed).toMatchObject({ status: 'resolved', relapses: [], reverts: [], version: 2 });
  });
});
