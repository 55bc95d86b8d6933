import { FakeClock } from '@jamie/testing';
import { describe, expect, it } from '@jest/globals';
import { Doorbell } from './doorbell.ts';

describe('Doorbell', () => {
  it('ends a wait at once when it rings', async () => {
    const clock = new FakeClock();
    const bell = new Doorbell(clock);
    const waiting = bell.wait(1_000);
    bell.ring();
    await waiting;
    expect(clock.sleeping).toBe(0);
  });

  it('keeps one ring that came too early, and only one', async () => {
    const clock = new FakeClock();
    const bell = new Doorbell(clock);
    bell.ring();
    bell.ring();
    await bell.wait(1_000);
    const second = bell.wait(1_000);
    expect(clock.sleeping).toBe(1);
    await clock.advance(1_000);
    await second;
  });
});
