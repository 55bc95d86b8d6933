import { isOpsError } from '@jamie/core';
import { FakeClock } from '@jamie/testing';
import { describe, expect, it } from '@jest/globals';
import { type Admission, RetryGate } from './retry-gate.ts';

const KINDS = 13;
const never = new AbortController().signal;

/** Many informers that enter, get the given outcome, and enter again, for so long. Returns when each entered. */
async function entries(
  clock: FakeClock,
  gate: RetryGate,
  outcome: (entry: Admission, index: number) => void,
  forMs: number,
) {
  const times: number[] = [];
  const startsAt = clock.now();
  const run = async () => {
    for (;;) {
      const entry = await gate.enter(never);
      times.push(clock.now() - startsAt);
      outcome(entry, times.length);
    }
  };
  const ended = Promise.allSettled(Array.from({ length: KINDS }, run));
  for (let passedMs = 0; passedMs < forMs; passedMs += 100) await clock.advance(100);
  gate.close();
  await clock.advance(10_000);
  await ended;
  return times.filter((time) => time <= forMs);
}

describe('RetryGate', () => {
  it('lets everybody pass at once as soon as the first request has succeeded', async () => {
    const clock = new FakeClock();
    const gate = new RetryGate(clock, () => 0.5);
    const first = await gate.enter(never);
    const others = Promise.all([gate.enter(never), gate.enter(never)]);
    first.succeeded();
    await others;
    expect(clock.sleeping).toBe(0);
  });

  it('sends at most two requests a second while the cluster fails, and never stops', async () => {
    const clock = new FakeClock();
    const times = await entries(clock, new RetryGate(clock, Math.random), (entry) => entry.failed(0), 60_000);
    for (let second = 0; second < 60; second += 1) {
      const within = times.filter((time) => time >= second * 1_000 && time < (second + 1) * 1_000);
      expect(within.length).toBeLessThanOrEqual(2);
    }
    expect(times.filter((time) => time > 55_000)).not.toHaveLength(0);
  });

  it('tries at least every five seconds, so that a cluster that is back is noticed', async () => {
    const clock = new FakeClock();
    const times = await entries(clock, new RetryGate(clock, () => 1), (entry) => entry.failed(0), 120_000);
    for (const [index, time] of times.entries())
      expect((times[index + 1] ?? time) - time).toBeLessThanOrEqual(5_000);
  });

  it('waits as long as the server asks', async () => {
    const clock = new FakeClock();
    const gate = new RetryGate(clock, () => 0);
    (await gate.enter(never)).failed(7_000);
    let entered = false;
    const next = gate.enter(never).then(() => {
      entered = true;
    });
    await clock.advance(6_900);
    expect(entered).toBe(false);
    await clock.advance(200);
    await next;
    expect(entered).toBe(true);
  });

  it('counts requests that fail together as one failure', async () => {
    const clock = new FakeClock();
    const gate = new RetryGate(clock, () => 0);
    (await gate.enter(never)).succeeded();
    const together = await Promise.all(Array.from({ length: KINDS }, () => gate.enter(never)));
    for (const entry of together) entry.failed(0);
    const next = gate.enter(never);
    await clock.advance(501);
    expect(await next).toBeDefined();
  });

  it('ends with cancelled once it is closed or the signal aborts', async () => {
    const clock = new FakeClock();
    const gate = new RetryGate(clock, () => 0);
    await gate.enter(never);
    const waiting = gate.enter(never).catch((error: unknown) => error);
    gate.close();
    expect(isOpsError(await waiting, 'cancelled')).toBe(true);
    const aborted = await gate.enter(AbortSignal.abort()).catch((error: unknown) => error);
    expect(isOpsError(aborted, 'cancelled')).toBe(true);
  });
});
