import type { HomeSummary, PlanId } from '@jamie/core';
import { aHomeCluster, aPlanCard } from '@jamie/testing';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type BotWorld, createBotWorld } from './bot-world.fixture.ts';

jest.setTimeout(60_000);

const FINDING = {
  severity: 'critical',
  subject: 'Deployment shop/cart',
  summary: 'crashes',
  since: 0,
  command: 'why deploy/cart -n shop',
} as const;

let world: BotWorld;

describe.each(['socket', 'http'] as const)('the Home tab over %s', (mode) => {
  beforeEach(async () => {
    world = await createBotWorld({ mode });
  });

  afterEach(() => world?.end());

  function homeText(user = 'U1'): string {
    return JSON.stringify(world.slack.homeOf(user)?.body ?? {});
  }

  async function openHome(user = 'U1'): Promise<void> {
    world.slack.openHome({ user });
    await world.slack.waitFor(() => homeText(user).includes('Refresh'));
  }

  /** A card that waits in a channel. */
  async function plan(): Promise<PlanId> {
    world.slack.slash({ user: 'U2', channel: 'C1', text: 'scale deploy/cart 5' });
    await world.until(() => world.desk.cards.size > 0);
    const [card] = world.desk.cards.values();
    if (card === undefined) throw new Error('no card');
    return card.planId;
  }

  it('shows what waits, and a vote there counts exactly as on the card', async () => {
    const planId = await plan();
    await openHome();
    expect(homeText()).toContain('Plan for scale deploy/cart 5');
    world.slack.clickInHome({ user: 'U1', actionId: 'home.approve' });
    await world.slack.waitFor(() => homeText().includes('No plan waits for your decision.'));
    expect(world.desk.ballots).toMatchObject([
      { planId, planHash: 'a'.repeat(64), decision: 'approve', principal: { displayName: 'Ada' } },
    ]);
    const card = () => world.slack.transcript('C1').find(({ text }) => text.includes('approved by Ada'));
    await world.slack.waitFor(() => card());
    await world.settle();
  });

  it('counts no vote on a plan that is another by now, and says so on the page', async () => {
    const planId = await plan();
    await openHome();
    world.desk.cards.set(planId, { ...aPlanCard(), planId, planHash: 'b'.repeat(64) });
    world.slack.clickInHome({ user: 'U1', actionId: 'home.approve' });
    await world.slack.waitFor(() => homeText().includes('That card is out of date.'));
    expect(world.desk.cards.get(planId)?.status).toBe('awaiting_approval');
  });

  it('asks for a reason before a plan is denied there', async () => {
    await plan();
    await openHome();
    world.slack.clickInHome({ user: 'U1', actionId: 'home.deny' });
    const modal = await world.slack.waitFor(() => world.slack.modalOf('U1'));
    world.slack.fillView(modal.id, { reason: 'not on a Friday' });
    expect(await world.slack.submitView({ user: 'U1' })).toEqual({ kind: 'none' });
    await world.until(() => world.desk.ballots.length === 1);
    expect(world.desk.ballots).toMatchObject([{ decision: 'deny', reason: 'not on a Friday' }]);
    await world.slack.waitFor(() => homeText().includes('No plan waits for your decision.'));
  });

  it('is shown anew when a plan that it shows is decided elsewhere', async () => {
    await plan();
    await openHome();
    const isCard = ({ blocks }: { blocks: readonly unknown[] }) =>
      JSON.stringify(blocks).includes('plan.approve');
    const { ts } = await world.slack.waitFor(() => world.slack.transcript('C1').find(isCard));
    world.slack.click({ user: 'U2', channel: 'C1', ts, actionId: 'plan.approve' });
    await world.slack.waitFor(() => homeText().includes('No plan waits for your decision.'));
  });

  it.each([
    ['U77', 'unknown', 'I do not know you yet'],
    ['U9', 'a guest', 'Guests of this workspace cannot use me'],
  ])('tells %s, who is %s, who can let them in, and asks no cluster', async (user, _who, told) => {
    world.slack.workspace.addUser('U77', { name: 'nobody' });
    await openHome(user);
    expect(homeText(user)).toContain(told);
    expect(homeText(user)).not.toContain('home.ask');
    expect(world.desk.homesRead).toEqual([]);
  });

  it('asks why as a direct message, once for a double click, and says where the answer is', async () => {
    const home: Partial<HomeSummary> = { clusters: [aHomeCluster({ findings: [FINDING] })] };
    world.desk.home = home;
    await openHome();
    world.slack.clickInHome({ user: 'U1', label: 'Ask Why' });
    world.slack.clickInHome({ user: 'U1', label: 'Ask Why' });
    await world.slack.waitFor(() => homeText().includes('I answer in our direct messages.'));
    await world.settle();
    expect(world.desk.submissions).toMatchObject([
      { form: 'command', text: FINDING.command, place: { channelId: 'D1' }, slackPerson: { userId: 'U1' } },
    ]);
    expect(world.slack.transcript('D1').map(({ text }) => text)).toEqual([
      expect.stringContaining('*Ada* asked'),
      `You said: ${FINDING.command}`,
    ]);
  });

  it('sets preferences with the command that anybody may type', async () => {
    world.desk.suggestions.push({ label: 'demo', value: 'demo' }, { label: 'prod', value: 'prod' });
    await openHome();
    world.slack.clickInHome({ user: 'U1', actionId: 'home.preferences' });
    const modal = await world.slack.waitFor(() => {
      const view = world.slack.modalOf('U1');
      return JSON.stringify(view?.body ?? {}).includes('preferences.namespace') ? view : undefined;
    });
    const search = { user: 'U1', viewId: modal.id, actionId: 'preferences.namespace' };
    const [option] = await world.slack.chooseExternal({ ...search, query: 'prod' });
    world.slack.pickExternal({ ...search, option: option ?? {} });
    expect(await world.slack.submitView({ user: 'U1' })).toEqual({ kind: 'none' });
    await world.until(() => world.desk.submissions.length === 1);
    expect(world.desk.submissions[0]).toMatchObject({
      form: 'command',
      text: 'use -n prod --cluster demo',
      place: { channelId: 'D1' },
    });
    await world.settle();
  });

  it('searches namespaces on the cluster that was just chosen', async () => {
    world.desk.suggestions.push({ label: 'demo', value: 'demo' }, { label: 'prod', value: 'prod' });
    await openHome();
    world.slack.clickInHome({ user: 'U1', actionId: 'home.preferences' });
    const ready = await world.slack.waitFor(() => {
      const view = world.slack.modalOf('U1');
      return JSON.stringify(view?.body ?? {}).includes('preferences.cluster') ? view : undefined;
    });
    world.slack.enterInView({ user: 'U1', field: 'preferences.cluster', entry: 'prod' });
    await world.slack.waitFor(
      () => world.slack.modalOf('U1')?.body['private_metadata'] === '{"cluster":"prod"}',
    );
    await world.slack.chooseExternal({
      user: 'U1',
      viewId: ready.id,
      actionId: 'preferences.namespace',
      query: '',
    });
    expect(world.desk.asked.at(-1)).toMatchObject({ what: 'namespace', cluster: 'prod' });
  });

  it('says to click again when Slack opens no form any more for a click', async () => {
    await openHome();
    world.slack.failNext('views.open', { kind: 'error', error: 'expired_trigger_id' });
    world.slack.clickInHome({ user: 'U1', actionId: 'home.preferences' });
    await world.slack.waitFor(() => homeText().includes('Click again.'));
    expect(world.slack.modalOf('U1')).toBeUndefined();
  });

  it('says that a button of an earlier version does nothing', async () => {
    await openHome();
    const home = world.slack.homeOf('U1');
    if (home === undefined) throw new Error('no page');
    const blocks = JSON.parse(JSON.stringify(home.body['blocks']).replace('home.refresh', 'home.of.old'));
    home.body = { ...home.body, blocks };
    world.slack.clickInHome({ user: 'U1', actionId: 'home.of.old' });
    await world.slack.waitFor(() => JSON.stringify(world.slack.transcript('D1')).includes('earlier version'));
  });

  it('offers what to ask where somebody begins to talk, what is wrong first', async () => {
    world.desk.home = { clusters: [aHomeCluster({ findings: [FINDING] })] };
    world.slack.openHome({ user: 'U1', tab: 'messages' });
    const call = await world.slack.waitFor(() =>
      world.slack.calls.find(({ method }) => method === 'assistant.threads.setSuggestedPrompts'),
    );
    expect(JSON.stringify(call.args)).toContain('Why Is Deployment shop/cart Failing?');
    await world.settle();
  });

  it('takes note of where somebody looks without failing', async () => {
    world.slack.changeContext({
      user: 'U1',
      context: { entities: [{ type: 'slack#/types/channel_id', value: 'C1' }] },
    });
    await world.until(() => world.slack.acknowledgements.length === 1);
    await world.settle();
    expect(world.slack.ephemerals).toEqual([]);
  });
});

