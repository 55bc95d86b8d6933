import type { HealingCaseId, IntentId, PlanId, Store } from '@jamie/core';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { aHealingCase } from '../builders/a-healing-case.ts';
import {
  aDefaults,
  aJobRequest,
  anAuditEntry,
  anIntent,
  aPlan,
  aPlanRecord,
  aPrincipal,
  aVote,
} from '../builders/record-builders.ts';
import { commitToModel, EMPTY_STORE, type ModelChange, type StoreModel } from './store-model.ts';
import type { StoreContractOptions } from './store-subject.ts';

const FIRST_PLAN = 'p-00000001' as PlanId;
const SECOND_PLAN = 'p-00000002' as PlanId;
const planId = fc.constantFrom(FIRST_PLAN, SECOND_PLAN);
const intentId = fc.constantFrom('intent_1', 'intent_2') as fc.Arbitrary<IntentId>;
const SCOPES = ['person:U1', 'channel:T1:C1'];
const scope = fc.constantFrom(...SCOPES);
const CASES = ['h-00000001', 'h-00000002'] as readonly string[] as readonly HealingCaseId[];
const version = fc.integer({ min: 0, max: 4 });

const change: fc.Arbitrary<ModelChange> = fc.oneof(
  planId.map((id) => ({ kind: 'plan.insert' as const, record: planRecord(id, 1) })),
  fc.tuple(planId, version).map(([id, expectedVersion]) => ({
    kind: 'plan.update' as const,
    record: planRecord(id, expectedVersion + 1),
    expectedVersion,
  })),
  fc.tuple(planId, fc.constantFrom('U1', 'U2')).map(([id, person]) => ({
    kind: 'vote.insert' as const,
    vote: aVote({ planId: id, principal: aPrincipal({ id: person }) }),
  })),
  intentId.map((id) => ({
    kind: 'intent.insert' as const,
    intent: anIntent({ id, planId: FIRST_PLAN, stepId: id }),
  })),
  intentId.map((id) => ({
    kind: 'intent.complete' as const,
    id,
    outcome: { kind: 'applied' as const, resourceVersion: '1' },
    completedAt: 1,
  })),
  fc.constantFrom('a', 'b', 'c').map((deduplicationId) => ({
    kind: 'outbox.add' as const,
    job: aJobRequest({ deduplicationId }),
  })),
  fc.string().map((kind) => ({ kind: 'audit.append' as const, entry: anAuditEntry({ kind }) })),
  fc
    .tuple(scope, version, fc.constantFrom('payments', 'shop'))
    .map(([whose, expectedVersion, namespace]) => ({
      kind: 'defaults.put' as const,
      defaults: aDefaults({ scope: whose, namespace, version: expectedVersion + 1 }),
      expectedVersion,
    })),
  fc.tuple(fc.constantFrom(...CASES), version, fc.nat(9)).map(([id, expectedVersion, lastSeenAt]) => ({
    kind: 'healing.put' as const,
    healingCase: aHealingCase({ id, lastSeenAt, version: expectedVersion + 1 }),
    expectedVersion,
  })),
  fc.tuple(version, fc.boolean()).map(([expectedVersion, frozen]) => ({
    kind: 'freeze.put' as const,
    state: { frozen, reason: '', at: 0, version: expectedVersion + 1 },
    expectedVersion,
  })),
  version.map((expected) => ({ kind: 'freeze.expect' as const, version: expected })),
);

const history = fc.array(fc.array(change, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 12 });

/** Random histories: the store and a plain model agree on every result and on the state at the end. */
export function storeModelContract({ name, create }: StoreContractOptions): void {
  describe(`Store contract, model: ${name}`, () => {
    const checkHistory = async (commits: readonly (readonly ModelChange[])[], isAtOnce: boolean) => {
      const subject = await create();
      try {
        const { results, model } = replay(commits);
        expect(await commitAll(subject.store, commits, isAtOnce)).toEqual(results);
        await expectSame(subject.store, model);
      } finally {
        await subject.destroy();
      }
    };

    it('does what the model does with any history of commits, given one by one', async () => {
      await fc.assert(
        fc.asyncProperty(history, (commits) => checkHistory(commits, false)),
        { numRuns: 40 },
      );
    });

    it('does the same when all commits are asked for at once', async () => {
      await fc.assert(
        fc.asyncProperty(history, (commits) => checkHistory(commits, true)),
        { numRuns: 40 },
      );
    });
  });
}

function replay(commits: readonly (readonly ModelChange[])[]) {
  let model = EMPTY_STORE;
  const results = commits.map((changes) => {
    const next = commitToModel(model, changes);
    if (typeof next === 'string') return next;
    model = next;
    return 'committed';
  });
  return { results, model };
}

async function commitAll(
  store: Store,
  commits: readonly (readonly ModelChange[])[],
  isAtOnce: boolean,
): Promise<readonly string[]> {
  const outcome = async (changes: readonly ModelChange[]) => {
    const result = await store.commit(changes);
    return result.kind === 'conflict' ? result.reason : result.kind;
  };
  if (isAtOnce) return Promise.all(commits.map(outcome));
  const outcomes: string[] = [];
  for (const changes of commits) outcomes.push(await outcome(changes));
  return outcomes;
}

function planRecord(id: PlanId, recordVersion: number) {
  return aPlanRecord({ plan: aPlan({ id }), version: recordVersion });
}

async function expectSame(store: Store, model: StoreModel): Promise<void> {
  for (const id of [FIRST_PLAN, SECOND_PLAN]) {
    expect((await store.findPlan(id))?.version).toBe(model.plans.get(id));
    const votes = (await store.listVotes(id)).map((vote) => `${vote.planId} ${vote.principal.id}`);
    expect(votes).toEqual(model.votes.filter((key) => key.startsWith(id)));
  }
  const intents = await store.listIntents(FIRST_PLAN);
  expect(
    new Map(intents.map((each) => [each.id, each.outcome === undefined ? 'open' : 'completed'])),
  ).toEqual(model.intents);
  expect((await store.listOutbox(100)).map((entry) => entry.job)).toEqual(model.outbox);
  expect((await store.listAudit(0, 1_000)).map((record) => record.entry.kind)).toEqual(model.auditKinds);
  expect((await store.listRecentAudit({ limit: 1_000 })).map((record) => record.entry.kind)).toEqual(
    model.auditKinds.toReversed(),
  );
  for (const whose of SCOPES) {
    expect(await store.findDefaults(whose)).toEqual(model.defaults.get(whose));
  }
  for (const id of CASES) {
    expect(await store.findHealingCase(id)).toEqual(model.healingCases.get(id));
  }
  const seen = [...model.healingCases.values()].toSorted(
    (a, b) => b.lastSeenAt - a.lastSeenAt || (a.id < b.id ? -1 : 1),
  );
  expect(await store.listHealingCases({ limit: 100 })).toEqual(seen);
  expect(await store.readFreeze()).toMatchObject(model.freeze);
}
