import type { SuggestionQuery } from '@jamie/core';
import { aContainer, aCronJob, aDeployed, aNamespace, aNode, aSnapshot } from '@jamie/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ADA, AgentsWorld } from '../agents-world.fixture.ts';
import { createDesk } from './desk.ts';

let world: AgentsWorld;
/** Every question to the authoriser about a namespace. */
let asked: (string | undefined)[];

beforeEach(() => {
  world = new AgentsWorld();
  asked = [];
});

afterEach(() => world.destroy());

/** The authoriser lets Ada read only these namespaces. */
function mayReadOnly(...readable: string[]): void {
  world.cluster.mayAccess = (_, { target }) => {
    asked.push(target.namespace);
    return readable.includes(target.namespace ?? '');
  };
}

async function suggest(query: Partial<SuggestionQuery> & Pick<SuggestionQuery, 'what'>) {
  const found = await createDesk(world.context).suggest({ principal: ADA, query: '', limit: 100, ...query });
  return found.map(({ value }) => value);
}

const workloads = async (query: Partial<SuggestionQuery> = {}) =>
  (await suggest({ what: 'workload', ...query })).filter((value) => value.startsWith('deploy/'));

describe('suggest', () => {
  it('finds workloads by name, as they are typed in a command', async () => {
    expect(await workloads({ query: 'bask' })).toEqual([
      'deploy/basket -n payments',
      'deploy/basket -n shop',
    ]);
    expect(await workloads({ query: 'bask', namespace: 'shop' })).toEqual(['deploy/basket -n shop']);
    expect(await workloads({ query: 'shop checkout' })).toEqual(['deploy/checkout -n shop']);
  });

  it('finds what else a command may name after the workloads, and nodes by a part of their name', async () => {
    world.cluster.snapshot = aSnapshot()
      .with(aNamespace('shop'), aNode('worker-basket'), aCronJob('basket-report'))
      .with(...aDeployed('basket', [{ revision: 1, pods: [{ containers: [aContainer()] }] }]).views)
      .build();
    const found = await suggest({ what: 'workload', query: 'bask' });
    expect(found.slice(0, 2)).toEqual(['deploy/basket -n shop', 'cronjob/basket-report -n shop']);
    expect(found[2]).toMatch(/^pod\/basket-\S+ -n shop$/);
    expect(found.at(-1)).toBe('node/worker-basket');
    expect((await suggest({ what: 'workload' })).filter((value) => value.startsWith('node/'))).toEqual([]);
    mayReadOnly('shop');
    expect(await suggest({ what: 'workload', query: 'worker' })).toEqual([]);
  });

  it('finds namespaces and clusters', async () => {
    expect(await suggest({ what: 'namespace', query: 'pay' })).toEqual(['payments']);
    expect(await suggest({ what: 'cluster', query: 'te' })).toEqual(['test']);
  });

  it('names nothing of a namespace that the person may not read', async () => {
    mayReadOnly('shop');
    expect(await suggest({ what: 'namespace' })).toEqual(['shop']);
    expect(await workloads()).toEqual(['deploy/basket -n shop', 'deploy/checkout -n shop']);
    for (const value of await suggest({ what: 'workload' })) expect(value).toMatch(/ -n shop$/);
    expect(await suggest({ what: 'workload', namespace: 'payments' })).toEqual([]);
    mayReadOnly();
    expect(await suggest({ what: 'workload', query: 'basket' })).toEqual([]);
  });

  it('asks the authoriser once where the person may read the whole cluster, and about nothing that was not found', async () => {
    world.cluster.mayAccess = (_, { target }) => {
      asked.push(target.namespace);
      return true;
    };
    await suggest({ what: 'workload', query: 'bask' });
    expect(asked).toEqual([undefined]);
    asked = [];
    await suggest({ what: 'workload', query: 'nothing-is-called-so' });
    expect(asked).toEqual([]);
  });

  it('gives no more than it was asked for', async () => {
    expect(await suggest({ what: 'workload', limit: 1 })).toHaveLength(1);
  });

  it('says that a cluster is unknown', async () => {
    await expect(suggest({ what: 'workload', cluster: 'mars' })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('looks where the person looks unless told otherwise', async () => {
    await world.store.commit([
      {
        kind: 'defaults.put',
        defaults: { scope: `person:${ADA.id}`, cluster: 'mars', version: 1 },
        expectedVersion: 0,
      },
    ]);
    await expect(suggest({ what: 'namespace' })).rejects.toMatchObject({ code: 'not_found' });
  });
});
