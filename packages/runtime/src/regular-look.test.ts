import { FakeClock } from '@jamie/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { createRegularLook, type RegularLookOptions } from './regular-look.ts';

let clock: FakeClock;
let begin: number;
let looks: number[];
let failures: string[];

beforeEach(() => {
  clock = new FakeClock();
  begin = clock.now();
  looks = [];
  failures = [];
});

function lookEverySecond(options: Partial<RegularLookOptions> = {}) {
  return createRegularLook({
    clock,
    intervalMs: 1_000,
    look: async () => {
      looks.push(clock.now() - begin);
    },
    failed: ({ message }) => failures.push(message),
    ...options,
  });
}

describe('createRegularLook', () => {
  it('looks once for each interval, from the start until it is stopped', async () => {
    const regular = lookEverySecond();
    await clock.advance(1_000);
    await regular.start();
    for (let second = 0; second < 3; second += 1) await clock.advance(1_000);
    await regular.stop();
    await clock.advance(5_000);
    expect(looks).toEqual([2_000, 3_000, 4_000]);
  });

  it('looks at the start too where it is asked to', async () => {
    const regular = lookEverySecond({ isFirstAtOnce: true });
    await regular.start();
    await clock.advance(1_000);
    await regular.stop();
    expect(looks).toEqual([0, 1_000]);
  });

  it('goes on after a look that failed, and tells what it threw', async () => {
    const look = () => Promise.reject(new Error(`gone at ${clock.now() - begin}`));
    const regular = lookEverySecond({ look, isFirstAtOnce: true });
    await regular.start();
    await clock.advance(1_000);
    await regular.stop();
    expect(failures).toEqual(['gone at 0', 'gone at 1000']);
  });

  it('tells a look that runs to end, waits for it, and takes no failure of it for one', async () => {
    let isOver = false;
    const look = async (signal: AbortSignal) => {
      await clock.sleep(60_000, signal).catch(() => clock.sleep(1_000));
      isOver = true;
      await clock.sleep(1, signal);
    };
    const regular = lookEverySecond({ look, isFirstAtOnce: true });
    await regular.start();
    const stopped = regular.stop().then(() => isOver);
    await clock.advance(1_000);
    expect(await stopped).toBe(true);
    expect(failures).toEqual([]);
  });
});
