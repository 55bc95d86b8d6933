import type { PlanId, Reply } from '@jamie/core';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AgentsWorld } from '../agents-world.fixture.ts';
import { type OfferMeaning, pinReply } from './pin-offers.ts';

const PLAN = 'p-4k7d2m9q' as PlanId;
const CHECKOUT = { kind: 'Deployment', namespace: 'shop', name: 'checkout' } as const;

let world: AgentsWorld;

beforeEach(() => {
  world = new AgentsWorld();
});

afterEach(() => world.destroy());

function offering(...commands: readonly string[]): Reply {
  const followUps = commands.map((command) => ({ label: command, command }));
  return { tone: 'answer', headline: '', sections: [], proposals: [], followUps };
}

function pinned(meaning: OfferMeaning, ...commands: readonly string[]): readonly string[] | undefined {
  return pinReply(offering(...commands), meaning).followUps?.map(({ command }) => command);
}

describe('commands that are offered', () => {
  it('name the cluster where there are several', () => {
    const commands = [
      'scale deploy/checkout 5 -n shop',
      'health shop',
      'why checkout --cluster staging',
      'help',
    ];
    expect(pinned({ cluster: 'prod' }, ...commands)).toEqual([
      'scale deploy/checkout 5 -n shop --cluster prod',
      'health -n shop --cluster prod',
      'why checkout --cluster staging',
      'help',
    ]);
  });

  it('name what "it" is now', () => {
    expect(pinned({ focus: CHECKOUT }, 'restart it', 'pods it --page 2', 'pods', 'restart basket')).toEqual([
      'restart deploy/checkout -n shop',
      'pods deploy/checkout --page 2 -n shop',
      'pods',
      'restart basket',
    ]);
  });

  it('keep the namespace by default of whoever asked, where they change something', () => {
    expect(
      pinned({ namespace: 'shop' }, 'restart basket', 'restart basket -n payments', 'why basket'),
    ).toEqual(['restart basket -n shop', 'restart basket -n payments', 'why basket']);
  });

  it('vote on the plan that waits now, or are not offered', () => {
    expect(pinned({ planId: PLAN }, 'approve', 'deny p-00000000')).toEqual([
      `approve ${PLAN}`,
      'deny p-00000000',
    ]);
    expect(pinned({}, 'approve', 'deny', 'stop')).toEqual(['stop']);
  });

  it('name the cluster of a proposed operation too', () => {
    const operation = { kind: 'rollback', target: CHECKOUT, toRevision: 1 } as const;
    const proposals = [{ label: 'Roll back', advice: 'It worked before.', operation }];
    const reply = { ...offering('help'), proposals };
    expect(pinReply(reply, { cluster: 'prod' })).toMatchObject({
      proposals: [{ label: 'Roll back', advice: 'It worked before.' }],
      followUps: [
        { label: 'Plan: Roll back', command: 'rollback deploy/checkout --to 1 -n shop --cluster prod' },
        { command: 'help' },
      ],
    });
    expect(pinReply(reply, { focus: CHECKOUT }).proposals).toEqual(proposals);
  });

  it('leave a label alone that is not the command itself', () => {
    const reply = { ...offering(), followUps: [{ label: 'Again', command: 'restart it' }] };
    expect(pinReply(reply, { focus: CHECKOUT }).followUps).toEqual([
      { label: 'Again', command: 'restart deploy/checkout -n shop' },
    ]);
  });

  it('are pinned in every answer', async () => {
    await world.ask('why checkout -n shop');
    const { choice } = await world.ask('restart it if it is down', 'sentence');
    expect(choice?.options.map(({ command }) => command)).toContain('restart deploy/checkout -n shop');
    const { planId } = await world.ask('scale basket 3 -n shop');
    expect((await world.ask('yes', 'sentence')).choice?.options).toEqual([
      { label: `approve ${planId}`, command: `approve ${planId}` },
    ]);
    await world.ask(`deny ${planId}`);
    expect((await world.ask('yes', 'sentence')).choice).toBeUndefined();
  });
});
