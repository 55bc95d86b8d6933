import { FakeClock } from '@jamie/testing';
import { describe, expect, it } from '@jest/globals';
import { createRegularLook } from './regular-look.ts';

function lookEvery(intervalMs: number, isFirstAtOnce = false) {
  const clock = new FakeClock();
  const looks: number[] = [];
  const look = async () => {
    looks.push(clock.now() - begin);
  };
  const begin = clock.now();
  return { clock, looks, regular: createRegularLook({ clock, intervalMs, look, isFirstAtOnce }) };
}

describe('createRegularLook', () => {
  it('looks once for each interval, from the start until it is stopped', async () => {
    const { clock, looks, regular } = lookEvery(1_000);
    await clock.advance(1_000);
    await regular.start();
    for (let second = 0; second < 3; second += 1) await clock.advance(1_000);
    await regular.stop();
    await clock.advance(5_000);
    expect(looks).toEqual([2_000, 3_000, 4_000]);
  });

  it('looks at the start too where it is asked to', async () => {
    const { clock, looks, regular } = lookEvery(1_000, true);
    await regular.start();
    await clock.advance(1_000);
    await regular.stop();
    expect(looks).toEqual([0, 1_000]);
  });

  it('tells at its stop what ended it', async () => {
    const clock = new FakeClock();
    const look = () => Promise.reject(new Error('gone'));
    const regular = createRegularLook({ clock, intervalMs: 1_000, look, isFirstAtOnce: true });
    await regular.start();
    await expect(regular.stop()).rejects.toThrow('gone');
  });
});
