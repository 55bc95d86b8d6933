import { isOpsError } from '@jamie/core';
import { describe, expect, it } from '@jest/globals';
import { FakeClock } from './fake-clock.ts';

describe('FakeClock', () => {
  it('wakes sleepers in the order of their times, each at its own time', async () => {
    const clock = new FakeClock(1_000);
    const woken: string[] = [];
    const late = clock.sleep(200).then(() => woken.push(`late at ${clock.now()}`));
    const early = clock.sleep(50).then(() => woken.push(`early at ${clock.now()}`));
    await clock.advance(500);
    await Promise.all([late, early]);
    expect(woken).toEqual(['early at 1050', 'late at 1200']);
    expect(clock.now()).toBe(1_500);
  });

  it('runs a loop of sleeps as often as its times come within one advance', async () => {
    const clock = new FakeClock(0);
    const times: number[] = [];
    const loop = (async () => {
      while (times.length < 3) {
        await clock.sleep(10);
        times.push(clock.now());
      }
    })();
    await clock.advance(35);
    await loop;
    expect(times).toEqual([10, 20, 30]);
  });

  it('keeps a sleeper asleep until its whole time has passed', async () => {
    const clock = new FakeClock();
    const sleeping = clock.sleep(100);
    await clock.advance(99);
    expect(clock.sleeping).toBe(1);
    await clock.advance(1);
    await sleeping;
    expect(clock.sleeping).toBe(0);
  });

  it('rejects with cancelled as soon as the signal aborts', async () => {
    const clock = new FakeClock();
    const controller = new AbortController();
    const sleeping = clock.sleep(100, controller.signal).catch((error: unknown) => error);
    controller.abort();
    expect(isOpsError(await sleeping, 'cancelled')).toBe(true);
    expect(clock.sleeping).toBe(0);
  });

  it('tells when enough calls of sleep are waiting', async () => {
    const clock = new FakeClock();
    const two = clock.untilSleeping(2).then(() => clock.sleeping);
    const first = clock.sleep(1);
    const second = clock.sleep(1);
    expect(await two).toBe(2);
    await clock.advance(1);
    await Promise.all([first, second]);
  });
});
