import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { DEMO_PEOPLE, type DemoTestCluster, startDemoTestCluster } from '../support/demo-test-cluster.ts';
import { ADA } from '../support/loop-world.ts';
import { textOf } from '../support/slack-world.ts';
import { HealingWorld, LATER_MS } from './support/healing-world.ts';

jest.setTimeout(180_000);

const SELF = 'jamie-scarlet:self-healing';
const GROUPS = ['jamie-operators'];

let cluster: DemoTestCluster;
let world: HealingWorld;

beforeAll(async () => {
  cluster = await startDemoTestCluster();
});

afterAll(() => cluster.stop());

async function deleteDeployment(name: string): Promise<void> {
  const path = `/apis/apps/v1/namespaces/${cluster.namespace}/deployments/${name}`;
  await cluster.administrator({ method: 'DELETE', path });
}

function openWorld(level: 'suggest' | 'act', groups: readonly string[] = GROUPS): HealingWorld {
  return new HealingWorld({ cluster, people: DEMO_PEOPLE, selfHealing: { groups }, level });
}

afterEach(() => world.end());

describe('a bad rollout that may be taken back by itself', () => {
  beforeEach(() => {
    world = openWorld('act');
  });

  it('is rolled back and verified, with a card in the channel of the team that says why, and its case resolves', async () => {
    await world.deployAndBreak('storefront');
    await world.slack.start();
    await world.untilCase(({ status }) => status === 'waiting');
    expect(world.slack.answers(world.channel)).toEqual([]);
    await world.restart(LATER_MS);
    const card = await world.slack.answer(world.channel, /Nobody asked for this\. I found: /);
    expect(textOf(card)).toMatch(/attempt 1 of 1 within 24 hours/);
    expect(textOf(card)).toMatch(/autonomy for default: roll-back by itself/);
    await world.deployments.until('storefront', ({ readyReplicas }) => readyReplicas === 3);
    const healed = await world.untilCase(({ attempts }) => attempts[0]?.outcome === 'helped');
    expect(healed.attempts).toHaveLength(1);
    await world.slack.says(card, /Undo/);
    expect(cluster.effectsOn('storefront')).toEqual([{ verb: 'patch', impersonatedUser: SELF }]);
    await world.restart(LATER_MS + 65 * 60_000);
    await world.untilCase(({ status }) => status === 'resolved');
    const end = await world.slack.answer(world.channel, /gone/i, [card]);
    expect(end.threadTs).toBe(card.ts);
    await deleteDeployment('storefront');
  });

  it('is handed to people with a dossier once the attempts of the day are used up, and they may close its case', async () => {
    await world.deployAndBreak('wishlist');
    await world.slack.start();
    const found = await world.untilCase(({ status }) => status === 'waiting');
    await world.restart(LATER_MS);
    const card = await world.slack.answer(world.channel, /Nobody asked for this/);
    await world.untilCase(({ attempts }) => attempts[0]?.outcome === 'helped');
    await world.breakIt('wishlist', 'missing-3');
    await world.untilCase(({ goneSince }) => goneSince === undefined);
    await world.restart(2 * LATER_MS + 60_000);
    const dossier = await world.slack.answer(world.channel, /needs you: I could not heal it/, [card]);
    expect(textOf(dossier)).toMatch(/1 attempt within a day did not end it/);
    expect(dossier.threadTs).toBe(card.ts);
    expect(cluster.effectsOn('wishlist')).toHaveLength(1);
    world.slack.command(world.channel, ADA, 'healing');
    await world.slack.answer(world.channel, /One case of self-healing is open, and one needs you/);
    world.slack.command(world.channel, ADA, `healing close ${found.id} because the image is mended`);
    await world.slack.answer(world.channel, /is closed/);
    await deleteDeployment('wishlist');
  });
});

describe('a bad rollout for which a roll-back may be suggested', () => {
  it('is rolled back once a person approves, and not before', async () => {
    world = openWorld('suggest');
    await world.deployAndBreak('search');
    await world.slack.start();
    await world.untilCase(({ status }) => status === 'waiting');
    await world.restart(LATER_MS);
    const card = await world.slack.answer(world.channel, /Nobody asked for this/);
    expect(textOf(card)).toMatch(/roll-back as a suggestion that people decide/);
    expect(cluster.effectsOn('search')).toEqual([]);
    world.slack.click(card, ADA, 'approve');
    await world.untilCase(({ attempts }) => attempts[0]?.outcome === 'helped');
    expect(cluster.effectsOn('search')).toEqual([{ verb: 'patch', impersonatedUser: SELF }]);
    await deleteDeployment('search');
  });
});

describe('a bad rollout that Kubernetes does not let be taken back by itself', () => {
  it('is handed to people, and nothing is changed', async () => {
    world = openWorld('act', ['jamie-viewers']);
    await world.deployAndBreak('stock');
    await world.slack.start();
    await world.untilCase(({ status }) => status === 'waiting');
    await world.restart(LATER_MS);
    const dossier = await world.slack.answer(world.channel, /needs you: I could not heal it/);
    expect(textOf(dossier)).toMatch(/It cannot be done by itself\./);
    expect(cluster.effectsOn('stock')).toEqual([]);
    await deleteDeployment('stock');
  });
});
