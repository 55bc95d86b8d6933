import {
  AUDIT_START,
  type AuditRecord,
  type AuditRemoval,
  type CommitResult,
  type SignedAuditHead,
  type Store,
  signAuditHead,
  signAuditRemoval,
} from '@jamie/core';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { anAuditEntry } from '../builders/record-builders.ts';
import { FakeSigner } from '../fakes/fake-signer.ts';
import type { StoreContractOptions, StoreSubject } from './store-subject.ts';

const signer = new FakeSigner();

/** The signed heads of the audit chain, and what stands in the place of its oldest records once they were removed. */
export function storeAuditHeadsContract({ name, create }: StoreContractOptions): void {
  describe(`Store contract, heads of the audit: ${name}`, () => {
    let subject: StoreSubject;
    let store: Store;

    beforeEach(async () => {
      subject = await create();
      store = subject.store;
    });

    afterEach(() => subject.destroy());

    const append = (count: number) =>
      store.commit(Array.from({ length: count }, () => ({ kind: 'audit.append', entry: anAuditEntry() })));

    const recordAt = async (sequence: number): Promise<AuditRecord> => {
      const [record] = await store.listAudit(sequence - 1, 1);
      if (record === undefined) throw new Error(`no record ${sequence}`);
      return record;
    };

    /** A head at a record, after the last one that is stored. */
    const headAt = async (sequence: number): Promise<SignedAuditHead> =>
      signAuditHead(await recordAt(sequence), 7, await store.findLastAuditHead(), signer);

    const sign = async (head: SignedAuditHead): Promise<CommitResult> =>
      store.commit([{ kind: 'audit.sign_head', head }]);

    const removalOf = ({ sequence, hash }: SignedAuditHead, count = sequence): AuditRemoval =>
      signAuditRemoval({ upTo: sequence, hash, removedAt: 9, count, by: 'system', rule: 'rule' }, signer);

    const remove = (removal: AuditRemoval) => store.commit([{ kind: 'audit.remove', removal }]);
    const conflict = (reason: string) => ({ kind: 'conflict', reason });

    it('keeps signed heads in order, and finds the last', async () => {
      await append(5);
      expect(await store.findLastAuditHead()).toBeUndefined();
      const heads: SignedAuditHead[] = [];
      for (const sequence of [1, 3, 5]) {
        const head = await headAt(sequence);
        expect(await sign(head)).toEqual({ kind: 'committed' });
        heads.push(head);
      }
      expect(await store.listAuditHeads(0, 10)).toEqual(heads);
      expect(await store.listAuditHeads(1, 1)).toEqual([heads[1]]);
      expect(await store.findLastAuditHead()).toEqual(heads[2]);
    });

    it('takes no head of a record that is not there, or that has another hash', async () => {
      await append(2);
      const last = await recordAt(2);
      for (const each of [
        { ...last, sequence: 3 },
        { ...last, hash: AUDIT_START.hash },
      ])
        expect(await sign(signAuditHead(each, 7, undefined, signer))).toMatchObject(conflict('not_found'));
      expect(await store.listAuditHeads(0, 10)).toEqual([]);
    });

    it('takes no head that does not follow the last one', async () => {
      await append(4);
      const early = await headAt(2);
      const other = await headAt(3);
      await sign(early);
      expect(await sign(other)).toMatchObject(conflict('version_mismatch'));
      expect(await sign(await headAt(2))).toMatchObject(conflict('version_mismatch'));
      expect(await sign(await headAt(1))).toMatchObject(conflict('version_mismatch'));
      expect(await store.listAuditHeads(0, 10)).toEqual([early]);
    });

    it('signs what the same commit appends, or nothing at all', async () => {
      await append(1);
      const head = await headAt(1);
      const both = [
        { kind: 'audit.sign_head', head },
        { kind: 'freeze.expect', version: 9 },
      ] as const;
      expect(await store.commit(both)).toMatchObject(conflict('version_mismatch'));
      expect(await store.listAuditHeads(0, 10)).toEqual([]);
    });

    it('lets one of two that sign at the same time win', async () => {
      await append(2);
      const second = await subject.openSecondStore();
      const head = await headAt(2);
      const results = await Promise.all(
        [store, second].map((each) => each.commit([{ kind: 'audit.sign_head', head }])),
      );
      expect(results.map(({ kind }) => kind).toSorted()).toEqual(['committed', 'conflict']);
      expect(await store.listAuditHeads(0, 10)).toEqual([head]);
    });

    it('removes records up to a signed head, and keeps heads and what it was', async () => {
      await append(5);
      const head = await headAt(3);
      await sign(head);
      const removal = removalOf(head);
      expect(await remove(removal)).toEqual({ kind: 'committed' });
      expect((await store.listAudit(0, 10)).map(({ sequence }) => sequence)).toEqual([4, 5]);
      expect(await store.listAuditHeads(0, 10)).toEqual([head]);
      expect(await store.listAuditRemovals(0, 10)).toEqual([removal]);
      expect(await store.listAuditRemovals(3, 10)).toEqual([]);
      await append(1);
      expect(await recordAt(6)).toMatchObject({ previousHash: (await recordAt(5)).hash });
    });

    it('goes on from the hash of a removed record when nothing else is left', async () => {
      await append(2);
      const head = await headAt(2);
      await sign(head);
      await remove(removalOf(head));
      expect(await store.listAudit(0, 10)).toEqual([]);
      await append(1);
      expect(await store.listAudit(0, 10)).toMatchObject([{ sequence: 3, previousHash: head.hash }]);
    });

    it('removes further from where it stopped', async () => {
      await append(6);
      for (const [sequence, count] of [
        [2, 2],
        [5, 3],
      ] as const) {
        const head = await headAt(sequence);
        await sign(head);
        expect(await remove(removalOf(head, count))).toEqual({ kind: 'committed' });
      }
      expect((await store.listAuditRemovals(0, 10)).map(({ upTo }) => upTo)).toEqual([2, 5]);
      expect((await store.listAudit(0, 10)).map(({ sequence }) => sequence)).toEqual([6]);
    });

    it('removes nothing without a signed head, with another hash or under a wrong count', async () => {
      await append(4);
      const head = await headAt(2);
      await sign(head);
      const unsigned = await recordAt(3);
      expect(await remove({ ...removalOf(head), upTo: 3, hash: unsigned.hash, count: 3 })).toMatchObject(
        conflict('not_found'),
      );
      expect(await remove({ ...removalOf(head), hash: unsigned.hash })).toMatchObject(conflict('not_found'));
      expect(await remove(removalOf(head, 1))).toMatchObject(conflict('version_mismatch'));
      expect(await store.listAudit(0, 10)).toHaveLength(4);
      expect(await store.listAuditRemovals(0, 10)).toEqual([]);
      await remove(removalOf(head));
      expect(await remove(removalOf(head))).toMatchObject(conflict('version_mismatch'));
    });
  });
}
