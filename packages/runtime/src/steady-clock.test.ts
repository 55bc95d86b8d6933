import { FakeClock } from '@jamie/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { createSteadyClock, type SteadyClock } from './steady-clock.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

describe('createSteadyClock', () => {
  let machine: FakeClock;
  let steady: SteadyClock;
  let startedAt: number;

  beforeEach(() => {
    machine = new FakeClock();
    steady = createSteadyClock(machine);
    startedAt = steady.now();
  });

  it('tells what the machine tells while nobody sets that', async () => {
    await machine.advance(MINUTE_MS);
    expect(steady.now()).toBe(machine.now());
  });

  it.each([10, -10])(
    'runs on evenly when the machine is set by %i minutes, and comes nearer',
    async (minutes) => {
      machine.set(minutes * MINUTE_MS);
      expect(steady.now()).toBe(startedAt);
      await machine.advance(MINUTE_MS);
      const towards = Math.sign(minutes) * 6_000;
      expect(steady.now()).toBe(startedAt + MINUTE_MS + towards);
      for (let count = 0; count < 100; count += 1) {
        await machine.advance(MINUTE_MS);
        steady.now();
      }
      expect(steady.now()).toBe(machine.now());
    },
  );

  it('is never set back by less than an hour, however often the machine is', async () => {
    let before = steady.now();
    for (let count = 0; count < 50; count += 1) {
      machine.set(count % 2 === 0 ? -20 * MINUTE_MS : 20 * MINUTE_MS);
      await machine.advance(100);
      expect(steady.now()).toBeGreaterThanOrEqual(before);
      before = steady.now();
    }
  });

  it('believes a machine that has slept for longer than an hour', () => {
    machine.set(2 * HOUR_MS);
    expect(steady.now()).toBe(machine.now());
  });

  it('is not before what others have recorded, within the hour', () => {
    steady.notBefore(startedAt + 10 * MINUTE_MS);
    expect(steady.now()).toBe(startedAt + 10 * MINUTE_MS);
    steady.notBefore(startedAt);
    steady.notBefore(startedAt + 3 * HOUR_MS);
    expect(steady.now()).toBe(startedAt + 10 * MINUTE_MS);
  });
});
