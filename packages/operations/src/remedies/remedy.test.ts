import type { ObjectManager, StoreChange } from '@jamie/core';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CHECKOUT, OperationsWorld, person, TIMING } from '../operations-world.fixture.ts';
import {
  aBusyNamespace,
  aRemedy,
  begin,
  bookOf,
  HEALER,
  MORE_MEMORY,
  planRemedy,
} from './remedies.fixture.ts';

const LIMIT = '/spec/template/spec/containers/0/resources/limits/memory';

let world: OperationsWorld;
beforeEach(() => {
  world = new OperationsWorld('production');
  world.book = bookOf();
  world.cluster.snapshot = aBusyNamespace();
});
afterEach(() => world.destroy());

function ownedByArgo(): void {
  world.cluster.edit(CHECKOUT, ({ metadata }) => {
    const annotations = { 'argocd.argoproj.io/tracking-id': 'shop:apps/Deployment:payments/checkout' };
    Object.assign(metadata as object, { annotations });
  });
}

const kindsOf = (changes: readonly StoreChange[]) =>
  changes.map((change) => (change.kind === 'audit.append' ? change.entry.kind : change.kind));

describe('remedy', () => {
  it('starts what the rules let start, with a signed approval and nobody asked', async () => {
    const result = await planRemedy(world);
    const { record, changes } = result;
    expect(result.kind).toBe('started');
    expect(record).toMatchObject({
      status: 'approved',
      version: 1,
      decidedBy: HEALER,
      reason: 'Starting by itself: the policy of the team allows it (autonomy in payments).',
      plan: { requester: HEALER, healing: { caseId: 'h-00000001', remediation: 'raise-memory' } },
      approval: { statement: { basis: 'autonomy', approvals: [], requesterId: HEALER.id } },
    });
    expect(kindsOf(changes)).toEqual([
      'plan.insert',
      'message.insert',
      'outbox.add',
      'outbox.add',
      'plan.proposed',
      'plan.approved',
      'outbox.add',
    ]);
    const approved = changes.find(
      (change) => change.kind === 'audit.append' && change.entry.kind === 'plan.approved',
    );
    expect(approved).toMatchObject({
      entry: {
        actor: HEALER.id,
        details: {
          basis: 'autonomy',
          rules: ['autonomy in payments'],
          caseId: 'h-00000001',
          remediation: 'raise-memory',
          decision: { basis: 'autonomy', signature: expect.anything() },
        },
      },
    });
  });

  it('writes nothing, neither to the cluster nor to the store', async () => {
    const { record } = await planRemedy(world);
    expect(world.cluster.writes).toEqual([]);
    expect(await world.store.findPlan(record.plan.id)).toBeUndefined();
    expect(await world.store.listOutbox(10)).toEqual([]);
    expect(await world.store.listAudit(0, 10)).toEqual([]);
  });

  it('carries the change out as the automation, once, verifies and watches it', async () => {
    const { plan } = await begin(world, await planRemedy(world));
    await world.runJobs();
    expect(world.cluster.writes).toMatchObject([{ user: 'jamie-scarlet:self-healing' }]);
    await world.live(TIMING.readyForMs + 3_000);
    expect((await world.read(plan.id)).status).toBe('watching');
    await world.live(plan.risk.watchMs + 10_000);
    expect((await world.read(plan.id)).status).toBe('succeeded');
    expect(world.cluster.writes).toHaveLength(1);
    expect(world.people.asked).toContainEqual({ id: HEALER.id, moment: 'execution' });
  });

  it('reads and tries out as the automation', async () => {
    world.cluster.denied.add(HEALER.kubernetes.user);
    expect(await world.operations.remedy(aRemedy())).toMatchObject({
      kind: 'refused',
      reason: 'not_permitted',
    });
    world.cluster.denied.clear();
    world.cluster.blind.add(HEALER.kubernetes.user);
    expect(await world.operations.remedy(aRemedy())).toMatchObject({ kind: 'refused', reason: 'forbidden' });
  });

  it('gives the same plan id to the same key, so that the second commit is refused', async () => {
    const first = await planRemedy(world);
    const second = await planRemedy(world);
    expect(second.record.plan.id).toBe(first.record.plan.id);
    await begin(world, first);
    await expect(begin(world, second, undefined)).rejects.toThrow('plan.insert: already_exists');
  });

  it('has the fault under the hash of the plan', async () => {
    const { record } = await planRemedy(world);
    const other = await planRemedy(world, { healing: { ...aRemedy().healing, attempt: 2 } });
    expect(other.record.plan.id).toBe(record.plan.id);
    expect(other.record.plan.hash).not.toBe(record.plan.hash);
  });

  it('makes no plan for a person', async () => {
    await expect(world.operations.remedy(aRemedy({ requester: person('ada') }))).rejects.toMatchObject({
      code: 'invalid_input',
    });
  });

  it.each([
    ['a namespace where nothing may happen by itself', bookOf({ level: 'off' }), 'not_allowed'],
    ['a remediation that the policy does not name', bookOf({ remediations: ['roll-back'] }), 'not_allowed'],
    ['more memory than the ceiling', bookOf({ memoryCeilingBytes: 2 ** 28 }), 'above_ceiling'],
    [
      'what a rule of the team forbids',
      bookOf({}, { decide: () => ({ kind: 'deny', rule: 'winter-sale', message: 'Not now.' }) }),
      'winter-sale',
    ],
  ])('refuses %s', async (_what, book, reason) => {
    world.book = book;
    expect(await world.operations.remedy(aRemedy())).toMatchObject({ kind: 'refused', reason, managers: [] });
  });

  it('refuses what there is nothing left of, and what it cannot find', async () => {
    const target = { ...CHECKOUT, name: 'gone' };
    const operation = { ...MORE_MEMORY, target } as typeof MORE_MEMORY;
    expect(await world.operations.remedy(aRemedy({ operation }))).toMatchObject({ reason: 'not_found' });
    const { plan } = await begin(world, await planRemedy(world));
    await world.runJobs();
    expect((await world.read(plan.id)).status).toBe('verifying');
    await world.live(plan.risk.watchMs + 20_000);
    const again = await world.operations.remedy(aRemedy({ planKey: 'healing:h-00000001:2' }));
    expect(again).toMatchObject({ kind: 'refused', reason: 'no_change' });
  });

  it('refuses what somebody else would take back, and names them and the right way', async () => {
    ownedByArgo();
    const result = await world.operations.remedy(aRemedy());
    expect(result).toMatchObject({ kind: 'refused', reason: 'owner_reverts' });
    if (result.kind !== 'refused') return;
    const [owner] = result.managers as readonly [ObjectManager];
    expect(owner).toMatchObject({ kind: 'argo_cd', reverts: true });
    expect(result.message).toContain(owner.name);
    expect(result.message).toContain(owner.advice);
  });

  it('names who would take it back also where a rule of the team refuses it for that', async () => {
    ownedByArgo();
    world.book = bookOf({}, { decide: () => ({ kind: 'deny', rule: 'managed-elsewhere', message: 'No.' }) });
    expect(await world.operations.remedy(aRemedy())).toMatchObject({
      reason: 'owner_reverts',
      managers: [{ kind: 'argo_cd' }],
    });
  });
});