describe('the Home tab', () => {
  it('works on after a restart, its old buttons too', async () => {
    world = await createBotWorld({ mode: 'socket' });
    world.slack.slash({ user: 'U2', channel: 'C1', text: 'scale deploy/cart 5' });
    await world.until(() => world.desk.cards.size > 0);
    world.slack.openHome({ user: 'U1' });
    await world.slack.waitFor(() => world.slack.homeOf('U1'));
    await world.slack.waitFor(() => JSON.stringify(world.slack.homeOf('U1')?.body).includes('home.approve'));
    await world.restart();
    world.slack.clickInHome({ user: 'U1', actionId: 'home.approve' });
    await world.until(() => world.desk.ballots.length === 1);
    await world.slack.waitFor(() =>
      JSON.stringify(world.slack.homeOf('U1')?.body).includes('No plan waits for your decision.'),
    );
    await world.end();
  });

  it('has no prompts in a workspace without that surface, and nobody hears of it', async () => {
    world = await createBotWorld({ mode: 'socket', hasAgentSurface: false });
    world.slack.openHome({ user: 'U1', tab: 'messages' });
    await world.slack.waitFor(() =>
      world.slack.calls.some(({ method }) => method === 'assistant.threads.setSuggestedPrompts'),
    );
    await world.settle();
    expect(world.slack.ephemerals).toEqual([]);
    expect(world.slack.transcript('D1')).toEqual([]);
    await world.end();
  });
});
