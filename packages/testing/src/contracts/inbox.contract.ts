import type { Inbox } from '@jamie/core';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aDelivery } from '../builders/record-builders.ts';
import { inboxClaimsContract } from './inbox-claims.contract.ts';
import type { StoreContractOptions, StoreSubject } from './store-subject.ts';

/** What every Inbox promises: durable, each delivery once, in order, from several connections. */
export function inboxContract(options: StoreContractOptions): void {
  const { name, create } = options;
  inboxClaimsContract(options);
  describe(`Inbox contract: ${name}`, () => {
    let subject: StoreSubject;
    let inbox: Inbox;

    beforeEach(async () => {
      subject = await create();
      inbox = subject.inbox;
    });

    afterEach(() => subject.destroy());

    it('gives back open deliveries as they came, oldest first, up to the limit', async () => {
      for (const id of ['c', 'a', 'b']) expect(await inbox.put(aDelivery(id))).toBe('stored');
      expect(await inbox.listOpen(10)).toEqual(['c', 'a', 'b'].map((id) => aDelivery(id)));
      expect((await inbox.listOpen(2)).map((each) => each.id)).toEqual(['c', 'a']);
    });

    it('knows a delivery again by any one of its keys', async () => {
      await inbox.put(aDelivery('a', { keys: ['event:1', 'message:1'] }));
      expect(await inbox.put(aDelivery('b', { keys: ['event:1', 'message:2'] }))).toBe('duplicate');
      expect(await inbox.put(aDelivery('c', { keys: ['event:3', 'message:1'] }))).toBe('duplicate');
      expect(await inbox.put(aDelivery('d', { keys: ['event:4', 'message:4'] }))).toBe('stored');
      expect((await inbox.listOpen(10)).map((each) => each.id)).toEqual(['a', 'd']);
    });

    it('keeps none of the keys of a duplicate', async () => {
      await inbox.put(aDelivery('a', { keys: ['event:1'] }));
      await inbox.put(aDelivery('b', { keys: ['event:1', 'message:9'] }));
      expect(await inbox.put(aDelivery('c', { keys: ['message:9'] }))).toBe('stored');
    });

    it('takes a delivery that names one key twice', async () => {
      expect(await inbox.put(aDelivery('a', { keys: ['event:1', 'event:1'] }))).toBe('stored');
    });

    it('refuses a delivery without a key, since it could never be known again', async () => {
      await expect(inbox.put(aDelivery('a', { keys: [] }))).rejects.toMatchObject({
        code: 'invalid_input',
      });
    });

    it('still knows a delivery that was finished', async () => {
      await inbox.put(aDelivery('a'));
      await subject.store.commit([{ kind: 'inbox.finish', id: 'a' }]);
      expect(await inbox.listOpen(10)).toEqual([]);
      expect(await inbox.put(aDelivery('a'))).toBe('duplicate');
    });

    it('stores a delivery that reaches two connections at once exactly once', async () => {
      const second = await subject.openSecondInbox();
      for (let round = 0; round < 20; round += 1) {
        const delivery = aDelivery(`d${round}`);
        const results = await Promise.all([
          inbox.put(delivery),
          second.put({ ...delivery, id: `again${round}` }),
        ]);
        expect(results.toSorted()).toEqual(['duplicate', 'stored']);
      }
      expect(await inbox.listOpen(100)).toHaveLength(20);
      expect(await second.listOpen(100)).toEqual(await inbox.listOpen(100));
    });

    it('refuses everything with unavailable once it is closed', async () => {
      await inbox.close();
      await expect(inbox.put(aDelivery('a'))).rejects.toMatchObject({ code: 'unavailable' });
      await expect(inbox.listOpen(1)).rejects.toMatchObject({ code: 'unavailable' });
    });
  });
}
