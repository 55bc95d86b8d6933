import { describe, expect, it } from '@jest/globals';
import { systemClock } from './clock.ts';

describe('systemClock', () => {
  it('tells wall-clock milliseconds', () => {
    const before = Date.now();
    expect(systemClock.now()).toBeGreaterThanOrEqual(before);
  });

  it('resolves after the time', async () => {
    await expect(systemClock.sleep(1)).resolves.toBeUndefined();
    await expect(systemClock.sleep(-5)).resolves.toBeUndefined();
  });

  it('rejects with cancelled as soon as the signal aborts, also before it began', async () => {
    const controller = new AbortController();
    const sleep = systemClock.sleep(3_600_000_000, controller.signal);
    controller.abort();
    await expect(sleep).rejects.toMatchObject({ code: 'cancelled' });
    await expect(systemClock.sleep(0, controller.signal)).rejects.toMatchObject({ code: 'cancelled' });
  });
});
