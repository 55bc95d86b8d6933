import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { OperationsWorld, person, TIMING } from './operations-world.fixture.ts';

let world: OperationsWorld;

beforeEach(() => {
  world = new OperationsWorld();
});

afterEach(() => world.destroy());

describe('freeze', () => {
  const by = person('ada');
  const freeze = (frozen: boolean) => world.operations.freeze(frozen, by, 'incident', 'x_f' as never);

  it('holds approved plans, and starts them when it is lifted', async () => {
    const { plan } = await world.proposeScale(5);
    await freeze(true);
    await world.approve(plan.id);
    await world.runJobs();
    expect(await world.read(plan.id)).toMatchObject({
      status: 'approved',
      reason: expect.stringContaining('incident'),
    });
    expect(world.cluster.writes).toEqual([]);
    await freeze(false);
    await world.runJobs();
    expect(world.cluster.writes).toHaveLength(1);
  });

  it('stops an effect that was about to be sent', async () => {
    const { plan } = await world.proposeScale(5);
    await world.approve(plan.id);
    let reads = 0;
    world.cluster.beforeRead = () => {
      reads += 1;
      if (reads === 2) world.context.store.commit([freezeChange()]).catch(() => undefined);
    };
    await world.runJobs();
    expect(world.cluster.writes).toEqual([]);
    expect(await world.read(plan.id)).toMatchObject({ status: 'approved' });
  });

  function freezeChange() {
    const state = { frozen: true, reason: 'incident', by, at: 1, version: 1 };
    return { kind: 'freeze.put', expectedVersion: 0, state } as const;
  }

  it('never stops a rollback that is under way', async () => {
    const { plan } = await world.proposeScale(5);
    await world.approve(plan.id);
    await world.runJobs();
    await world.live(TIMING.verifyWithinMs + 1_000, false);
    await freeze(true);
    await world.live(TIMING.verifyWithinMs);
    expect(await world.read(plan.id)).toMatchObject({ status: 'rolled_back' });
  });
});