describe('a suggested remedy', () => {
  const highRisk = () => {
    const { decide } = world.book;
    world.book = bookOf(
      {},
      {
        decide: (facts) => {
          const decision = decide(facts);
          if (decision.kind === 'deny') return decision;
          const quorum = { approvals: 2, requesterCounts: false };
          return { ...decision, risk: { ...decision.risk, tier: 'high', quorum } };
        },
      },
    );
  };

  it.each([
    [
      'the policy lets it be suggested',
      () => {
        world.book = bookOf({ level: 'suggest' });
      },
      'suggested, and people',
    ],
    ['it is high risk', highRisk, 'It is high risk'],
    [
      'all changes are frozen',
      () => world.operations.freeze(true, person('ada'), 'sale', aRemedy().correlationId),
      '(sale)',
    ],
  ])('waits for people where %s', async (_why, prepare, why) => {
    await prepare();
    const result = await planRemedy(world);
    expect(result).toMatchObject({ kind: 'suggested', why: expect.stringContaining(why) });
    expect(result.record).toMatchObject({
      status: 'awaiting_approval',
      reason: expect.stringMatching(/^Suggested by itself\. .*Waiting for/),
      plan: { requester: HEALER, healing: { caseId: 'h-00000001' } },
    });
    expect(result.record).not.toHaveProperty('approval');
    expect(kindsOf(result.changes)).not.toContain('plan.approved');
    const { plan } = await begin(world, result);
    await world.runJobs();
    expect(world.cluster.writes).toEqual([]);
    await world.clock.advance(plan.risk.expiresAfterMs);
    await world.runJobs();
    expect((await world.read(plan.id)).status).toBe('expired');
  });

  it('is approved by people like any other change, and runs as the automation', async () => {
    world.book = bookOf({ level: 'suggest' });
    const { plan } = await begin(world, await planRemedy(world));
    expect(await world.approve(plan.id, 'ada')).toMatchObject({ kind: 'counted' });
    await world.runJobs();
    expect(world.cluster.writes).toMatchObject([{ user: HEALER.kubernetes.user }]);
  });

  it('is approved, denied and edited by people only', async () => {
    world.book = bookOf({ level: 'suggest' });
    const { plan } = await begin(world, await planRemedy(world));
    for (const decision of ['approve', 'deny'] as const) {
      const ballot = { planId: plan.id, principal: HEALER, decision };
      expect(await world.operations.vote(ballot)).toMatchObject({ kind: 'refused' });
    }
    expect((await world.read(plan.id)).status).toBe('awaiting_approval');
    const denial = { planId: plan.id, principal: person('ada'), decision: 'deny' } as const;
    expect(await world.operations.vote(denial)).toMatchObject({ kind: 'counted' });
    expect((await world.read(plan.id)).status).toBe('denied');
  });

  it('is a plan of the person who edits it, and heals no case any more', async () => {
    world.book = bookOf({ level: 'suggest' });
    const { plan } = await begin(world, await planRemedy(world));
    const {
      operation: _unused,
      healing: _none,
      ...rest
    } = aRemedy({ requester: person('ada'), planKey: 'edit:1' });
    const edited = await world.operations.edit({
      ...rest,
      planId: plan.id,
      values: { 'limit-memory': '640Mi' },
    });
    if (edited.kind === 'refused') throw new Error(edited.message);
    expect(edited.record.plan.requester.id).toBe(person('ada').id);
    expect(edited.record.plan.healing).toBeUndefined();
    expect(edited.record.status).toBe('awaiting_approval');
  });
});

