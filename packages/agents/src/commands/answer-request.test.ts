import { aDeployed, aNamespace, aService, aSnapshot } from '@jamie/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ADA, AgentsWorld } from '../agents-world.fixture.ts';

let world: AgentsWorld;

beforeEach(() => {
  world = new AgentsWorld();
});

afterEach(() => world.destroy());

describe('why', () => {
  it('answers with the cause, its evidence and a fix to ask for', async () => {
    world.cluster.log = 'starting\nError: PAYMENT_URL is not set password=hunter2\n';
    const reply = await world.ask('why checkout -n shop');
    expect(reply.headline).toContain('Deployment shop/checkout');
    const evidence = reply.sections.flatMap((section) =>
      section.kind === 'evidence' ? section.evidence : [],
    );
    expect(evidence.map((each) => each.text).join('\n')).toContain('PAYMENT_URL is not set');
    expect(JSON.stringify(reply)).not.toContain('hunter2');
    expect(reply.sections.at(-1)).toMatchObject({ lines: [expect.stringContaining('No model was used')] });
  });

  it('says that it looks healthy when it does', async () => {
    expect((await world.ask('why basket -n shop')).headline).toContain('looks healthy');
  });

  it('asks which one when several fit', async () => {
    const reply = await world.ask('why basket');
    expect(reply).toMatchObject({ tone: 'refusal', headline: expect.stringContaining('Which one?') });
    expect(reply.choice?.options).toContainEqual({
      label: 'Deployment payments/basket',
      command: 'why deploy/basket -n payments',
    });
  });

  it('never offers names of namespaces that the person may not read', async () => {
    world.cluster.denied.add('ada');
    const reply = await world.ask('why basket');
    expect(JSON.stringify(reply)).not.toContain('payments');
    expect(reply.choice).toBeUndefined();
  });

  it('never tells in which namespace a thing is that the person may not read', async () => {
    world.cluster.denied.add('ada');
    for (const command of ['why checkout', 'logs checkou', 'restart checkout', 'pods checkout']) {
      const { headline } = await world.ask(command);
      expect(headline).toContain('I found nothing called');
      expect(headline).not.toContain('shop');
    }
    expect((await world.ask('why shop/checkout')).headline).toContain('does not let ada');
  });

  it('takes "it" for what was last spoken of, and nothing else', async () => {
    expect((await world.ask('why it')).headline).toContain('Name it');
    await world.ask('why checkout -n shop');
    expect((await world.ask('why it')).headline).toContain('Deployment shop/checkout');
    expect((await world.ask('why it -n payments')).headline).toContain('elsewhere');
  });

  it('says back no more of a name than a person wants to read again', async () => {
    const { headline } = await world.ask(`why ${'a'.repeat(5_000)}`);
    expect(headline).toContain('I found nothing called aaa');
    expect(headline.length).toBeLessThan(250);
  });

  it('suggests a near miss instead of guessing', async () => {
    const reply = await world.ask('why chekout -n shop');
    expect(reply).toMatchObject({
      tone: 'refusal',
      headline: expect.stringContaining('nothing called chekout'),
    });
    expect(reply.choice?.options[0]?.command).toBe('why deploy/checkout -n shop');
  });

  it('refuses people whom Kubernetes does not let read, and says who can help', async () => {
    world.cluster.denied.add('ada');
    expect(await world.ask('why checkout -n shop')).toMatchObject({
      tone: 'refusal',
      headline: expect.stringContaining('does not let ada read pods in shop'),
    });
  });

  it('says what it could not see instead of calling it healthy', async () => {
    const { unread, ...rest } = world.cluster.snapshot;
    const pods = { kind: 'Pod', reason: 'forbidden', message: 'pods is forbidden' } as const;
    world.cluster.snapshot = { ...rest, unread: [...unread, pods], objects: { ...rest.objects, Pod: [] } };
    expect((await world.ask('why basket -n shop')).headline).toContain('cannot tell');
  });
});

describe('health', () => {
  it('scores a namespace with its reasons', async () => {
    const reply = await world.ask('health shop');
    expect(reply.headline).toMatch(/shop on test: \d+ of 100/);
  });

  it('says when there is no such namespace', async () => {
    expect(await world.ask('health nowhere')).toMatchObject({
      tone: 'refusal',
      headline: expect.stringContaining('nowhere'),
    });
  });
});

