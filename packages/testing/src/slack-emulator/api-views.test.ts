import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { HomeView, ModalView } from '@slack/types';
import { type ApiWorld, createApiWorld, refusalOf } from './api-world.fixture.ts';

let world: ApiWorld;

beforeEach(async () => {
  world = await createApiWorld();
});

afterEach(() => world.end());

const plain = (text: string) => ({ type: 'plain_text' as const, text });
const note = {
  type: 'input' as const,
  block_id: 'note',
  label: plain('Note'),
  element: { type: 'plain_text_input' as const, action_id: 'text' },
};
const modal = (title: string, more: Partial<ModalView> = {}): ModalView => ({
  type: 'modal',
  title: plain(title),
  submit: plain('Send'),
  blocks: [note],
  ...more,
});
const { submit: _submit, ...withoutSubmit } = modal('Ask');
const home = (text: string): HomeView => ({
  type: 'home',
  blocks: [{ type: 'section', text: { type: 'mrkdwn', text } }],
});
const trigger = () => world.slack.workspace.mintTrigger('U1');

describe('views.open', () => {
  it('shows a modal to the person whose act brought the trigger', async () => {
    const { view } = await world.client.views.open({ trigger_id: trigger(), view: modal('Ask') });
    expect(view).toMatchObject({ type: 'modal', team_id: 'T0EMULATE', previous_view_id: null });
    expect(view?.root_view_id).toBe(view?.id);
    expect(world.slack.workspace.views.topOf('U1')).toMatchObject({
      id: view?.id,
      body: modal('Ask'),
      hash: view?.hash,
    });
  });

  it('takes a trigger for three seconds, and once', async () => {
    const { client, clock } = world;
    const open = (id: string) => client.views.open({ trigger_id: id, view: modal('Ask') });
    const [fresh, old] = [trigger(), trigger()];
    await open(fresh);
    expect(await refusalOf(open(fresh))).toMatchObject({ error: 'exchanged_trigger_id' });
    await clock.advance(3_001);
    expect(await refusalOf(open(old))).toMatchObject({ error: 'expired_trigger_id' });
    expect(await refusalOf(open('1.2.x'))).toMatchObject({ error: 'invalid_trigger_id' });
  });

  it('says what is wrong with a view as Slack says it, and leaves the trigger unused', async () => {
    const triggerId = trigger();
    const { title: _title, ...untitled } = modal('Ask', { callback_id: 'x'.repeat(256) });
    const open = world.client.apiCall('views.open', { trigger_id: triggerId, view: untitled });
    expect(await refusalOf(open)).toMatchObject({
      ok: false,
      error: 'invalid_arguments',
      response_metadata: {
        messages: [
          '[ERROR] must be less than 256 characters [json-pointer:/view/callback_id]',
          '[ERROR] missing required field: title [json-pointer:/view]',
        ],
      },
    });
    await world.client.views.open({ trigger_id: triggerId, view: modal('Ask') });
  });

  it.each([
    ['a title of 25 characters', modal('x'.repeat(25)), '/view/title/text'],
    ['an input without a submit button', withoutSubmit, '/view'],
    [
      '101 blocks',
      modal('Ask', { blocks: Array.from({ length: 101 }, () => ({ type: 'divider' })) }),
      '/view/blocks',
    ],
    [
      'a block of messages only',
      modal('Ask', { blocks: [{ type: 'markdown', text: 'x' }] as never }),
      '/view/blocks/0/type',
    ],
    [
      'too long private metadata',
      modal('Ask', { private_metadata: 'x'.repeat(3_001) }),
      '/view/private_metadata',
    ],
    ['a Home view', home('x'), '/view/type'],
  ])('refuses %s', async (_what, view, pointer) => {
    const refused = await refusalOf(world.client.views.open({ trigger_id: trigger(), view }));
    expect(refused).toMatchObject({ error: 'invalid_arguments' });
    expect(JSON.stringify(refused)).toContain(`[json-pointer:${pointer}]`);
  });

  it('refuses a view of more than 250 kB', async () => {
    const section = { type: 'section' as const, text: { type: 'mrkdwn' as const, text: 'x'.repeat(3_000) } };
    const view = modal('Ask', { blocks: Array.from({ length: 90 }, () => section) });
    expect(await refusalOf(world.client.views.open({ trigger_id: trigger(), view }))).toMatchObject({
      error: 'view_too_large',
    });
  });

  it('gives an external id to one view only', async () => {
    const view = modal('Ask', { external_id: 'mine' });
    await world.client.views.open({ trigger_id: trigger(), view });
    expect(await refusalOf(world.client.views.push({ trigger_id: trigger(), view }))).toMatchObject({
      error: 'duplicate_external_id',
    });
    await world.client.views.update({ external_id: 'mine', view: modal('Changed', { external_id: 'mine' }) });
    expect(world.slack.workspace.views.topOf('U1')?.body).toMatchObject({ title: { text: 'Changed' } });
  });
});

