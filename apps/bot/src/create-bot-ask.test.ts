import type { Reply } from '@jamie/core';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type BotWorld, createBotWorld } from './bot-world.fixture.ts';

jest.setTimeout(60_000);

let world: BotWorld | undefined;

function started(): BotWorld {
  if (world === undefined) throw new Error('no world');
  return world;
}

describe.each(['socket', 'http'] as const)('asking with a form over %s', (mode) => {
  beforeEach(async () => {
    world = await createBotWorld({ mode });
  });

  afterEach(async () => {
    await world?.end();
    world = undefined;
  });

  /** The form, once it can be filled in. */
  async function form(field = 'ask.question'): Promise<string> {
    const { slack } = started();
    const view = await slack.waitFor(() => {
      const modal = slack.modalOf('U1');
      return JSON.stringify(modal?.body ?? {}).includes(field) ? modal : undefined;
    });
    return view.id;
  }

  async function openOnMessage(text: string, threadTs?: string): Promise<string> {
    const { slack } = started();
    const ts = slack.say({
      user: 'U2',
      channel: 'C1',
      text,
      ...(threadTs === undefined ? {} : { threadTs }),
    });
    slack.shortcut({ user: 'U1', channel: 'C1', ts, callbackId: 'ask_about_message' });
    await form();
    return ts;
  }

  it('answers about a message in its thread, with its text as what the question is about', async () => {
    const { slack, desk } = started();
    const ts = await openOnMessage('cart is down, password=hunter2');
    slack.fillView(await form(), { 'ask.question': 'why?' });
    expect(await slack.submitView({ user: 'U1' })).toEqual({ kind: 'none' });
    await started().settle();
    expect(desk.submissions).toMatchObject([
      {
        form: 'sentence',
        text: 'why?',
        about: expect.stringContaining('cart is down'),
        principal: { displayName: 'Ada' },
        place: { channelId: 'C1', threadTs: ts },
      },
    ]);
    expect(JSON.stringify(desk.submissions)).not.toContain('hunter2');
    const answer = slack.transcript('C1').filter(({ threadTs }) => threadTs === ts);
    expect(answer.map(({ text }) => text)).toEqual(['*Ada* asked `why?`', 'You said: why?']);
    await slack.waitFor(() => slack.ephemerals.find(({ text }) => text.includes('in the thread')));
  });

  it('takes a second press of the button for the first', async () => {
    const { slack, desk } = started();
    await openOnMessage('cart is down');
    await Promise.all([slack.submitView({ user: 'U1' }), slack.submitView({ user: 'U1' })]);
    await started().settle();
    expect(desk.submissions).toHaveLength(1);
    expect(desk.submissions[0]?.text).toBe('What is wrong here?');
  });

  it('says what is missing at the field, and stores nothing before that', async () => {
    const { slack, desk, inbox } = started();
    slack.slash({ user: 'U1', channel: 'C1', text: 'ask' });
    await form();
    expect(await slack.submitView({ user: 'U1' })).toMatchObject({
      kind: 'errors',
      errors: { 'ask.question': expect.stringContaining('Write a question') },
    });
    expect(await inbox.listOpen(5)).toEqual([]);
    slack.fillView(await form(), { 'ask.question': 'how are things?' });
    expect(await slack.submitView({ user: 'U1' })).toEqual({ kind: 'none' });
    await started().settle();
    expect(desk.submissions).toMatchObject([{ text: 'how are things?', place: { channelId: 'D1' } }]);
    await slack.waitFor(() => slack.ephemerals.find(({ text }) => text.includes('direct messages')));
  });

  it('searches where the person has chosen to look, and asks with what they chose', async () => {
    const { slack, desk } = started();
    desk.suggestions.push({ label: 'demo', value: 'demo' }, { label: 'cart', value: 'deploy/cart -n shop' });
    slack.slash({ user: 'U1', channel: 'C1', text: ' Ask ' });
    const viewId = await form('ask.cluster');
    slack.enterInView({ user: 'U1', field: 'ask.cluster', entry: 'demo' });
    await slack.waitFor(() =>
      String(slack.modalOf('U1')?.body['private_metadata']).includes('"cluster":"demo"'),
    );
    const search = { user: 'U1', viewId, actionId: 'ask.workload' };
    const [option] = await slack.chooseExternal({ ...search, query: 'car' });
    expect(desk.asked.at(-1)).toMatchObject({ what: 'workload', cluster: 'demo', query: 'car' });
    slack.pickExternal({ ...search, option: option ?? {} });
    slack.fillView(viewId, { 'ask.command': 'logs' });
    expect(await slack.submitView({ user: 'U1' })).toEqual({ kind: 'none' });
    await started().settle();
    expect(desk.submissions).toMatchObject([
      { form: 'command', text: 'logs deploy/cart -n shop --cluster demo', place: { channelId: 'D1' } },
    ]);
  });

  it('finds again what was too long for Slack, and does nothing when it is gone', async () => {
    const { slack, desk } = started();
    const long = `deploy/${'n'.repeat(90)} -n shop`;
    desk.suggestions.push({ label: 'demo', value: 'demo' }, { label: 'long', value: long });
    for (const isGone of [false, true]) {
      slack.slash({ user: 'U1', channel: 'C1', text: 'ask' });
      const viewId = await form('ask.workload');
      const search = { user: 'U1', viewId, actionId: 'ask.workload' };
      const [option] = await slack.chooseExternal({ ...search, query: 'long' });
      slack.pickExternal({ ...search, option: option ?? {} });
      slack.fillView(viewId, { 'ask.command': 'why' });
      if (isGone) desk.suggestions.length = 0;
      await slack.submitView({ user: 'U1' });
      await started().settle();
    }
    expect(desk.submissions.map(({ text }) => text)).toEqual([`why ${long}`]);
    await slack.waitFor(() => slack.ephemerals.find(({ text }) => text.includes('not there any more')));
  });

  it('says privately to click again when the click is too old', async () => {
    const { slack } = started();
    slack.failNext('views.open', { kind: 'error', error: 'expired_trigger_id' });
    const ts = slack.say({ user: 'U2', channel: 'C1', text: 'cart is down' });
    slack.shortcut({ user: 'U1', channel: 'C1', ts, callbackId: 'ask_about_message' });
    await slack.waitFor(() => slack.ephemerals.find(({ text }) => text.includes('Click again.')));
    expect(slack.modalOf('U1')).toBeUndefined();
  });

  it('answers as a direct message where it may not write', async () => {
    const { slack, desk } = started();
    await openOnMessage('cart is down');
    slack.failNext('chat.postMessage', { kind: 'error', error: 'is_archived' });
    await slack.submitView({ user: 'U1' });
    await started().settle();
    expect(desk.submissions).toMatchObject([{ place: { channelId: 'D1' } }]);
  });

  it('opens no form for guests, and asks nothing for them', async () => {
    const { slack, desk } = started();
    slack.slash({ user: 'U9', channel: 'C1', text: 'ask' });
    await slack.waitFor(() =>
      JSON.stringify(slack.modalOf('U9')?.body ?? {}).includes('Guests of this workspace cannot use me'),
    );
    expect(desk.asked).toEqual([]);
  });

  it('shows nothing of the cluster where another organisation reads along', async () => {
    const { slack, desk } = started();
    slack.workspace.addChannel('C7', { isShared: true });
    const ts = slack.say({ user: 'U1', channel: 'C7', text: 'cart is down' });
    slack.shortcut({ user: 'U1', channel: 'C7', ts, callbackId: 'ask_about_message' });
    await slack.waitFor(() =>
      JSON.stringify(slack.modalOf('U1')?.body ?? {}).includes('shared with another organisation'),
    );
    expect(desk.asked).toEqual([]);
  });

  it('finds every option of a choice that has more than a select holds', async () => {
    const { slack, desk } = started();
    const options = Array.from({ length: 130 }, (_, index) => ({
      label: `app-${index}`,
      command: `why app-${index}`,
    }));
    const reply: Reply = {
      tone: 'answer',
      headline: 'Many match.',
      sections: [],
      proposals: [],
      choice: { prompt: 'Which one?', options },
    };
    desk.replies.set('why app', reply);
    slack.slash({ user: 'U1', channel: 'C1', text: 'why app' });
    const { ts } = await slack.waitFor(() =>
      slack.transcript('C1').find(({ text }) => text.includes('Many match')),
    );
    const place = { user: 'U1', channel: 'C1', ts, actionId: 'choice.submit' };
    expect(await slack.chooseExternal({ ...place, query: '' })).toHaveLength(100);
    const [option] = await slack.chooseExternal({ ...place, query: 'app-129' });
    slack.pickExternal({ ...place, option: option ?? {} });
    await started().until(() => desk.submissions.length === 2);
    expect(desk.submissions[1]).toMatchObject({ form: 'command', text: 'why app-129' });
    await started().settle();
  });

  it('answers what was handed in before a restart', async () => {
    const { slack, desk } = started();
    await openOnMessage('cart is down');
    desk.failures = 1;
    await slack.submitView({ user: 'U1' });
    await started().restart();
    await started().until(() => desk.submissions.length === 1);
    await started().settle();
    const asked = slack.transcript('C1').filter(({ text }) => text.startsWith('*Ada* asked'));
    expect(asked).toHaveLength(1);
  });
});
