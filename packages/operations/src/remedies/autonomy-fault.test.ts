import type { HealingCase, HealingCaseId, PlanId, PlanRecord } from '@jamie/core';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { newPlanChanges } from '../announce.ts';
import { executeChange } from '../approval/execute-change.ts';
import { signApproval } from '../approval/sign-approval.ts';
import { OperationsWorld, person } from '../operations-world.fixture.ts';
import { planHash } from '../planning/plan-hash.ts';
import {
  aBusyNamespace,
  begin,
  bookOf,
  caseOf,
  HEALER,
  type Planned,
  planRemedy,
} from './remedies.fixture.ts';

let world: OperationsWorld;
beforeEach(() => {
  world = new OperationsWorld('production');
  world.book = bookOf();
  world.cluster.snapshot = aBusyNamespace();
});
afterEach(() => world.destroy());

/** How a plan ended that must not have started. */
async function endOf({ plan }: PlanRecord): Promise<PlanRecord> {
  await world.runJobs();
  expect(world.cluster.writes).toEqual([]);
  return world.read(plan.id);
}

const REFUSED = (reason: string) => ({ status: 'refused', reason: expect.stringContaining(reason) });

/** The same record with another plan in it, hashed and signed as if a rule had let it start. */
function forged({ record }: Planned, over: Partial<PlanRecord['plan']>): PlanRecord {
  const { hash: _old, ...open } = { ...record.plan, ...over };
  const bare = Object.fromEntries(
    Object.entries(open).filter(([, value]) => value !== undefined),
  ) as typeof open;
  const plan = { ...bare, hash: planHash(bare, world.context.digest) };
  const decision = { basis: 'autonomy', votes: [], decidedAt: world.clock.now() } as const;
  return { ...record, plan, approval: signApproval(plan, decision, world.context.signer) };
}

/** Stores a record that somebody made up, with a case that bears it out. */
async function slipIn(
  record: PlanRecord,
  healingCase: HealingCase | undefined = caseOf(record),
): Promise<PlanRecord> {
  const changes = [...newPlanChanges(record), executeChange(record.plan)];
  return begin(world, { kind: 'started', record, changes }, healingCase);
}

describe('a plan that a rule lets start', () => {
  it('starts where the rule, its case and its identity hold', async () => {
    const { plan } = await begin(world, await planRemedy(world));
    await world.runJobs();
    expect((await world.read(plan.id)).status).toBe('verifying');
    expect(world.cluster.writes).toHaveLength(1);
  });

  it('does not start without its case', async () => {
    const { record, changes } = await planRemedy(world);
    await world.store.commit(changes);
    expect(await endOf(record)).toMatchObject(REFUSED('No case of a fault names it'));
  });

  it.each<[string, Partial<HealingCase>]>([
    ['does not name it as an attempt', { attempts: [] }],
    ['names another plan', { attempts: [{ planId: 'p-00000001' as PlanId, startedAt: 1, level: 'act' }] }],
    ['is of another cluster', { cluster: 'prod-us' }],
    ['is about another remediation', { remediation: 'roll-back' }],
    ['is another one', { id: 'h-00000002' as HealingCaseId }],
  ])('does not start where the case %s', async (_what, over) => {
    const planned = await planRemedy(world);
    const record = await begin(world, planned, caseOf(planned.record, over));
    expect(await endOf(record)).toMatchObject(REFUSED('No case of a fault names it'));
  });

  it.each([
    [
      'lets nothing happen there any more',
      bookOf({ level: 'off' }),
      'lets no raise-memory happen by itself in payments',
    ],
    [
      'does not name the remediation any more',
      bookOf({ remediations: ['roll-back'] }),
      'lets no raise-memory',
    ],
    ['lets it be suggested only', bookOf({ level: 'suggest' }), 'No rule lets it start by itself any more'],
    ['has a lower ceiling', bookOf({ memoryCeilingBytes: 2 ** 28 }), 'gets at most 256 MiB'],
  ])('does not start where the policy of this moment %s', async (_what, book, reason) => {
    const record = await begin(world, await planRemedy(world));
    world.book = book;
    expect(await endOf(record)).toMatchObject(REFUSED(reason));
  });

  it('does not start once the rules are others, whatever they say', async () => {
    const record = await begin(world, await planRemedy(world));
    world.book = bookOf({}, { version: 'team@2' });
    expect(await endOf(record)).toMatchObject(REFUSED('The rules changed after the preview'));
  });

  it('does not start once nothing may happen by itself, or as somebody else', async () => {
    const record = await begin(world, await planRemedy(world));
    world.people.forget(HEALER.id);
    expect(await endOf(record)).toMatchObject(REFUSED('Scarlet is not known any more'));
    const other = await planRemedy(world, { planKey: 'healing:h-00000001:2' });
    world.people.becomes({ ...HEALER, kubernetes: { user: HEALER.kubernetes.user, groups: [] } });
    const again = await begin(world, other, caseOf(other.record, { id: 'h-00000003' as HealingCaseId }));
    expect((await endOf(again)).status).toBe('refused');
  });

  it('does not start where the cluster took its rights away', async () => {
    const record = await begin(world, await planRemedy(world));
    world.cluster.mayAccess = ({ user }) => user !== HEALER.kubernetes.user;
    expect(await endOf(record)).toMatchObject(REFUSED('Scarlet may no longer make this change'));
  });

  it('is held while all changes are frozen, and starts when they are let go', async () => {
    const { plan } = await begin(world, await planRemedy(world));
    await world.operations.freeze(true, person('ada'), 'sale', plan.correlationId);
    await world.runJobs();
    expect(world.cluster.writes).toEqual([]);
    expect((await world.read(plan.id)).status).toBe('approved');
    await world.operations.freeze(false, person('ada'), '', plan.correlationId);
    await world.runJobs();
    expect(world.cluster.writes).toHaveLength(1);
  });
});

