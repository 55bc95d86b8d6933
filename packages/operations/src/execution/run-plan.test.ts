import { OpsError, type PlanId } from '@jamie/core';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { OperationsWorld, TIMING } from '../operations-world.fixture.ts';
import { createRunPlan, type RunPlan } from './run-plan.ts';

const ONE = 'p-00000001' as PlanId;
const OTHER = 'p-00000002' as PlanId;

let world: OperationsWorld;
let run: RunPlan;

beforeEach(() => {
  world = new OperationsWorld();
  run = createRunPlan(world.context);
});

afterEach(() => world.destroy());

describe('runs of a plan in one process', () => {
  it('sends the second away until the first has ended', async () => {
    const first = Promise.withResolvers<void>();
    const runs: string[] = [];
    const running = run(ONE, () => first.promise.then(() => void runs.push('first')));
    const second = run(ONE, async () => void runs.push('second'));
    await expect(second).rejects.toMatchObject({
      code: 'unavailable',
      retryable: true,
      retryAfterMs: TIMING.leaseMs,
    });
    first.resolve();
    await running;
    await run(ONE, async () => void runs.push('third'));
    expect(runs).toEqual(['first', 'third']);
  });

  it('lets other plans run meanwhile, and goes on after a run that failed', async () => {
    await run(ONE, () => run(OTHER, async () => undefined));
    await expect(run(ONE, () => Promise.reject(new Error('cut off')))).rejects.toThrow('cut off');
    await expect(run(ONE, async () => undefined)).resolves.toBeUndefined();
  });

  it('tells the failure of the work, also where the store is away and nothing can be recorded of it', async () => {
    const { plan } = await world.proposeScale(5);
    await world.approve(plan.id, 'bob');
    world.store.findPlan = () => Promise.reject(new OpsError('unavailable', 'the store is away'));
    const away = new OpsError('unavailable', 'the cluster is away');
    await expect(run(plan.id, () => Promise.reject(away))).rejects.toBe(away);
  });
});
