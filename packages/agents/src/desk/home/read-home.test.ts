import type { Check, ClusterReader, Clusters, Principal } from '@jamie/core';
import { OpsError } from '@jamie/core';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ADA, AgentsWorld } from '../../agents-world.fixture.ts';
import { createDesk } from '../desk.ts';

const GRACE: Principal = {
  id: 'slack:T1:U2',
  displayName: 'Grace',
  kubernetes: { user: 'grace', groups: [] },
  source: 'slack',
};

let world: AgentsWorld;

beforeEach(() => {
  world = new AgentsWorld();
});

afterEach(() => world.destroy());

function readHome(person = ADA) {
  return createDesk(world.context).readHome(person);
}

/** The cluster of the world, with other answers to some questions. */
function answering(answers: Partial<ClusterReader>): Clusters {
  const connection = world.cluster.connect('test');
  const reader = new Proxy(connection.reader, {
    get(target, name) {
      const member: unknown = Reflect.get(answers, name) ?? Reflect.get(target, name, target);
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });
  return { list: () => world.cluster.list(), connect: () => ({ ...connection, reader }) };
}

describe('readHome', () => {
  it('shows the plans that a person may decide, oldest first, and not those that wait for somebody else', async () => {
    await world.ask('scale deploy/basket 3 -n shop', 'command', GRACE);
    await world.clock.advance(1_000);
    await world.ask('restart deploy/basket -n shop', 'command', GRACE);
    const { waiting, own } = await readHome();
    expect(waiting.map(({ card }) => card.headline)).toEqual([
      expect.stringContaining('Scale'),
      expect.stringContaining('Restart'),
    ]);
    expect(waiting[0]).toMatchObject({
      askedBy: 'Grace',
      cluster: 'test',
      card: { actions: expect.arrayContaining(['approve', 'deny']) },
    });
    expect(own).toEqual([]);
  });

  it('asks about a plan the very question that a vote is asked', async () => {
    await world.ask('scale deploy/basket 3 -n shop', 'command', GRACE);
    world.cluster.denied.add('ada');
    expect((await readHome()).waiting).toEqual([]);
    // Scaling down takes somebody else, in production; here the requester counts, and then it stands once.
    const home = await readHome(GRACE);
    expect(home.waiting).toHaveLength(1);
    expect(home.own).toEqual([]);
  });

  it('shows a plan that somebody approved already among their own only when they asked for it', async () => {
    await world.ask('scale deploy/basket 3 -n shop', 'command', GRACE);
    const [shown] = (await readHome()).waiting;
    if (shown === undefined) throw new Error('no plan waits');
    const { planId, planHash } = shown.card;
    await createDesk(world.context).vote({ planId, planHash, principal: ADA, decision: 'approve' });
    expect(await readHome()).toMatchObject({ waiting: [], own: [] });
    expect((await readHome(GRACE)).own).toMatchObject([{ card: { planId, status: 'approved' } }]);
  });

  it('shows open findings, worst first, each with the command that says more', async () => {
    const [cluster] = (await readHome()).clusters;
    expect(cluster).toMatchObject({ name: 'test', state: 'reachable' });
    expect(cluster?.findings[0]).toMatchObject({
      subject: 'Deployment shop/checkout',
      command: 'why deploy/checkout -n shop --cluster test',
    });
  });

  it('shows nothing of namespaces that the person may not read, and says that there may be more', async () => {
    world.cluster.mayAccess = (_, { target }) => target.namespace === 'payments';
    const [cluster] = (await readHome()).clusters;
    expect(cluster?.findings).toEqual([]);
    expect(cluster?.unchecked).toEqual([expect.stringContaining('lets you read')]);
    expect(JSON.stringify(cluster)).not.toContain('shop');
  });

  it('gives what is there when a cluster and a check do not answer in time', async () => {
    const never = new Promise<never>(() => undefined);
    const checks: readonly Check[] = [
      () => never,
      async () => ({ name: 'Slack', status: 'failed', detail: 'down', mend: '' }),
    ];
    const reading = createDesk({
      ...world.context,
      clusters: answering({ version: () => never }),
      checks,
    }).readHome(ADA);
    await world.clock.untilSleeping();
    await world.clock.advance(2_000);
    expect(await reading).toMatchObject({
      clusters: [{ state: 'unknown', detail: 'no answer yet', findings: [{ subject: expect.any(String) }] }],
      checks: 'Not answering: Slack. 1 of 2 checks took too long.',
    });
  });

  it('says of a cluster that is away that nothing could be looked at, and not that all is well', async () => {
    const away = () => Promise.reject(new OpsError('unavailable', 'refused'));
    const clusters = answering({ version: away, reviewAccess: away });
    const home = await createDesk({ ...world.context, clusters }).readHome(ADA);
    expect(home.clusters).toMatchObject([{ state: 'unreachable', findings: [] }]);
    expect(home.clusters[0]?.unchecked).toHaveLength(1);
  });

  it('tells that all changes are stopped, and where the person looks by default', async () => {
    await world.ask('freeze because of the release');
    await world.ask('use -n shop');
    expect(await readHome()).toMatchObject({
      frozenBecause: expect.stringContaining('release'),
      whoMayThaw: 'Everybody who is known here may lift it.',
      defaults: { namespace: 'shop' },
    });
  });
});
