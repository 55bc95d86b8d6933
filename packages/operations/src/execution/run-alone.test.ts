import type { PlanId } from '@jamie/core';
import { describe, expect, it } from '@jest/globals';
import { createRunAlone } from './run-alone.ts';

const ONE = 'p-00000001' as PlanId;
const OTHER = 'p-00000002' as PlanId;

describe('runs of a plan in one process', () => {
  it('sends the second away until the first has ended', async () => {
    const alone = createRunAlone(700);
    const first = Promise.withResolvers<void>();
    const runs: string[] = [];
    const running = alone(ONE, () => first.promise.then(() => void runs.push('first')));
    const second = alone(ONE, async () => void runs.push('second'));
    await expect(second).rejects.toMatchObject({ code: 'unavailable', retryable: true, retryAfterMs: 700 });
    first.resolve();
    await running;
    await alone(ONE, async () => void runs.push('third'));
    expect(runs).toEqual(['first', 'third']);
  });

  it('lets other plans run meanwhile, and goes on after a run that failed', async () => {
    const alone = createRunAlone(700);
    await alone(ONE, () => alone(OTHER, async () => undefined));
    await expect(alone(ONE, () => Promise.reject(new Error('cut off')))).rejects.toThrow('cut off');
    await expect(alone(ONE, async () => undefined)).resolves.toBeUndefined();
  });
});