describe('a remedy whose object has moved', () => {
  it('ends stale without another plan in its place', async () => {
    const { plan } = await begin(world, await planRemedy(world));
    world.cluster.edit(CHECKOUT, (object) => {
      const spec = object['spec'] as { template: { spec: { containers: object[] } } };
      spec.template.spec.containers = [
        { name: 'app', image: 'checkout:3', resources: { limits: { memory: '1Gi' } } },
      ];
    });
    await world.runJobs();
    const record = await world.read(plan.id);
    expect(record).toMatchObject({
      status: 'stale',
      reason: expect.stringContaining('Whether the fault is still there is looked at anew.'),
    });
    expect(record.replacedBy).toBeUndefined();
    expect(await world.store.listPlans({ limit: 10 })).toHaveLength(1);
    expect(world.cluster.writes).toEqual([]);
  });

  it('ends stale without another plan also where people have approved it', async () => {
    world.book = bookOf({ level: 'suggest' });
    const { plan } = await begin(world, await planRemedy(world));
    await world.approve(plan.id, 'ada');
    world.cluster.remove(CHECKOUT);
    await world.runJobs();
    expect((await world.read(plan.id)).status).toBe('stale');
    expect(await world.store.listPlans({ limit: 10 })).toHaveLength(1);
  });

  it('can be undone by people once it was carried out', async () => {
    const { plan } = await begin(world, await planRemedy(world));
    await world.runJobs();
    world.cluster.settle(CHECKOUT);
    const undo = await world.propose({ kind: 'undo', planId: plan.id });
    await world.approve(undo.plan.id, 'bob', 'cleo');
    await world.runJobs();
    expect(world.cluster.writes.map(({ user }) => user)).toEqual([HEALER.kubernetes.user, 'ada']);
    expect(await world.read(plan.id)).toMatchObject({ undoneBy: undo.plan.id });
    expect(LIMIT in (undo.plan.steps[0]?.expected ?? {})).toBe(true);
  });
});
