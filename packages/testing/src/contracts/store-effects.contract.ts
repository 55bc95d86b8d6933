import { isOpsError, type PlanId, type Store, type StoreChange } from '@jamie/core';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  aDefaults,
  aDelivery,
  aJobRequest,
  aMessage,
  anIntent,
  aPrincipal,
  aRequest,
} from '../builders/record-builders.ts';
import type { StoreContractOptions, StoreSubject } from './store-subject.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;

/** What hangs on a commit: the outbox, the freeze, the inbox, listeners. */
export function storeEffectsContract({ name, create }: StoreContractOptions): void {
  describe(`Store contract, effects: ${name}`, () => {
    let subject: StoreSubject;
    let store: Store;

    beforeEach(async () => {
      subject = await create();
      store = subject.store;
    });

    afterEach(() => subject.destroy());

    const commit = async (...changes: readonly StoreChange[]) =>
      expect(await store.commit(changes)).toEqual({ kind: 'committed' });

    describe('the outbox', () => {
      const job = (id: string) => aJobRequest({ deduplicationId: id });

      it('lists entries in the order of their commits, up to the limit', async () => {
        await commit({ kind: 'outbox.add', job: job('b') }, { kind: 'outbox.add', job: job('a') });
        await commit({ kind: 'outbox.add', job: job('c') });
        const entries = await store.listOutbox(10);
        expect(entries.map((entry) => entry.job)).toEqual([job('b'), job('a'), job('c')]);
        expect(await store.listOutbox(2)).toEqual(entries.slice(0, 2));
      });

      it('ignores a job that it knows, and keeps the first', async () => {
        await commit({ kind: 'outbox.add', job: job('a') });
        await commit({ kind: 'outbox.add', job: { ...job('a'), runAt: 77 } });
        expect((await store.listOutbox(10)).map((entry) => entry.job)).toEqual([job('a')]);
      });

      it('knows a job for at least a day after it was taken', async () => {
        await commit({ kind: 'outbox.add', job: job('a') });
        await store.removeOutbox((await store.listOutbox(1)).map((entry) => entry.sequence));
        expect(await store.listOutbox(10)).toEqual([]);
        await subject.clock.advance(DAY_MS - 1);
        await commit({ kind: 'outbox.add', job: job('b') });
        await store.removeOutbox((await store.listOutbox(1)).map((entry) => entry.sequence));
        await commit({ kind: 'outbox.add', job: job('a') });
        expect(await store.listOutbox(10)).toEqual([]);
      });

      it('removes nothing but what was named', async () => {
        await commit({ kind: 'outbox.add', job: job('a') }, { kind: 'outbox.add', job: job('b') });
        const [first] = await store.listOutbox(1);
        await store.removeOutbox(first === undefined ? [] : [first.sequence]);
        await store.removeOutbox([]);
        expect((await store.listOutbox(10)).map((entry) => entry.job)).toEqual([job('b')]);
      });
    });

    describe('the freeze', () => {
      const frozen = { frozen: true, reason: 'incident', by: aPrincipal(), at: 5, version: 1 } as const;

      it('is off at version 0 until somebody switches it', async () => {
        expect(await store.readFreeze()).toEqual({ frozen: false, reason: '', at: 0, version: 0 });
        await commit({ kind: 'freeze.expect', version: 0 });
      });

      it('is switched by compare-and-set', async () => {
        await commit({ kind: 'freeze.put', state: frozen, expectedVersion: 0 });
        expect(await store.readFreeze()).toEqual(frozen);
        const again = { kind: 'freeze.put', state: frozen, expectedVersion: 0 } as const;
        expect(await store.commit([again])).toMatchObject({ kind: 'conflict', reason: 'version_mismatch' });
        await commit({
          kind: 'freeze.put',
          state: { frozen: false, reason: 'over', at: 6, version: 2 },
          expectedVersion: 1,
        });
        expect((await store.readFreeze()).frozen).toBe(false);
      });

      it('fails the commit of an effect that was decided before the switch', async () => {
        await commit({ kind: 'freeze.put', state: frozen, expectedVersion: 0 });
        const expectation = { kind: 'freeze.expect', version: 0 } as const;
        const insert = { kind: 'intent.insert', intent: anIntent() } as const;
        expect(await store.commit([insert, expectation])).toEqual({
          kind: 'conflict',
          change: expectation,
          reason: 'version_mismatch',
        });
        expect(await store.listIntents(anIntent().planId)).toEqual([]);
        await commit({ kind: 'freeze.expect', version: 1 });
      });
    });

    describe('the defaults', () => {
      const put = (over: Parameters<typeof aDefaults>[0], expectedVersion: number) =>
        store.commit([{ kind: 'defaults.put', defaults: aDefaults(over), expectedVersion }]);

      it('are none until somebody sets them, and each scope has its own', async () => {
        const channel = aDefaults({ scope: 'channel:T1:C1', cluster: 'prod-eu' });
        expect(await store.findDefaults(channel.scope)).toBeUndefined();
        await commit(
          { kind: 'defaults.put', defaults: channel, expectedVersion: 0 },
          { kind: 'defaults.put', defaults: aDefaults(), expectedVersion: 0 },
        );
        for (const each of [store, await subject.openSecondStore()]) {
          expect(await each.findDefaults(channel.scope)).toEqual(channel);
          expect(await each.findDefaults(aDefaults().scope)).toEqual(aDefaults());
          expect(await each.findDefaults('channel:T1:C2')).toBeUndefined();
        }
      });

      it('are replaced as a whole by compare-and-set', async () => {
        expect(await put({ version: 2 }, 1)).toMatchObject({ kind: 'conflict', reason: 'version_mismatch' });
        await put({}, 0);
        expect(await put({}, 0)).toMatchObject({ kind: 'conflict', reason: 'version_mismatch' });
        const cleared = { scope: aDefaults().scope, version: 2 };
        await commit({ kind: 'defaults.put', defaults: cleared, expectedVersion: 1 });
        expect(await store.findDefaults(cleared.scope)).toEqual(cleared);
      });

      it('let one of many writers of one version win', async () => {
        const results = await Promise.all(['a', 'b', 'c'].map((namespace) => put({ namespace }, 0)));
        expect(results.map((each) => each.kind)).toEqual(['committed', 'conflict', 'conflict']);
        expect((await store.findDefaults(aDefaults().scope))?.namespace).toBe('a');
      });

      it('must carry the version after the expected one', async () => {
        await expect(put({ version: 3 }, 1)).rejects.toMatchObject({ code: 'invalid_input' });
      });
    });

    describe('the inbox', () => {
      it('finishes a delivery with the commit of its request, once', async () => {
        await subject.inbox.put(aDelivery('d1'));
        const changes: readonly StoreChange[] = [
          { kind: 'request.insert', request: aRequest() },
          { kind: 'inbox.finish', id: 'd1' },
        ];
        await commit(...changes);
        expect(await subject.inbox.listOpen(10)).toEqual([]);
        const second: StoreChange = {
          kind: 'request.insert',
          request: aRequest({ id: 'other' as never }),
        };
        expect(await store.commit([second, { kind: 'inbox.finish', id: 'd1' }])).toMatchObject({
          kind: 'conflict',
          reason: 'version_mismatch',
        });
        expect(await store.findRequest('other' as never)).toBeUndefined();
      });

      it('leaves a delivery open when the commit of its request conflicts', async () => {
        await subject.inbox.put(aDelivery('d1'));
        await store.commit([
          { kind: 'inbox.finish', id: 'd1' },
          { kind: 'freeze.expect', version: 9 },
        ]);
        expect(await subject.inbox.listOpen(10)).toEqual([aDelivery('d1')]);
      });

      it('does not finish a delivery that never came', async () => {
        const change = { kind: 'inbox.finish', id: 'd9' } as const;
        expect(await store.commit([change])).toEqual({ kind: 'conflict', change, reason: 'not_found' });
      });
    });

    describe('listeners', () => {
      it('hear of each commit that holds, after it holds, until they leave', async () => {
        const heard: (readonly StoreChange[])[] = [];
        const leave = store.onCommit((changes) => heard.push(changes));
        const changes: readonly StoreChange[] = [{ kind: 'request.insert', request: aRequest() }];
        await store.commit(changes);
        await store.commit(changes);
        await new Promise((resolve) => setImmediate(resolve));
        expect(heard).toEqual([changes]);
        leave();
        await commit({ kind: 'message.insert', message: aMessage() });
        await new Promise((resolve) => setImmediate(resolve));
        expect(heard).toHaveLength(1);
      });
    });

    it('refuses everything with unavailable once it is closed', async () => {
      await store.close();
      await store.close();
      const attempts = [
        store.commit([]),
        store.findPlan('p-00000000' as PlanId),
        store.listAudit(0, 1),
        store.listRecentAudit({ limit: 1 }),
        store.findDefaults('person:U1'),
        store.removeOutbox([1]),
      ];
      for (const result of await Promise.allSettled(attempts)) {
        expect(result.status === 'rejected' && isOpsError(result.reason, 'unavailable')).toBe(true);
      }
    });
  });
}