describe('an approval by a rule that somebody made up', () => {
  it('starts nothing for a plan that heals nothing', async () => {
    const record = await slipIn(forged(await planRemedy(world), { healing: undefined as never }));
    expect(await endOf(record)).toMatchObject(REFUSED('Only changes that I ask for myself start by a rule'));
  });

  it('starts nothing for the plan of a person', async () => {
    const record = await slipIn(forged(await planRemedy(world), { requester: person('eve') }));
    expect(await endOf(record)).toMatchObject(REFUSED('Only changes that I ask for myself start by a rule'));
  });

  it('starts nothing for a person who calls themselves an automation', async () => {
    const requester = { ...person('eve'), source: 'automation' } as const;
    world.people.forget(requester.id);
    const record = await slipIn(forged(await planRemedy(world), { requester }));
    expect(await endOf(record)).toMatchObject(REFUSED('eve is not known any more'));
  });

  it('starts nothing for another operation than that of the remediation', async () => {
    const planned = await planRemedy(world);
    const target = { kind: 'Deployment', namespace: 'payments', name: 'checkout' } as const;
    const record = await slipIn(forged(planned, { operation: { kind: 'scale', target, replicas: 0 } }));
    expect(await endOf(record)).toMatchObject(REFUSED('not what raise-memory does'));
  });

  it('starts nothing of high risk', async () => {
    const planned = await planRemedy(world);
    const risk = { ...planned.record.plan.risk, tier: 'high' } as const;
    const record = await slipIn(forged(planned, { risk }));
    expect(await endOf(record)).toMatchObject(REFUSED('It is high risk'));
  });

  it('starts nothing in a place that the policy does not name', async () => {
    const planned = await planRemedy(world);
    const steps = planned.record.plan.steps.map((step) => ({
      ...step,
      target: { ...step.target, ref: { ...step.target.ref, namespace: 'ledger' } },
    }));
    const record = await slipIn(forged(planned, { steps }));
    expect((await endOf(record)).status).not.toBe('verifying');
  });

  it('starts nothing with the signature of another plan', async () => {
    const first = await planRemedy(world);
    const second = await planRemedy(world, { planKey: 'healing:h-00000001:2' });
    const { approval } = first.record;
    if (approval === undefined) throw new Error('it was approved by the rule');
    const record = await slipIn({ ...second.record, approval });
    expect(await endOf(record)).toMatchObject(REFUSED('What was approved is not what is stored'));
  });

  it('starts nothing that was signed with another key', async () => {
    const { record } = await planRemedy(world);
    const { approval } = record;
    if (approval === undefined) throw new Error('it was approved by the rule');
    const signature = { ...approval.signature, value: 'Zm9yZ2Vk' };
    expect(await endOf(await slipIn({ ...record, approval: { ...approval, signature } }))).toMatchObject(
      REFUSED('was not signed by me'),
    );
  });

  it('starts nothing when it is put on a plan that waits for people', async () => {
    world.book = bookOf({ level: 'suggest' });
    const { record } = await planRemedy(world);
    const decision = { basis: 'autonomy', votes: [], decidedAt: world.clock.now() } as const;
    const approval = signApproval(record.plan, decision, world.context.signer);
    expect(await endOf(await slipIn({ ...record, status: 'approved', approval }))).toMatchObject(
      REFUSED('No rule lets it start by itself any more'),
    );
  });
});
