import type { KubernetesIdentity } from '@jamie/core';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { OperationsWorld, person } from '../operations-world.fixture.ts';

let world: OperationsWorld;

beforeEach(() => {
  world = new OperationsWorld();
});

afterEach(() => world.destroy());

const isInOthers = ({ groups }: KubernetesIdentity) => groups.includes('others');

describe('what the cluster says of a voter', () => {
  it.each([
    ['gained the right', isInOthers, 'counted'],
    ['lost the right', (identity: KubernetesIdentity) => !isInOthers(identity), 'refused'],
  ])(
    'is about who they are now where they have %s since the card was shown',
    async (_what, mayAccess, kind) => {
      const { plan } = await world.proposeScale(5);
      const { kubernetes, ...bob } = person('bob');
      world.people.becomes({ ...bob, kubernetes: { user: kubernetes.user, groups: ['others'] } });
      world.cluster.mayAccess = mayAccess;
      expect(await world.approve(plan.id, 'bob')).toMatchObject({ kind });
    },
  );

  it('is not asked about somebody whom nobody knows any more', async () => {
    const { plan } = await world.proposeScale(5);
    world.people.forget(person('bob').id, 'I do not know you any more.');
    const asked: KubernetesIdentity[] = [];
    world.cluster.mayAccess = (identity) => asked.push(identity) > 0;
    expect(await world.approve(plan.id, 'bob')).toMatchObject({ kind: 'refused' });
    expect(asked).toEqual([]);
  });
});
