import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { OperationsWorld } from './operations-world.fixture.ts';
import { recoverPlans } from './recover-plans.ts';

const QUIET_MS = 60_000;

let world: OperationsWorld;

beforeEach(() => {
  world = new OperationsWorld();
});

afterEach(() => world.destroy());

/** The jobs that a sweep asks for now, by name. */
async function recovered(): Promise<readonly string[]> {
  const before = new Set((await world.store.listOutbox(1_000)).map(({ sequence }) => sequence));
  const count = await recoverPlans(world.context, QUIET_MS);
  const jobs = (await world.store.listOutbox(1_000)).filter(({ sequence }) => !before.has(sequence));
  expect(jobs).toHaveLength(count);
  return jobs.map(({ job }) => job.name);
}

describe('recoverPlans', () => {
  it('leaves a plan alone that may still be decided', async () => {
    const { plan } = await world.proposeScale(5);
    await world.clock.advance(plan.expiresAt - world.clock.now() - 1);
    expect(await recovered()).toEqual([]);
  });

  it('expires a plan whose expiry was lost', async () => {
    const { plan } = await world.proposeScale(5);
    await world.clock.advance(plan.expiresAt - world.clock.now() + QUIET_MS);
    expect(await recovered()).toEqual(['operations.expire']);
    await world.runJobs();
    expect((await world.read(plan.id)).status).toBe('expired');
    expect(await recovered()).toEqual([]);
  });

  it('executes an approved plan whose job was lost, after a while and not before', async () => {
    const { plan } = await world.proposeScale(4);
    await world.approve(plan.id);
    await world.clock.advance(QUIET_MS - 1);
    expect(await recovered()).toEqual([]);
    await world.clock.advance(1);
    expect(await recovered()).toEqual(['operations.execute']);
  });

  it('asks once a minute for the same plan', async () => {
    const { plan } = await world.proposeScale(4);
    await world.approve(plan.id);
    await world.clock.advance(QUIET_MS);
    expect(await recovered()).toHaveLength(1);
    expect(await recoverPlans(world.context, QUIET_MS)).toBe(1);
    const jobs = (await world.store.listOutbox(1_000)).filter(({ job }) =>
      job.deduplicationId.startsWith(`recover:${plan.id}`),
    );
    expect(jobs).toHaveLength(1);
  });
});
