import type { KubernetesIdentity } from '@jamie/core';
import { OpsError } from '@jamie/core';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { OperationsWorld, person } from '../operations-world.fixture.ts';

let world: OperationsWorld;

beforeEach(() => {
  world = new OperationsWorld();
});

afterEach(() => world.destroy());

const isInOthers = ({ groups }: KubernetesIdentity) => groups.includes('others');

describe('what the cluster says of a voter while it is found out who they are', () => {
  it.each([
    ['gained the right', isInOthers, 'counted'],
    ['lost the right', (identity: KubernetesIdentity) => !isInOthers(identity), 'refused'],
  ])('counts for nothing where they have %s since', async (_what, mayAccess, kind) => {
    const { plan } = await world.proposeScale(5);
    const { kubernetes, ...bob } = person('bob');
    world.people.becomes({ ...bob, kubernetes: { user: kubernetes.user, groups: ['others'] } });
    world.cluster.mayAccess = mayAccess;
    expect(await world.approve(plan.id, 'bob')).toMatchObject({ kind });
  });

  it('changes nothing for whom nobody knows any more, also where it does not answer', async () => {
    const { plan } = await world.proposeScale(5);
    world.people.forget(person('bob').id, 'I do not know you any more.');
    world.cluster.mayAccess = () => {
      throw new OpsError('unavailable', 'the cluster is away');
    };
    expect(await world.approve(plan.id, 'bob')).toEqual({
      kind: 'refused',
      message: 'I do not know you any more.',
    });
  });
});
