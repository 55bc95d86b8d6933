import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { BlockAction, BlockSuggestion, MessageShortcut, ViewSubmitAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { FakeClock } from '../fakes/fake-clock.ts';
import { type BoltApp, startBoltApp } from './bolt-app.fixture.ts';
import { createSlackEmulator, type SlackEmulator } from './slack-emulator.ts';

const plain = (text: string) => ({ type: 'plain_text' as const, text });
const option = (label: string) => ({ text: plain(label), value: label.toLowerCase() });
const input = (blockId: string, element: object, more: object = {}) => ({
  type: 'input',
  block_id: blockId,
  label: plain(blockId),
  element: { action_id: `${blockId}.entry`, ...element },
  ...more,
});

const FORM = {
  type: 'modal',
  callback_id: 'form',
  private_metadata: 'kept',
  notify_on_close: true,
  title: plain('Edit'),
  submit: plain('Save'),
  blocks: [
    input('why', { type: 'plain_text_input', max_length: 20 }),
    input('replicas', { type: 'number_input', is_decimal_allowed: false, min_value: '0', max_value: '9' }),
    input('cluster', { type: 'static_select', options: [option('Demo'), option('Prod')] }),
    input('workload', { type: 'external_select', min_query_length: 1 }),
    input('notify', { type: 'multi_static_select', options: [option('Ada'), option('Grace')] }),
    input('speed', { type: 'radio_buttons', options: [option('Slow'), option('Fast')] }),
    input('extras', { type: 'checkboxes', options: [option('Dry'), option('Loud')] }, { optional: true }),
  ],
} as unknown as ModalView;

const ENTRIES = {
  why: 'too hot',
  replicas: '3',
  cluster: 'Prod',
  notify: ['Ada', 'Grace'],
  speed: 'fast',
};

let slack: SlackEmulator;
let clock: FakeClock;
let bolt: BoltApp;
let heard: Record<string, unknown>[];
let answer: unknown;

describe.each(['socket', 'http'] as const)('views over %s, with a real Bolt app', (mode) => {
  beforeEach(async () => {
    // Bolt compares the time of a request with its own.
    clock = new FakeClock(Date.now());
    slack = createSlackEmulator({ mode, clock });
    heard = [];
    answer = undefined;
    await slack.start();
    slack.workspace.addChannel('C1');
    slack.workspace.addUser('U1', { name: 'ada' });
    bolt = await startBoltApp(slack, mode, (app) => {
      app.shortcut('ask', async ({ ack, shortcut, client }) => {
        await ack();
        heard.push(shortcut as unknown as Record<string, unknown>);
        await client.views.open({ trigger_id: shortcut.trigger_id, view: FORM });
      });
      app.options('workload.entry', async ({ ack, options }) => {
        heard.push(options as unknown as Record<string, unknown>);
        await ack({ options: [option(`Cart ${options.value}`), option('Checkout')] });
      });
      app.view({ callback_id: 'form', type: 'view_submission' }, async ({ ack, body }) => {
        heard.push(body as unknown as Record<string, unknown>);
        await ack(answer as never);
      });
      app.view({ callback_id: 'form', type: 'view_closed' }, async ({ ack, body }) => {
        await ack();
        heard.push(body as unknown as Record<string, unknown>);
      });
      app.event('app_home_opened', async ({ event, client }) => {
        heard.push(event as unknown as Record<string, unknown>);
        const blocks = [
          {
            type: 'actions',
            block_id: 'home',
            elements: [{ type: 'button', action_id: 'home.ask', text: plain('Ask') }],
          },
        ] as never;
        await client.views.publish({ user_id: event.user, view: { type: 'home', blocks } });
      });
      app.action('home.ask', async ({ ack, body }) => {
        await ack();
        heard.push(body as unknown as Record<string, unknown>);
      });
    });
  });

  afterEach(async () => {
    await bolt.stop();
    await slack.stop();
  });

  /** The form, opened through the shortcut on somebody's message. */
  async function openForm(): Promise<string> {
    const ts = slack.say({ user: 'U1', channel: 'C1', text: 'checkout is down' });
    slack.shortcut({ user: 'U1', channel: 'C1', ts, callbackId: 'ask' });
    return (await slack.waitFor(() => slack.modalOf('U1'))).id;
  }

  async function fillForm(): Promise<string> {
    const viewId = await openForm();
    slack.fillView(viewId, ENTRIES);
    const search = { user: 'U1', viewId, actionId: 'workload.entry' };
    const [found] = await slack.chooseExternal({ ...search, query: 'ca' });
    slack.pickExternal({ ...search, option: found ?? {} });
    return viewId;
  }

  it('opens a modal from the menu of a message, which comes along', async () => {
    await openForm();
    const [shortcut] = heard as unknown as readonly [MessageShortcut];
    expect(shortcut).toMatchObject({
      type: 'message_action',
      team: { id: 'T0EMULATE', domain: 'emulated' },
      user: { id: 'U1', team_id: 'T0EMULATE' },
      channel: { id: 'C1' },
      message: { type: 'message', user: 'U1', text: 'checkout is down' },
      response_url: expect.stringContaining('/response/'),
    });
    expect(shortcut.message_ts).toBe(shortcut.message.ts);
  });

  it('asks the app for the options of a select, and shows what it answers', async () => {
    const viewId = await openForm();
    const search = { user: 'U1', viewId, actionId: 'workload.entry' };
    const offered = await slack.chooseExternal({ ...search, query: 'ca' });
    expect(offered).toEqual([option('Cart ca'), option('Checkout')]);
    const asked = heard.at(-1) as unknown as BlockSuggestion;
    expect(asked).toMatchObject({
      type: 'block_suggestion',
      action_id: 'workload.entry',
      block_id: 'workload',
      value: 'ca',
      container: { type: 'view', view_id: viewId },
      view: { id: viewId, callback_id: 'form' },
    });
    expect(asked.channel).toBeUndefined();
    expect(() => slack.chooseExternal({ ...search, query: '' })).rejects.toThrow(/after 1 characters/);
  });

  it('submits what was filled in, in the shapes of every element, and closes', async () => {
    await fillForm();
    expect(await slack.submitView({ user: 'U1' })).toEqual({ kind: 'none' });
    expect(slack.modalOf('U1')).toBeUndefined();
    const { view } = heard.at(-1) as unknown as ViewSubmitAction;
    expect(view).toMatchObject({ private_metadata: 'kept', callback_id: 'form', root_view_id: view.id });
    expect(view.state.values).toEqual({
      why: { 'why.entry': { type: 'plain_text_input', value: 'too hot' } },
      replicas: { 'replicas.entry': { type: 'number_input', value: '3' } },
      cluster: { 'cluster.entry': { type: 'static_select', selected_option: option('Prod') } },
      workload: { 'workload.entry': { type: 'external_select', selected_option: option('Cart ca') } },
      notify: {
        'notify.entry': { type: 'multi_static_select', selected_options: [option('Ada'), option('Grace')] },
      },
      speed: { 'speed.entry': { type: 'radio_buttons', selected_option: option('Fast') } },
      extras: { 'extras.entry': { type: 'checkboxes', selected_options: [] } },
    });
  });

  it('shows errors at their blocks and keeps the modal open', async () => {
    const viewId = await fillForm();
    answer = { response_action: 'errors', errors: { replicas: 'At most 9.' } };
    const outcome = await slack.submitView({ user: 'U1' });
    expect(outcome).toEqual({ kind: 'errors', errors: { replicas: 'At most 9.' } });
    expect(slack.modalOf('U1')).toMatchObject({ id: viewId, errors: { replicas: 'At most 9.' } });
  });

  it('cannot show errors where there is no input', async () => {
    await fillForm();
    answer = { response_action: 'errors', errors: { nowhere: 'x' } };
    expect(await slack.submitView({ user: 'U1' })).toMatchObject({ kind: 'trouble' });
  });

  it('updates the modal in place, keeping what still has its block', async () => {
    const viewId = await fillForm();
    const before = slack.modalOf('U1')?.hash;
    answer = { response_action: 'update', view: { ...FORM, blocks: FORM.blocks.slice(0, 1) } };
    expect(await slack.submitView({ user: 'U1' })).toMatchObject({ kind: 'update', view: { id: viewId } });
    const view = slack.modalOf('U1');
    expect(Object.keys(view?.values ?? {})).toEqual(['why']);
    expect(view?.hash).not.toBe(before);
  });

  it('pushes a modal on top, at most three, and clears them all', async () => {
    await fillForm();
    answer = { response_action: 'push', view: { ...FORM, blocks: [] } };
    const [second, third, fourth] = [
      await slack.submitView({ user: 'U1' }),
      await slack.submitView({ user: 'U1' }),
      await slack.submitView({ user: 'U1' }),
    ];
    expect([second.kind, third.kind, fourth.kind]).toEqual(['push', 'push', 'trouble']);
    expect(slack.workspace.views.stackOf('U1')).toHaveLength(3);
    answer = { response_action: 'clear' };
    expect(await slack.submitView({ user: 'U1' })).toEqual({ kind: 'clear' });
    expect(slack.modalOf('U1')).toBeUndefined();
  });

  it.each([
    ['nothing in a required block', { why: '' }, ['why']],
    ['too long a text', { why: 'x'.repeat(21) }, ['why']],
    ['a number out of bounds', { replicas: '10' }, ['replicas']],
    ['no whole number', { replicas: '1.5' }, ['replicas']],
  ])('does not even send %s', async (_what, entries, blockIds) => {
    const viewId = await fillForm();
    slack.fillView(viewId, entries);
    expect(await slack.submitView({ user: 'U1' })).toEqual({ kind: 'incomplete', blockIds });
  });

  it('cannot enter what is not offered', async () => {
    const viewId = await openForm();
    expect(() => slack.fillView(viewId, { cluster: 'Moon' })).toThrow(/no option Moon/);
    expect(() => slack.fillView(viewId, { nowhere: 'x' })).toThrow(/no element nowhere/);
    expect(() => slack.fillView(viewId, { cluster: ['Demo', 'Prod'] })).toThrow(/takes one value/);
  });

  it('tells the app that a modal was closed', async () => {
    const viewId = await openForm();
    slack.closeView({ user: 'U1' });
    const closed = await slack.waitFor(() => heard.find(({ type }) => type === 'view_closed'));
    expect(closed).toMatchObject({ is_cleared: false, view: { id: viewId } });
    expect(slack.modalOf('U1')).toBeUndefined();
  });

  it('publishes the Home tab when it is opened, and clicks in it have no channel', async () => {
    slack.openHome({ user: 'U1' });
    await slack.waitFor(() => slack.homeOf('U1'));
    expect(heard[0]).toMatchObject({ type: 'app_home_opened', user: 'U1', tab: 'home', channel: 'D1' });
    expect(heard[0]).not.toHaveProperty('view');
    slack.clickInHome({ user: 'U1', actionId: 'home.ask' });
    const click = (await slack.waitFor(() =>
      heard.find(({ type }) => type === 'block_actions'),
    )) as unknown as BlockAction;
    expect(click).toMatchObject({
      container: { type: 'view', view_id: slack.homeOf('U1')?.id },
      view: { type: 'home' },
      actions: [{ type: 'button', action_id: 'home.ask', block_id: 'home' }],
    });
    expect(click.channel).toBeUndefined();
    expect(click.message).toBeUndefined();
    slack.openHome({ user: 'U1' });
    await slack.waitFor(() => heard.filter(({ type }) => type === 'app_home_opened').length === 2);
    expect(heard.at(-1)).toMatchObject({ view: { type: 'home', id: slack.homeOf('U1')?.id } });
  });

  it('lets a trigger open one view, within three seconds', async () => {
    await openForm();
    const trigger_id = (heard[0] as unknown as MessageShortcut).trigger_id;
    const open = (trigger: string) => bolt.app.client.views.open({ trigger_id: trigger, view: FORM });
    await expect(open(trigger_id)).rejects.toThrow(/exchanged_trigger_id/);
    await expect(open('1.2.x')).rejects.toThrow(/invalid_trigger_id/);
    const late = slack.workspace.mintTrigger('U1');
    await clock.advance(3_001);
    await expect(open(late)).rejects.toThrow(/expired_trigger_id/);
  });
});
