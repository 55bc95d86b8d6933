import type { ClaimedDelivery, Inbox } from '@jamie/core';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aDelivery } from '../builders/record-builders.ts';
import type { StoreContractOptions, StoreSubject } from './store-subject.ts';

const LEASE_MS = 3_000;
const LOOKS = 4;
const TEN_MINUTES_MS = 600_000;

/** What every Inbox promises of claims: one living owner for each delivery, and none for ever. */
export function inboxClaimsContract({ name, create }: StoreContractOptions): void {
  describe(`Inbox claims contract: ${name}`, () => {
    let subject: StoreSubject;
    let one: Inbox;
    let other: Inbox;

    beforeEach(async () => {
      subject = await create();
      one = subject.inbox;
      other = await subject.openSecondInbox();
    });

    afterEach(() => subject.destroy());

    const put = async (id: string, lane = id) => one.put(aDelivery(id, { lane }));
    const finish = (id: string) => subject.store.commit([{ kind: 'inbox.finish', id }]);
    const claimOne = async (limit = 10) => idsOf(await one.claim('one', limit, LEASE_MS));
    const claimOther = async (limit = 10) => idsOf(await other.claim('other', limit, LEASE_MS));

    /** Lets a lease pass while the other one looks again and again; returns what it was given. */
    async function watchALease(): Promise<readonly string[]> {
      const claimed: string[] = [];
      for (let look = 0; look < LOOKS; look += 1) {
        await subject.clock.advance(LEASE_MS / LOOKS);
        claimed.push(...(await claimOther()));
      }
      return claimed;
    }

    it('gives each delivery to one owner, oldest first, up to the limit', async () => {
      for (const id of ['c', 'a', 'b']) await put(id);
      expect(await claimOne(2)).toEqual(['c', 'a']);
      expect(await claimOther()).toEqual(['b']);
      expect(await claimOne()).toEqual([]);
    });

    it('gives whole deliveries, and says which ones nobody has held before', async () => {
      await put('a');
      expect(await one.claim('one', 1, LEASE_MS)).toEqual([
        { delivery: aDelivery('a', { lane: 'a' }), isRepeat: false },
      ]);
      await one.release('one');
      expect(await other.claim('other', 1, LEASE_MS)).toEqual([
        { delivery: aDelivery('a', { lane: 'a' }), isRepeat: true },
      ]);
    });

    it('gives nothing to two connections that claim at once', async () => {
      for (let round = 0; round < 20; round += 1) await put(`d${round}`);
      const claimed = (await Promise.all([claimOne(), claimOther(), claimOne(), claimOther()])).flat();
      expect(new Set(claimed).size).toBe(20);
      expect(claimed).toHaveLength(20);
    });

    it('keeps the order of a lane: nobody overtakes what another holds in it', async () => {
      await put('a1', 'a');
      expect(await claimOne()).toEqual(['a1']);
      await put('a2', 'a');
      await put('b1', 'b');
      expect(await claimOther()).toEqual(['b1']);
      expect(await claimOne()).toEqual(['a2']);
      await finish('a1');
      await put('a3', 'a');
      expect(await claimOther()).toEqual([]);
      await finish('a2');
      expect(await claimOther()).toEqual(['a3']);
    });

    it('takes deliveries without a lane for one lane', async () => {
      await one.put(aDelivery('a'));
      expect(await claimOne()).toEqual(['a']);
      await one.put(aDelivery('b'));
      expect(await claimOther()).toEqual([]);
    });

    it('gives what a dead owner held to another after a lease of watching, and never before', async () => {
      await put('a');
      await claimOne();
      await subject.clock.advance(LEASE_MS);
      // Seen for the first time: its owner may have renewed it just now.
      expect(await claimOther()).toEqual([]);
      for (let look = 1; look < LOOKS; look += 1) {
        await subject.clock.advance(LEASE_MS / LOOKS);
        expect(await claimOther()).toEqual([]);
      }
      await subject.clock.advance(LEASE_MS / LOOKS);
      expect(await other.claim('other', 10, LEASE_MS)).toMatchObject([{ isRepeat: true }]);
      expect(await one.renew('one', LEASE_MS)).toEqual(new Set());
    });

    it('leaves a delivery with an owner that renews, however long it takes', async () => {
      await put('a');
      await claimOne();
      for (let round = 0; round < 6; round += 1) {
        await subject.clock.advance(LEASE_MS / 2);
        expect(await one.renew('one', LEASE_MS)).toEqual(new Set(['a']));
        expect(await claimOther()).toEqual([]);
      }
    });

    it.each([
      ['forward', TEN_MINUTES_MS],
      ['back', -TEN_MINUTES_MS],
    ])('ends no claim of a living owner when the clock is set %s', async (_direction, byMs) => {
      await put('a');
      await claimOne();
      expect(await claimOther()).toEqual([]);
      subject.clock.set(byMs);
      expect(await claimOther()).toEqual([]);
      await subject.clock.advance(LEASE_MS / 2);
      await one.renew('one', LEASE_MS);
      await subject.clock.advance(LEASE_MS / 2);
      expect(await claimOther()).toEqual([]);
    });

    it.each([
      ['forward', TEN_MINUTES_MS],
      ['back', -TEN_MINUTES_MS],
    ])('gives up on a dead owner as soon as ever when the clock is set %s', async (_direction, byMs) => {
      await put('a');
      await claimOne();
      expect(await claimOther()).toEqual([]);
      subject.clock.set(byMs);
      expect(await watchALease()).toEqual(['a']);
    });

    it('gives what an owner releases to the next one at once, but not what it has finished', async () => {
      await put('a');
      await put('b');
      await claimOne();
      await finish('a');
      await one.release('one');
      expect(await claimOther()).toEqual(['b']);
    });

    it('lets nobody renew or release what belongs to another', async () => {
      await put('a');
      await claimOne();
      expect(await other.renew('other', LEASE_MS)).toEqual(new Set());
      await other.release('other');
      expect(await claimOther()).toEqual([]);
      expect(await one.renew('one', LEASE_MS)).toEqual(new Set(['a']));
    });

    it('refuses claims with unavailable once it is closed', async () => {
      await one.close();
      await expect(one.claim('one', 1, LEASE_MS)).rejects.toMatchObject({ code: 'unavailable' });
      await expect(one.renew('one', LEASE_MS)).rejects.toMatchObject({ code: 'unavailable' });
      await expect(one.release('one')).rejects.toMatchObject({ code: 'unavailable' });
    });
  });
}

function idsOf(claimed: readonly ClaimedDelivery[]): readonly string[] {
  return claimed.map(({ delivery }) => delivery.id);
}
