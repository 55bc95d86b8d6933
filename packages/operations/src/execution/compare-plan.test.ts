import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CHECKOUT, OperationsWorld, person } from '../operations-world.fixture.ts';
import { comparePlan } from './compare-plan.ts';

let world: OperationsWorld;

beforeEach(() => {
  world = new OperationsWorld();
});
afterEach(() => world.destroy());

async function liveKindAfter(change: () => void): Promise<string | undefined> {
  const { plan } = await world.proposeScale(5);
  change();
  const { reader } = world.cluster.connect();
  const [compared] = await comparePlan(reader, plan, person('ada').kubernetes, world.context.digest);
  return compared?.live.kind;
}

describe('comparePlan', () => {
  it('tells whether the live object still is what was previewed', async () => {
    const scale = (replicas: number) =>
      world.cluster.edit(CHECKOUT, (object) => Object.assign(object['spec'] as object, { replicas }));
    expect(await liveKindAfter(() => undefined)).toBe('as_previewed');
    expect(await liveKindAfter(() => scale(5))).toBe('in_effect');
    scale(3);
    expect(await liveKindAfter(() => scale(7))).toBe('moved');
  });

  it('tells that the person may not read it', async () => {
    expect(await liveKindAfter(() => world.cluster.blind.add('ada'))).toBe('unreadable');
  });

  it('tells that it is gone', async () => {
    expect(await liveKindAfter(() => world.cluster.remove(CHECKOUT))).toBe('gone');
  });
});
