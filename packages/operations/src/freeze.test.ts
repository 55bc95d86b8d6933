import { BUILT_IN_POLICY } from '@jamie/policy';
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
      if (reads === 1) world.context.store.commit([freezeChange()]).catch(() => undefined);
    };
    await world.runJobs();
    expect(world.cluster.writes).toEqual([]);
    expect(await world.read(plan.id)).toMatchObject({ status: 'approved' });
  });

  function freezeChange() {
    const state = { frozen: true, reason: 'incident', by, at: 1, version: 1 };
    return { kind: 'freeze.put', expectedVersion: 0, state } as const;
  }

  describe('under a policy that says who', () => {
    const sre = { ...person('eve'), teams: ['sre'] };
    const asked = (frozen: boolean, principal = by) =>
      operations().freeze(frozen, principal, 'incident', 'x_f' as never);
    const operations = () =>
      world.another('worker-1', {
        policy: { current: () => ({ ...BUILT_IN_POLICY, freeze: { thawTeams: ['sre'] } }) },
      });
    const refusals = async () => {
      const records = await world.store.listAudit(0, 100);
      const refused = records.filter(({ entry }) => entry.kind === 'unfreeze.refused');
      return refused.map(({ entry }) => [entry.actor, entry.details]);
    };

    it('stays frozen for others than whoever froze it and the teams, and keeps the refusal on the record', async () => {
      await asked(true);
      expect(await asked(false, person('bob'))).toEqual({
        kind: 'refused',
        message: 'ada, who froze them, and people in sre may lift it.',
      });
      expect((await world.store.readFreeze()).frozen).toBe(true);
      expect(await refusals()).toEqual([['slack:T1:bob', { reason: 'other_team' }]]);
      expect(await asked(false)).toMatchObject({ kind: 'switched' });
    });

    it('is lifted by the people of the team, as they are at that moment', async () => {
      await asked(true);
      world.people.becomes({ ...sre, teams: [] });
      expect(await asked(false, sre)).toMatchObject({ kind: 'refused' });
      world.people.becomes(sre);
      expect(await asked(false, { ...sre, teams: [] })).toMatchObject({ kind: 'switched' });
    });

    it('can be stopped by anybody although nobody can be looked at, and is not lifted meanwhile', async () => {
      world.people.isAway = true;
      expect(await asked(true)).toMatchObject({ kind: 'switched' });
      expect(await asked(false)).toMatchObject({
        kind: 'refused',
        message: expect.stringContaining('who you are'),
      });
      expect(await operations().readFreeze()).toMatchObject({ state: { frozen: true } });
    });
  });

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