describe('views.push', () => {
  it('puts at most three modals on top of each other', async () => {
    const first = await world.client.views.open({ trigger_id: trigger(), view: modal('One') });
    const second = await world.client.views.push({ trigger_id: trigger(), view: modal('Two') });
    expect(second.view).toMatchObject({ root_view_id: first.view?.id, previous_view_id: first.view?.id });
    await world.client.views.push({ trigger_id: trigger(), view: modal('Three') });
    expect(
      await refusalOf(world.client.views.push({ trigger_id: trigger(), view: modal('Four') })),
    ).toMatchObject({ error: 'push_limit_reached' });
    expect(world.slack.workspace.views.stackOf('U1')).toHaveLength(3);
  });

  it('wants a modal below', async () => {
    expect(
      await refusalOf(world.client.views.push({ trigger_id: trigger(), view: modal('Two') })),
    ).toMatchObject({ error: 'not_found' });
  });
});

describe('views.update', () => {
  it('changes the view that the hash still describes', async () => {
    const { view } = await world.client.views.open({ trigger_id: trigger(), view: modal('Loading') });
    const update = (hash: string | undefined, title: string) =>
      world.client.views.update({
        view_id: view?.id ?? '',
        view: modal(title),
        ...(hash === undefined ? {} : { hash }),
      });
    const changed = await update(view?.hash, 'First');
    expect(changed.view?.hash).not.toBe(view?.hash);
    expect(await refusalOf(update(view?.hash, 'Late'))).toMatchObject({ error: 'hash_conflict' });
    await update(undefined, 'Careless');
    expect(world.slack.workspace.views.topOf('U1')?.body).toMatchObject({ title: { text: 'Careless' } });
  });

  it('does not know a view that was closed', async () => {
    const { view } = await world.client.views.open({ trigger_id: trigger(), view: modal('Ask') });
    world.slack.workspace.views.clear('U1');
    const update = world.client.views.update({ view_id: view?.id ?? '', view: modal('Late') });
    expect(await refusalOf(update)).toMatchObject({ error: 'not_found' });
  });
});

describe('views.publish', () => {
  it('gives each person a Home tab, which stays the same view', async () => {
    const { client, slack } = world;
    const first = await client.views.publish({ user_id: 'U1', view: home('one') });
    const second = await client.views.publish({ user_id: 'U1', view: home('two') });
    expect(second.view?.id).toBe(first.view?.id);
    expect(slack.workspace.views.homeOf('U1')?.body).toMatchObject(home('two'));
    const stale = client.views.publish({ user_id: 'U1', view: home('x'), hash: first.view?.hash ?? '' });
    expect(await refusalOf(stale)).toMatchObject({ error: 'hash_conflict' });
    const stranger = client.views.publish({ user_id: 'U404', view: home('x') });
    expect(await refusalOf(stranger)).toMatchObject({ error: 'invalid_arguments' });
  });

  it('is not possible while the app has no Home tab', async () => {
    const bare = await createApiWorld({ hasHomeTab: false });
    const publish = bare.client.views.publish({ user_id: 'U1', view: home('x') });
    expect(await refusalOf(publish)).toMatchObject({ error: 'not_enabled' });
    await bare.end();
  });
});
