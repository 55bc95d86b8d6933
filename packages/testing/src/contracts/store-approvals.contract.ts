import type { BreakGlass, Delegation, PlanId, Store } from '@jamie/core';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aPlan, aPlanRecord, aPrincipal, aVote } from '../builders/record-builders.ts';
import type { StoreContractOptions, StoreSubject } from './store-subject.ts';

const EMERGENCY: BreakGlass = { by: aPrincipal(), reason: 'the shop is down', at: 10, reviewDueAt: 20 };

function aDelegation(over: Partial<Delegation> = {}): Delegation {
  return {
    id: 'delegation_1',
    from: aPrincipal({ id: 'slack:T1:U1' }),
    to: aPrincipal({ id: 'slack:T1:U2' }),
    reason: 'on holiday',
    at: 100,
    until: 200,
    version: 1,
    ...over,
  };
}

/** Signed approvals, people who stand in for others, and emergencies that wait for their review. */
export function storeApprovalsContract({ name, create }: StoreContractOptions): void {
  describe(`Store contract, approvals: ${name}`, () => {
    let subject: StoreSubject;
    let store: Store;

    beforeEach(async () => {
      subject = await create();
      store = subject.store;
    });

    afterEach(() => subject.destroy());

    it('keeps the signed approval of a plan, and for whom a vote was cast', async () => {
      const record = aPlanRecord({
        approval: {
          statement: {
            planId: aPlan().id,
            planHash: aPlan().hash,
            cluster: 'prod-eu',
            uids: ['u1', null],
            policyVersion: '1',
            requesterId: 'slack:T1:U1',
            expiresAt: 9,
            basis: 'quorum',
            approvals: [{ principalId: 'slack:T1:U2', user: 'bob', onBehalfOf: 'slack:T1:U3', at: 7 }],
            decidedAt: 8,
          },
          signature: { keyId: 'k', value: 'c2lnbmVk' },
        },
      });
      const vote = aVote({ onBehalfOf: aPrincipal({ id: 'slack:T1:U3' }) });
      await store.commit([
        { kind: 'plan.insert', record },
        { kind: 'vote.insert', vote },
      ]);
      expect(await store.findPlan(record.plan.id)).toEqual(record);
      expect(await store.listVotes(record.plan.id)).toEqual([vote]);
    });

    it('lists the delegations that have not ended, oldest first', async () => {
      const first = aDelegation();
      const second = aDelegation({ id: 'delegation_2', until: 300 });
      await store.commit([
        { kind: 'delegation.put', delegation: first, expectedVersion: 0 },
        { kind: 'delegation.put', delegation: second, expectedVersion: 0 },
      ]);
      expect(await store.listDelegations(199)).toEqual([first, second]);
      expect(await store.listDelegations(200)).toEqual([second]);
      const other = await subject.openSecondStore();
      const ended = aDelegation({ until: 150, version: 2 });
      expect(await other.commit([{ kind: 'delegation.put', delegation: ended, expectedVersion: 1 }])).toEqual(
        { kind: 'committed' },
      );
      expect(await store.listDelegations(160)).toEqual([second]);
    });

    it('takes a change of a delegation only from who has seen its last version', async () => {
      await store.commit([{ kind: 'delegation.put', delegation: aDelegation(), expectedVersion: 0 }]);
      for (const expectedVersion of [0, 2]) {
        const delegation = aDelegation({ until: 500, version: expectedVersion + 1 });
        expect(await store.commit([{ kind: 'delegation.put', delegation, expectedVersion }])).toMatchObject({
          kind: 'conflict',
          reason: 'version_mismatch',
        });
      }
      expect(await store.listDelegations(199)).toEqual([aDelegation()]);
    });

    it('lists the plans that are not older than a moment', async () => {
      const made = (id: string, createdAt: number) =>
        aPlanRecord({ plan: aPlan({ id: id as PlanId, createdAt }) });
      const [old, first, second] = [made('p-00000001', 9), made('p-00000002', 10), made('p-00000003', 11)];
      for (const record of [old, first, second]) await store.commit([{ kind: 'plan.insert', record }]);
      expect(await store.listPlans({ createdSince: 10, limit: 10 })).toEqual([second, first]);
      expect(await store.listPlans({ createdSince: 12, limit: 10 })).toEqual([]);
    });

    it('finds the emergencies that nobody has reviewed', async () => {
      const planned = (id: string, over: Parameters<typeof aPlanRecord>[0] = {}) =>
        aPlanRecord({ plan: aPlan({ id: id as PlanId }), ...over });
      const review = { by: aPrincipal(), text: 'it was right', at: 15 };
      const open = planned('p-00000002', { status: 'succeeded', breakGlass: EMERGENCY });
      await store.commit([
        { kind: 'plan.insert', record: planned('p-00000001') },
        { kind: 'plan.insert', record: open },
        { kind: 'plan.insert', record: planned('p-00000003', { breakGlass: { ...EMERGENCY, review } }) },
      ]);
      expect(await store.listPlans({ awaitsReview: true, limit: 10 })).toEqual([open]);
      expect(await store.listPlans({ awaitsReview: true, statuses: ['watching'], limit: 10 })).toEqual([]);
    });
  });
}
