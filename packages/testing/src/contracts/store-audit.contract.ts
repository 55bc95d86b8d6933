import { type AuditQuery, type AuditRecord, canonicalJson, type PlanId, type Store } from '@jamie/core';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { anAuditEntry } from '../builders/record-builders.ts';
import type { StoreContractOptions, StoreSubject } from './store-subject.ts';

/** The audit record: one chain, whoever appends to it, in the same transaction as what it tells of. */
export function storeAuditContract({ name, create }: StoreContractOptions): void {
  describe(`Store contract, audit: ${name}`, () => {
    let subject: StoreSubject;
    let store: Store;

    beforeEach(async () => {
      subject = await create();
      store = subject.store;
    });

    afterEach(() => subject.destroy());

    const append = (kind: string, on: Store = store) =>
      on.commit([{ kind: 'audit.append', entry: anAuditEntry({ kind }) }]);

    const expectOneChain = (records: readonly AuditRecord[]) => {
      let previousHash = '0'.repeat(64);
      for (const [index, record] of records.entries()) {
        const sequence = index + 1;
        expect(record).toMatchObject({ sequence, previousHash });
        expect(record.hash).toBe(
          subject.digest(canonicalJson({ sequence, previousHash, entry: record.entry })),
        );
        previousHash = record.hash;
      }
    };

    it('numbers entries from 1 and links each to the one before', async () => {
      await store.commit([
        { kind: 'audit.append', entry: anAuditEntry({ kind: 'one' }) },
        { kind: 'audit.append', entry: anAuditEntry({ kind: 'two' }) },
      ]);
      await append('three');
      const records = await store.listAudit(0, 10);
      expect(records.map((record) => record.entry)).toEqual(
        ['one', 'two', 'three'].map((kind) => anAuditEntry({ kind })),
      );
      expectOneChain(records);
    });

    it('lists from any number, up to the limit', async () => {
      for (const kind of ['one', 'two', 'three', 'four']) await append(kind);
      const kinds = async (after: number, limit: number) =>
        (await store.listAudit(after, limit)).map((record) => record.entry.kind);
      expect(await kinds(1, 2)).toEqual(['two', 'three']);
      expect(await kinds(4, 2)).toEqual([]);
    });

    describe('what happened lately', () => {
      const PLAN = 'p-00000001' as PlanId;
      const entries = [
        anAuditEntry({ kind: 'plan.proposed', at: 10, planId: PLAN }),
        anAuditEntry({ kind: 'freeze.on', at: 20 }),
        anAuditEntry({ kind: 'plan.proposed', at: 30, planId: 'p-00000002' as PlanId }),
        anAuditEntry({ kind: 'plan.approved', at: 40, planId: PLAN }),
        anAuditEntry({ kind: 'planned.break', at: 35 }),
      ];
      const cases: readonly (readonly [string, Partial<AuditQuery>, readonly number[]])[] = [
        ['everything, newest first', {}, [5, 4, 3, 2, 1]],
        ['up to the limit', { limit: 2 }, [5, 4]],
        ['one plan alone', { planId: PLAN }, [4, 1]],
        ['nothing of a plan that never was', { planId: 'p-00000009' as PlanId }, []],
        ['kinds by how they begin', { kindPrefixes: ['plan.'] }, [4, 3, 1]],
        ['kinds that begin with one of several', { kindPrefixes: ['plan.a', 'freeze.'] }, [4, 2]],
        ['no kinds at all', { kindPrefixes: [] }, []],
        ['a kind with a wildcard taken literally', { kindPrefixes: ['%'] }, []],
        ['not what is older, whatever the order of writing', { since: 35 }, [5, 4]],
        ['the page before a number', { beforeSequence: 4, limit: 2 }, [3, 2]],
        ['all conditions at once', { planId: PLAN, kindPrefixes: ['plan.'], since: 11 }, [4]],
      ];

      it.each(cases)('lists %s', async (_what, query, sequences) => {
        await store.commit(entries.map((entry) => ({ kind: 'audit.append', entry })));
        const records = await store.listRecentAudit({ limit: 10, ...query });
        expect(records.map((record) => record.sequence)).toEqual(sequences);
        const all = await store.listAudit(0, 10);
        expect(records).toEqual(sequences.map((sequence) => all[sequence - 1]));
      });
    });

    it('stays one chain when several connections append to it', async () => {
      const second = await subject.openSecondStore();
      for (let round = 0; round < 10; round += 1) {
        await Promise.all([append(`a${round}`), append(`b${round}`, second), append(`c${round}`)]);
      }
      const records = await store.listAudit(0, 100);
      expect(records).toHaveLength(30);
      expectOneChain(records);
    });

    it('leaves no gap where a commit was undone', async () => {
      await append('one');
      await store.commit([
        { kind: 'audit.append', entry: anAuditEntry({ kind: 'undone' }) },
        { kind: 'freeze.expect', version: 9 },
      ]);
      await append('two');
      const records = await store.listAudit(0, 10);
      expect(records.map((record) => record.entry.kind)).toEqual(['one', 'two']);
      expectOneChain(records);
    });
  });
}
