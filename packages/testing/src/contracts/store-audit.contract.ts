import { type AuditRecord, canonicalJson, type Store } from '@jamie/core';
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