describe('changes', () => {
  it('answers with the card of a plan and changes nothing', async () => {
    const reply = await world.ask('scale deploy/basket 3 -n shop');
    expect(reply).toMatchObject({
      headline: 'Scale Deployment basket 2 → 3 in shop on test',
      planId: expect.any(String),
    });
    expect(world.cluster.writes).toEqual([]);
  });

  it.each([
    ['+2', '2 → 4'],
    ['x2', '2 → 4'],
    ['half', '2 → 1'],
  ])('counts %s from what the live object asks for', async (amount, change) => {
    expect((await world.ask(`scale basket ${amount} -n shop`)).headline).toContain(change);
  });

  it('refuses to take away more than there is', async () => {
    expect(await world.ask('scale basket -3 -n shop')).toMatchObject({
      tone: 'refusal',
      headline: expect.stringContaining('It has 2 replicas'),
    });
  });

  it('never acts on the beginning of a name', async () => {
    expect(await world.ask('scale bask 3 -n shop')).toMatchObject({
      tone: 'refusal',
      headline: expect.stringContaining('nothing called bask'),
    });
    expect(await world.store.listPlans({ limit: 1 })).toEqual([]);
  });

  it('refuses what changes nothing', async () => {
    expect(await world.ask('scale basket 2 -n shop')).toMatchObject({
      tone: 'refusal',
      headline: expect.stringContaining('already asks for 2'),
    });
  });

  it('takes a change with a question mark for a question', async () => {
    for (const command of ['restart checkout?', 'restart checkout? -n shop', 'rollback checkout ?']) {
      const reply = await world.ask(command);
      expect(reply.planId).toBeUndefined();
      expect(reply.headline).toContain('Deployment shop/checkout');
    }
    expect(await world.store.listPlans({ limit: 1 })).toEqual([]);
  });

  it('suggests only workloads where a change named nothing', async () => {
    world.cluster.snapshot = aSnapshot()
      .with(aNamespace('shop'), [aService('checkouts')])
      .with(...aDeployed('checkout', [{ revision: 1, pods: [{}] }]).views)
      .build();
    const { choice } = await world.ask('restart chekout');
    expect(choice?.options.map(({ label }) => label)).toEqual(['Deployment shop/checkout']);
  });

  it('approves the only waiting plan of the conversation when none is named', async () => {
    await world.ask('scale basket 3 -n shop');
    expect((await world.ask('approve')).headline).toContain('Approved by Ada');
  });

  it('asks which plan when several wait', async () => {
    await world.ask('scale basket 3 -n shop');
    await world.ask('scale checkout 3 -n shop');
    expect(await world.ask('approve')).toMatchObject({
      tone: 'refusal',
      headline: expect.stringContaining('Which plan?'),
    });
  });

  it('denies with the reason that was typed', async () => {
    await world.ask('scale basket 3 -n shop');
    const [record] = await world.store.listPlans({ limit: 1 });
    expect((await world.ask(`deny ${record?.plan.id} not today`)).headline).toContain('not today');
  });

  it('says that a plan is unknown', async () => {
    expect(await world.ask('approve p-00000000')).toMatchObject({
      tone: 'error',
      headline: expect.stringContaining('no plan'),
    });
  });

  it('freezes and unfreezes', async () => {
    expect((await world.ask('freeze incident 42')).headline).toContain('incident 42');
    expect((await world.ask('status')).headline).toMatch(/frozen: incident 42\. Everybody .* may lift it/);
    expect((await world.ask('unfreeze')).headline).toContain('Unfrozen');
  });

  it('has nothing to undo where nothing was changed', async () => {
    expect(await world.ask('undo')).toMatchObject({ tone: 'refusal' });
  });
});

describe('sentences', () => {
  it('takes a mention as a question', async () => {
    const reply = await world.ask('why is checkout crashing in shop?', 'sentence');
    expect(reply.headline).toContain('Deployment shop/checkout');
  });

  it('knows nobody else than who asks', async () => {
    const eve = { ...ADA, id: 'slack:T1:U9', displayName: 'Eve', kubernetes: { user: 'eve', groups: [] } };
    world.cluster.denied.add('eve');
    expect(await world.ask('scale basket 3 -n shop', 'command', eve)).toMatchObject({
      tone: 'refusal',
      headline: expect.stringContaining('does not let eve change'),
    });
  });
});
