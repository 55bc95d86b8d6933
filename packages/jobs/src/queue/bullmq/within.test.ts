import { FakeClock } from '@jamie/testing';
import { describe, expect, it } from '@jest/globals';
import { within } from './within.ts';

describe('within', () => {
  it('gives the result of what ends in time, and leaves no timer behind', async () => {
    const clock = new FakeClock();
    await expect(within(clock, 1_000, Promise.resolve('done'))).resolves.toBe('done');
    expect(clock.sleeping).toBe(0);
  });

  it('passes on the error of what fails in time', async () => {
    const clock = new FakeClock();
    await expect(within(clock, 1_000, Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(clock.sleeping).toBe(0);
  });

  it('throws unavailable when nothing comes', async () => {
    const clock = new FakeClock();
    const waiting = within(clock, 1_000, new Promise(() => undefined));
    const told = expect(waiting).rejects.toMatchObject({ code: 'unavailable', details: { limitMs: 1_000 } });
    await clock.advance(1_000);
    await told;
  });
});
