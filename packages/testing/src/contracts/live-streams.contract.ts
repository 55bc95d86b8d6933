import type { LiveStream, LiveStreams, RequestId } from '@jamie/core';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

/** Live streams under test. */
export interface LiveStreamsSubject {
  readonly streams: LiveStreams;
  /** Others on the same data, as another process would have. */
  openSecond(): Promise<LiveStreams>;
  /** Closes everything and removes the data. */
  destroy(): Promise<void>;
}

export interface LiveStreamsContractOptions {
  readonly name: string;
  readonly create: () => Promise<LiveStreamsSubject>;
}

function aStream(ts: string, startedAt: number, traits: Partial<LiveStream> = {}): LiveStream {
  const requestId = 'r_1' as RequestId;
  return { requestId, teamId: 'T1', channelId: 'C1', threadTs: '1.0', ts, startedAt, ...traits };
}

/** What every LiveStreams promises: a stream is there until one caller, and one alone, has removed it. */
export function liveStreamsContract({ name, create }: LiveStreamsContractOptions): void {
  describe(`LiveStreams contract: ${name}`, () => {
    let subject: LiveStreamsSubject;
    let streams: LiveStreams;

    beforeEach(async () => {
      subject = await create();
      streams = subject.streams;
    });

    afterEach(() => subject.destroy());

    it('gives back the streams of a request, oldest first, and none of another', async () => {
      const [first, second] = [aStream('2.0', 10), aStream('1.0', 20)];
      await streams.add(second);
      await streams.add(aStream('3.0', 5, { requestId: 'r_2' as RequestId }));
      await streams.add(first);
      expect(await streams.listOf('r_1' as RequestId)).toEqual([first, second]);
      expect(await streams.listOf('r_9' as RequestId)).toEqual([]);
    });

    it('lists what was started before a time, oldest first, up to the limit', async () => {
      for (const at of [30, 10, 20]) await streams.add(aStream(`${at}.0`, at));
      const startedAt = (found: readonly LiveStream[]) => found.map((stream) => stream.startedAt);
      expect(startedAt(await streams.listStartedBefore(30, 10))).toEqual([10, 20]);
      expect(startedAt(await streams.listStartedBefore(31, 2))).toEqual([10, 20]);
    });

    it('keeps a stream as it was first added', async () => {
      await streams.add(aStream('1.0', 10));
      await streams.add(aStream('1.0', 99));
      expect(await streams.listOf('r_1' as RequestId)).toEqual([aStream('1.0', 10)]);
    });

    it('tells streams of one time in different channels apart', async () => {
      await streams.add(aStream('1.0', 10));
      await streams.add(aStream('1.0', 11, { channelId: 'C2' }));
      expect(await streams.remove('C2', '1.0')).toBe(true);
      expect(await streams.listOf('r_1' as RequestId)).toEqual([aStream('1.0', 10)]);
    });

    it('lets one of two who remove a stream at once know that it was they', async () => {
      const second = await subject.openSecond();
      for (let round = 0; round < 20; round += 1) {
        await streams.add(aStream(`${round}.0`, round));
        const removed = await Promise.all([streams, second].map((each) => each.remove('C1', `${round}.0`)));
        expect(removed.toSorted()).toEqual([false, true]);
      }
      expect(await second.listOf('r_1' as RequestId)).toEqual([]);
    });

    it('shows what was added to everybody at once', async () => {
      const second = await subject.openSecond();
      await streams.add(aStream('1.0', 10));
      expect(await second.listOf('r_1' as RequestId)).toEqual([aStream('1.0', 10)]);
    });
  });
}
