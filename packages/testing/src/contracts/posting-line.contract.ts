import type { MessageId, PostingLine, WaitingPost } from '@jamie/core';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FakeClock } from '../fakes/fake-clock.ts';

/** A line under test. */
export interface PostingLineSubject {
  readonly line: PostingLine;
  /** The same line over a connection of its own, as another process would have; or the line itself. */
  readonly second: PostingLine;
  destroy(): void | Promise<void>;
}

export interface PostingLineContractOptions {
  readonly name: string;
  readonly create: (clock: FakeClock) => PostingLineSubject | Promise<PostingLineSubject>;
}

function post(id: string, traits: Partial<WaitingPost> = {}): WaitingPost {
  return { messageId: id as MessageId, isUrgent: false, mayRollUp: true, ...traits };
}

/** What every PostingLine promises: places in their order, those first for whom somebody waits. */
export function postingLineContract({ name, create }: PostingLineContractOptions): void {
  describe(`PostingLine contract: ${name}`, () => {
    let clock: FakeClock;
    let subject: PostingLineSubject;
    let line: PostingLine;

    beforeEach(async () => {
      clock = new FakeClock();
      subject = await create(clock);
      line = subject.line;
    });

    afterEach(() => subject.destroy());

    it('gives places in the order of coming, and keeps them', async () => {
      expect(await line.wait('C1', post('a'))).toEqual({ ahead: 0, rollable: 1 });
      expect(await subject.second.wait('C1', post('b'))).toEqual({ ahead: 1, rollable: 2 });
      expect(await line.wait('C1', post('a'))).toEqual({ ahead: 0, rollable: 2 });
      expect(await line.wait('C2', post('c'))).toEqual({ ahead: 0, rollable: 1 });
    });

    it('lets what somebody waits for go before the rest', async () => {
      for (const id of ['a', 'b', 'c']) await line.wait('C1', post(id));
      const urgent = { isUrgent: true, mayRollUp: false };
      expect(await line.wait('C1', post('d', urgent))).toEqual({ ahead: 0, rollable: 3 });
      expect(await line.wait('C1', post('e', urgent))).toEqual({ ahead: 1, rollable: 3 });
      expect(await line.wait('C1', post('a'))).toEqual({ ahead: 2, rollable: 3 });
    });

    it('lists what may be rolled up, in its order, up to the limit', async () => {
      await line.wait('C1', post('z'));
      await line.wait('C1', post('u', { mayRollUp: false }));
      await line.wait('C1', post('a'));
      await line.wait('C1', post('m'));
      expect(await subject.second.listRollable('C1', 2)).toEqual(['z', 'a']);
      expect(await line.listRollable('C2', 9)).toEqual([]);
    });

    it('forgets who leaves', async () => {
      for (const id of ['a', 'b', 'c']) await line.wait('C1', post(id));
      await subject.second.leave('C1', ['a', 'b', 'nobody'] as MessageId[]);
      await line.leave('C1', []);
      expect(await line.wait('C1', post('c'))).toEqual({ ahead: 0, rollable: 1 });
    });

    it('is not held up by who never came back', async () => {
      await line.wait('C1', post('dead'));
      await clock.advance(400_000);
      expect(await line.wait('C1', post('b'))).toEqual({ ahead: 1, rollable: 2 });
      await clock.advance(400_000);
      expect(await line.wait('C1', post('b'))).toEqual({ ahead: 0, rollable: 1 });
    });
  });
}
