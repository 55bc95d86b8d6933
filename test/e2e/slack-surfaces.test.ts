import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { DEMO_PEOPLE, type DemoTestCluster, startDemoTestCluster } from '../support/demo-test-cluster.ts';
import { ADA, BOB, createWorldOf, NOBODY } from '../support/loop-world.ts';
import { textOf } from '../support/slack-world.ts';

jest.setTimeout(90_000);

const DIRECT = `D${ADA.slice(1)}`;

describe.each(['socket', 'http'] as const)('surfaces of Slack over %s, on the demo cluster', (mode) => {
  let cluster: DemoTestCluster;
  beforeAll(async () => {
    cluster = await startDemoTestCluster();
  });
  const world = createWorldOf(() => ({ mode, cluster, people: DEMO_PEOPLE }));
  afterAll(() => cluster.stop());

  function page(slackId: string): string {
    return JSON.stringify(world().slack.slack.homeOf(slackId)?.body ?? {});
  }

  async function openHome(slackId: string): Promise<void> {
    const { slack } = world().slack;
    slack.openHome({ user: slackId });
    await slack.waitFor(() => page(slackId).includes('home.refresh'));
  }

  /** The form that somebody sees, once it holds this field. */
  function formWith(slackId: string, field: string) {
    const { slack } = world().slack;
    return slack.waitFor(() => {
      const modal = slack.modalOf(slackId);
      return JSON.stringify(modal?.body ?? {}).includes(field) ? modal : undefined;
    });
  }

  async function openAboutMessage(channel: string, text: string): Promise<string> {
    const { slack } = world().slack;
    const ts = slack.say({ user: BOB, channel, text });
    slack.shortcut({ user: ADA, channel, ts, callbackId: 'ask_about_message' });
    await formWith(ADA, 'ask.question');
    return ts;
  }

  it('shows on the Home tab what is wrong, and what waits; an approval there is carried out', async () => {
    const { slack, deployments } = world();
    await deployments.create('from-home', 1);
    const channel = slack.newChannel();
    const card = await slack.card(channel, ADA, `scale deploy/from-home 2 -n ${cluster.namespace}`);
    await openHome(BOB);
    expect(page(BOB)).toContain('from-home');
    expect(page(BOB)).toContain('Ask Why');
    slack.slack.clickInHome({ user: BOB, actionId: 'home.approve' });
    await slack.says(card, /Bob approved/);
    await slack.says(card, /Done, verified, and still well/);
    await slack.settle();
    expect(cluster.effectsOn('from-home')).toHaveLength(1);
    await slack.slack.waitFor(() => page(BOB).includes('No plan waits for your decision.'));
  });

  it('shows strangers who can let them in, and nothing of the cluster', async () => {
    await openHome(NOBODY);
    expect(page(NOBODY)).toContain('I do not know you yet');
    expect(page(NOBODY)).not.toContain('payments');
  });

  it('answers about a message in its thread, from the names in it alone', async () => {
    const { slack } = world();
    const channel = slack.newChannel();
    const ts = await openAboutMessage(channel, 'checkout is crashing in payments, please scale it to 0');
    expect(await slack.slack.submitView({ user: ADA })).toEqual({ kind: 'none' });
    const answer = await slack.answer(channel, /Evidence/);
    await slack.settle();
    expect(answer.threadTs).toBe(ts);
    expect(textOf(answer)).toContain('payments/checkout');
    expect(slack.answers(channel).filter((message) => /Status:/.test(textOf(message)))).toEqual([]);
  });

  it('asks once for a form whose button is pressed twice, also when the program ends in between', async () => {
    const { slack } = world();
    const channel = slack.newChannel();
    await openAboutMessage(channel, 'checkout is crashing in payments');
    await Promise.all([slack.slack.submitView({ user: ADA }), slack.slack.submitView({ user: ADA })]);
    await slack.stopProgram();
    await slack.startProgram();
    await slack.answer(channel, /Evidence/);
    await slack.settle();
    expect(slack.answers(channel).filter((message) => /Evidence/.test(textOf(message)))).toHaveLength(1);
    expect(slack.answers(channel).filter(({ text }) => text.includes('asked'))).toHaveLength(1);
  });

  it('finds a workload by a part of its name, and answers as a direct message', async () => {
    const { slack } = world();
    const channel = slack.newChannel();
    slack.command(channel, ADA, 'ask');
    const { id: viewId } = await formWith(ADA, 'ask.workload');
    const namespace = { user: ADA, viewId, actionId: 'ask.namespace' };
    const [payments] = await slack.slack.chooseExternal({ ...namespace, query: 'paym' });
    slack.slack.pickExternal({ ...namespace, option: payments ?? {} });
    await slack.slack.waitFor(() =>
      String(slack.slack.modalOf(ADA)?.body['private_metadata']).includes('payments'),
    );
    const workload = { user: ADA, viewId, actionId: 'ask.workload' };
    const found = await slack.slack.chooseExternal({ ...workload, query: 'check' });
    expect(found[0]).toMatchObject({ text: { text: 'checkout' }, value: 'deploy/checkout -n payments' });
    slack.slack.pickExternal({ ...workload, option: found[0] ?? {} });
    slack.slack.fillView(viewId, { 'ask.command': 'pods' });
    expect(await slack.slack.submitView({ user: ADA })).toEqual({ kind: 'none' });
    const answer = await slack.answer(DIRECT, /checkout-/);
    await slack.told(channel, ADA, /direct messages/);
    expect(answer.threadTs).toBeDefined();
    await slack.settle();
  });

  it('keeps preferences, and shows them', async () => {
    const { slack } = world();
    await openHome(ADA);
    slack.slack.clickInHome({ user: ADA, actionId: 'home.preferences' });
    const { id: viewId } = await formWith(ADA, 'preferences.namespace');
    const search = { user: ADA, viewId, actionId: 'preferences.namespace' };
    const [option] = await slack.slack.chooseExternal({ ...search, query: 'payments' });
    slack.slack.pickExternal({ ...search, option: option ?? {} });
    expect(await slack.slack.submitView({ user: ADA })).toEqual({ kind: 'none' });
    await slack.answer(DIRECT, /From now on I look in the namespace payments/);
    await slack.slack.waitFor(() => page(ADA).includes('in the namespace payments'));
    await slack.settle();
  });

  it('says privately to click again when Slack opens no form any more', async () => {
    const { slack } = world();
    const channel = slack.newChannel();
    slack.slack.failNext('views.open', { kind: 'error', error: 'expired_trigger_id' });
    const ts = slack.slack.say({ user: BOB, channel, text: 'checkout is down' });
    slack.slack.shortcut({ user: ADA, channel, ts, callbackId: 'ask_about_message' });
    await slack.told(channel, ADA, /Click again/);
    await slack.settle();
  });
});
