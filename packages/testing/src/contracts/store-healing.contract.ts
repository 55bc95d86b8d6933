import type { HealingCaseId, HealingCaseQuery, PlanId, Store, StoreChange } from '@jamie/core';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aHealingCase, aHealingOrigin } from '../builders/a-healing-case.ts';
import { aJobRequest, anAuditEntry, aPlan, aPlanRecord } from '../builders/record-builders.ts';
import type { StoreContractOptions, StoreSubject } from './store-subject.ts';

const CASE = aHealingCase();
const COMMITTED = { kind: 'committed' };
const MISMATCH = { kind: 'conflict', reason: 'version_mismatch' };

function put(healingCase = CASE): Extract<StoreChange, { readonly kind: 'healing.put' }> {
  return { kind: 'healing.put', healingCase, expectedVersion: healingCase.version - 1 };
}

/** Cases of self-healing: their budget is only worth something when nothing is lost and nobody overwrites it. */
export function storeHealingContract({ name, create }: StoreContractOptions): void {
  describe(`Store contract, cases of self-healing: ${name}`, () => {
    let subject: StoreSubject;
    let store: Store;

    beforeEach(async () => {
      subject = await create();
      store = subject.store;
    });

    afterEach(() => subject.destroy());

    it('keeps a case with everything that was tried', async () => {
      const full = aHealingCase({
        status: 'escalated',
        attempts: [
          { planId: 'p-00000001' as PlanId, startedAt: 5, level: 'act', endedAt: 7, outcome: 'did_not_help' },
          { planId: 'p-00000002' as PlanId, startedAt: 9, level: 'suggest' },
        ],
        relapses: [6, 8],
        reverts: [7],
        notBefore: 12,
        goneSince: 11,
      });
      await store.commit([put(full)]);
      expect(await store.findHealingCase(full.id)).toEqual(full);
      expect(await store.findHealingCase('h-00000009' as HealingCaseId)).toBeUndefined();
      expect(await (await subject.openSecondStore()).findHealingCase(full.id)).toEqual(full);
    });

    it('keeps for which case a plan was made', async () => {
      const record = aPlanRecord({
        plan: aPlan({ healing: aHealingOrigin({ caseId: CASE.id }) }),
      });
      await store.commit([{ kind: 'plan.insert', record }]);
      expect(await store.findPlan(record.plan.id)).toEqual(record);
    });

    it('takes a change of a case only from who has seen its last version', async () => {
      expect(await store.commit([put()])).toEqual(COMMITTED);
      const next = aHealingCase({ status: 'acting', version: 2 });
      const other = await subject.openSecondStore();
      const [first, second] = await Promise.all([store.commit([put(next)]), other.commit([put(next)])]);
      expect([first.kind, second.kind].toSorted()).toEqual(['committed', 'conflict']);
      for (const version of [1, 2, 4]) {
        expect(await store.commit([put(aHealingCase({ version }))])).toMatchObject(MISMATCH);
      }
      expect(await store.findHealingCase(CASE.id)).toEqual(next);
    });

    it('does not begin a case that there is none of with a later version', async () => {
      expect(await store.commit([put(aHealingCase({ version: 2 }))])).toMatchObject(MISMATCH);
      expect(await store.findHealingCase(CASE.id)).toBeUndefined();
    });

    it('writes nothing of a commit whose case was changed meanwhile', async () => {
      await store.commit([put()]);
      await store.commit([put(aHealingCase({ version: 2 }))]);
      const attempt = aHealingCase({ status: 'acting', version: 2 });
      const result = await store.commit([
        { kind: 'plan.insert', record: aPlanRecord() },
        { kind: 'audit.append', entry: anAuditEntry() },
        { kind: 'outbox.add', job: aJobRequest() },
        put(attempt),
      ]);
      expect(result).toMatchObject({ ...MISMATCH, change: { kind: 'healing.put' } });
      expect(await store.findPlan(aPlanRecord().plan.id)).toBeUndefined();
      expect(await store.listAudit(0, 10)).toEqual([]);
      expect(await store.listOutbox(10)).toEqual([]);
    });

    it('writes no case of a commit whose plan is there already', async () => {
      const insert: StoreChange = { kind: 'plan.insert', record: aPlanRecord() };
      await store.commit([insert]);
      expect(await store.commit([put(), insert])).toMatchObject({ kind: 'conflict' });
      expect(await store.findHealingCase(CASE.id)).toBeUndefined();
    });

    it('lists the case that was seen last first, those of one moment by their ids', async () => {
      const seen = (id: string, lastSeenAt: number) => aHealingCase({ id: id as HealingCaseId, lastSeenAt });
      const [a, b, c, d] = [
        seen('h-000000a3', 7),
        seen('h-000000a2', 9),
        seen('h-000000a1', 7),
        seen('h-000000a0', 8),
      ];
      await store.commit([put(a), put(b), put(c), put(d)]);
      expect(await store.listHealingCases({ limit: 10 })).toEqual([b, d, c, a]);
      expect(await store.listHealingCases({ limit: 2 })).toEqual([b, d]);
      const again = { ...a, lastSeenAt: 10, version: 2 };
      await store.commit([put(again)]);
      expect(await store.listHealingCases({ limit: 2 })).toEqual([again, b]);
    });

    it.each<[HealingCaseQuery, string[]]>([
      [{ limit: 10 }, ['h-000000a3', 'h-000000a2', 'h-000000a1']],
      [{ cluster: 'prod-eu', limit: 10 }, ['h-000000a3', 'h-000000a1']],
      [{ cluster: 'prod-eu', limit: 1 }, ['h-000000a3']],
      [{ statuses: ['waiting', 'acting'], limit: 10 }, ['h-000000a2', 'h-000000a1']],
      [{ cluster: 'prod-eu', statuses: ['escalated'], limit: 10 }, ['h-000000a3']],
      [{ cluster: 'staging', statuses: ['escalated'], limit: 10 }, []],
      [{ statuses: [], limit: 10 }, []],
    ])('lists the cases that are asked for: %j', async (query, ids) => {
      const cases = [
        aHealingCase({ id: 'h-000000a1' as HealingCaseId, lastSeenAt: 1 }),
        aHealingCase({
          id: 'h-000000a2' as HealingCaseId,
          lastSeenAt: 2,
          cluster: 'staging',
          status: 'acting',
        }),
        aHealingCase({ id: 'h-000000a3' as HealingCaseId, lastSeenAt: 3, status: 'escalated' }),
      ];
      await store.commit(cases.map(put));
      expect((await store.listHealingCases(query)).map(({ id }) => id)).toEqual(ids);
    });

    it('lists a case under the status that it has now', async () => {
      await store.commit([put()]);
      const resolved = aHealingCase({ status: 'resolved', version: 2 });
      await store.commit([put(resolved)]);
      expect(await store.listHealingCases({ statuses: ['waiting'], limit: 10 })).toEqual([]);
      expect(await store.listHealingCases({ statuses: ['resolved'], limit: 10 })).toEqual([resolved]);
    });
  });
}
