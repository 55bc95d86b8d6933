import type { ClusterConnection, Clusters } from '@jamie/core';
import { OpsError } from '@jamie/core';
import type { FakeCluster } from '@jamie/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ADA, AgentsWorld } from '../agents-world.fixture.ts';

const BOB = { ...ADA, id: 'slack:T1:U2', displayName: 'Bob', kubernetes: { user: 'bob', groups: [] } };

/** The cluster in memory under two names. */
function twoClusters(cluster: FakeCluster): Clusters {
  const infos = ['test', 'staging'].map((name) => ({ ...cluster.info, name }));
  return {
    list: () => infos,
    connect(name = 'test'): ClusterConnection {
      const info = infos.find((each) => each.name === name);
      if (info === undefined) throw new OpsError('not_found', 'no such cluster');
      return { ...cluster.connect(), info };
    },
  };
}

let world: AgentsWorld;

beforeEach(() => {
  world = new AgentsWorld({ toClusters: twoClusters });
});

afterEach(() => world.destroy());

/** What `use` shows in its table: what, in force, from. */
async function inForce(principal = ADA): Promise<Record<string, string>> {
  const { sections } = await world.ask('use', 'command', principal);
  const rows = sections.flatMap((section) => (section.kind === 'table' ? section.rows : []));
  return Object.fromEntries(rows.map(([what, name, from]) => [what, `${name}, ${from}`]));
}

describe('use', () => {
  it('shows where it looks while nobody has set anything', async () => {
    expect((await world.ask('use')).headline).toBe(
      'I look in every namespace of test, unless you name another.',
    );
    expect(await inForce()).toEqual({
      Cluster: 'test, the first that I know',
      Namespace: 'all, nothing else was set',
    });
  });

  it('sets a namespace for the person alone, who then need not name it', async () => {
    const reply = await world.ask('use -n shop');
    expect(reply.headline).toBe('From now on I look in the namespace shop for you, unless you name another.');
    expect((await inForce())['Namespace']).toBe('shop, your default');
    expect((await inForce(BOB))['Namespace']).toBe('all, nothing else was set');
    expect((await world.ask('why basket')).headline).toContain('Deployment shop/basket');
    expect((await world.ask('why basket', 'command', BOB)).headline).toContain('Which one?');
  });

  it('keeps what was not named', async () => {
    await world.ask('use --cluster staging');
    await world.ask('use -n shop');
    expect(await inForce()).toMatchObject({ Namespace: 'shop, your default' });
    expect(await world.store.findDefaults(`person:${ADA.id}`)).toMatchObject({
      cluster: 'staging',
      namespace: 'shop',
      version: 2,
    });
  });

  it('sets defaults of the channel for everybody in it, after their own', async () => {
    await world.ask('use -n payments --for channel');
    await world.ask('use -n shop');
    expect((await inForce())['Namespace']).toBe('shop, your default');
    expect((await inForce(BOB))['Namespace']).toBe('payments, the default of this channel');
    world.place = { surface: 'slack', teamId: 'T1', channelId: 'C2', threadTs: '9.0' };
    expect((await inForce(BOB))['Namespace']).toBe('all, nothing else was set');
  });

  it.each([
    ['at this machine', { surface: 'local', key: 'page' } as const],
    ['in a direct message', { surface: 'slack', teamId: 'T1', channelId: 'D1', threadTs: '1.0' } as const],
  ])('has no defaults of a channel %s', async (_where, place) => {
    world.place = place;
    expect(await world.ask('use -n shop --for channel')).toMatchObject({
      tone: 'refusal',
      headline: expect.stringContaining('Only a channel in Slack'),
    });
  });

  it('goes on with the cluster that was named, and forgets what was spoken of on the other', async () => {
    await world.ask('why checkout -n shop');
    await world.ask('use --cluster staging');
    expect(await inForce()).toMatchObject({ Cluster: 'staging, last spoken of here' });
    expect((await world.ask('why it')).headline).toContain('Name it');
  });

  it('looks everywhere again where a star stands for the namespace', async () => {
    await world.ask('use -n payments --for channel');
    expect((await world.ask("use -n '*'")).headline).toContain('in every namespace');
    expect((await world.ask('why basket')).headline).toContain('Which one?');
  });

  it('suggests the namespace that was probably meant, and stores nothing', async () => {
    const reply = await world.ask('use -n shpo --cluster staging');
    expect(reply).toMatchObject({ tone: 'refusal', headline: 'There is no namespace shpo on staging.' });
    expect(reply.choice?.options).toEqual([
      { label: 'use -n shop --cluster staging', command: 'use -n shop --cluster staging' },
    ]);
    expect(await world.store.findDefaults(`person:${ADA.id}`)).toBeUndefined();
  });

  it('suggests the cluster that was probably meant, and names those that it knows', async () => {
    const reply = await world.ask('use --cluster stagin --for channel');
    expect(reply.headline).toBe('I know no cluster stagin. I know test, staging.');
    expect(reply.choice?.options[0]?.command).toBe('use --cluster staging --for channel');
  });

  it('neither takes nor suggests a namespace that the person may not read', async () => {
    world.cluster.mayAccess = (_identity, { target }) => target.namespace !== 'shop';
    expect(await world.ask('use -n shop')).toMatchObject({
      tone: 'refusal',
      headline: expect.stringContaining('does not let ada read pods in shop on test'),
    });
    expect((await world.ask('use -n shpo')).choice).toBeUndefined();
  });

  it('drops a former namespace that the new cluster does not have, and says so', async () => {
    await world.ask('use -n payments');
    const { objects } = world.cluster.snapshot;
    const Namespace = objects.Namespace.filter(({ name }) => name !== 'payments');
    world.cluster.snapshot = { ...world.cluster.snapshot, objects: { ...objects, Namespace } };
    const reply = await world.ask('use --cluster staging');
    expect(reply.sections).toMatchObject([
      { lines: [expect.stringContaining('payments is not on staging')] },
    ]);
    expect(await world.store.findDefaults(`person:${ADA.id}`)).toEqual({
      scope: `person:${ADA.id}`,
      cluster: 'staging',
      version: 2,
    });
  });

  it('forgets what was set, once', async () => {
    await world.ask('use -n shop');
    expect((await world.ask('use')).followUps).toEqual([
      { label: 'Forget my defaults', command: 'use --clear' },
    ]);
    expect((await world.ask('use --clear')).headline).toBe('Your defaults are forgotten.');
    expect((await inForce())['Namespace']).toBe('all, nothing else was set');
    expect((await world.ask('use --clear')).headline).toContain('nothing to forget');
    await world.ask('use -n shop');
    expect((await inForce())['Namespace']).toBe('shop, your default');
  });

  it('says when a default names a cluster that is known no more', async () => {
    await world.store.commit([
      {
        kind: 'defaults.put',
        defaults: { scope: `person:${ADA.id}`, cluster: 'gone', version: 1 },
        expectedVersion: 0,
      },
    ]);
    expect((await world.ask('use')).headline).toContain('no longer know gone');
  });
});

describe('clusters', () => {
  it('marks the one in force, and offers the others', async () => {
    const reply = await world.ask('clusters');
    expect(reply.headline).toBe('2 clusters are connected.');
    expect(reply.sections).toMatchObject([
      {
        rows: [
          expect.arrayContaining(['yes, the first that I know']),
          expect.arrayContaining(['staging', '']),
        ],
      },
    ]);
    expect(reply.followUps).toEqual([{ label: 'Use staging', command: 'use --cluster staging' }]);
  });
});
