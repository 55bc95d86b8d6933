import { OpsError } from '@jamie/core';
import { FakeClock, FakePostingPace } from '@jamie/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { methodRate } from './method-tiers.ts';
import { createPostSpacer } from './post-spacer.ts';
import { createSlackCalls, type SlackCalls } from './slack-calls.ts';

let clock: FakeClock;
let pace: FakePostingPace;

beforeEach(() => {
  clock = new FakeClock();
  pace = new FakePostingPace(clock);
});

/** As another process has them: only the pace is shared. */
function calls(teamId = 'T1'): SlackCalls {
  const spacer = createPostSpacer(clock, 1_000);
  return createSlackCalls({ teamId, pace, clock, spacer, spacingMs: 1_000 });
}

const limited = (retryAfterMs: number) => () =>
  Promise.reject(new OpsError('rate_limited', 'slow down', { retryAfterMs }));
const done = async () => 'done';

describe('methodRate', () => {
  it('stays below what Slack allows even in the worst minute', () => {
    const { intervalMs, burst } = methodRate('chat.update');
    expect(burst + 60_000 / intervalMs).toBeLessThanOrEqual(40);
    expect(intervalMs).toBe(2_000);
  });
});

describe('the calls of all processes', () => {
  it('wait as long as Slack asks, for that method and workspace alone', async () => {
    await expect(calls().call('chat.update', limited(30_000))).rejects.toMatchObject({
      code: 'rate_limited',
      retryAfterMs: 30_000,
    });
    await expect(calls().call('chat.update', done)).rejects.toMatchObject({ retryAfterMs: 30_000 });
    expect(await calls().call('chat.delete', done)).toBe('done');
    expect(await calls('T2').call('chat.update', done)).toBe('done');
    await clock.advance(30_000);
    expect(await calls().call('chat.update', done)).toBe('done');
  });

  it('sleep out a short pause within the job', async () => {
    await pace.pause('T1:chat.update:pause', 2_000);
    const call = calls().call('chat.update', done);
    await clock.untilSleeping();
    await clock.advance(2_000);
    expect(await call).toBe('done');
  });

  it('name how long to wait when their share of a method is used up, and ask Slack nothing', async () => {
    let made = 0;
    const count = async () => {
      made += 1;
    };
    const { burst } = methodRate('chat.update');
    for (let index = 0; index < burst; index += 1) await calls().call('chat.update', count);
    const waiting = calls().call('chat.update', count);
    await clock.untilSleeping();
    await expect(calls().call('chat.update', count)).rejects.toMatchObject({ retryAfterMs: 4_000 });
    await clock.advance(2_000);
    await waiting;
    expect(made).toBe(burst + 1);
  });

  it('do not post together when a pause ends', async () => {
    await pace.pause('T1:chat.postMessage:pause', 1_000);
    const posts = await Promise.allSettled([1, 2, 3].map(() => calls().call('chat.postMessage', done)));
    expect(posts.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  });
});

describe('the turns to post in a channel', () => {
  it('come one second apart, whichever process takes them', async () => {
    const at: number[] = [];
    const startedAt = clock.now();
    const turns = [1, 2, 3, 4].map(async () => {
      await calls().takePostTurn('C1', true);
      at.push(clock.now() - startedAt);
    });
    await clock.advance(5_000);
    await Promise.all(turns);
    expect(at).toEqual([0, 1_000, 2_000, 3_000]);
  });

  it('are kept for what somebody waits for', async () => {
    const [first, second] = [calls().takePostTurn('C1', true), calls().takePostTurn('C1', true)];
    await first;
    await expect(calls().takePostTurn('C1', false)).rejects.toMatchObject({
      code: 'rate_limited',
      retryAfterMs: 2_000,
      details: { waitsFor: 'channel' },
    });
    expect(await calls().findPostWait('C1', false)).toBe(2_000);
    expect(await calls().findPostWait('C1', true)).toBe(0);
    expect(await calls().findPostWait('C2', false)).toBe(0);
    await clock.advance(1_000);
    await second;
  });
});

describe('a process that was held up', () => {
  it('keeps its posts apart although the times of all have come', async () => {
    const spacer = createPostSpacer(clock, 1_000);
    const at: number[] = [];
    const startedAt = clock.now();
    const posts = [1, 2, 3].map(async () => {
      await spacer.space('T1:C1');
      at.push(clock.now() - startedAt);
    });
    await clock.advance(3_000);
    await Promise.all(posts);
    expect(at).toEqual([0, 1_000, 2_000]);
  });
});
