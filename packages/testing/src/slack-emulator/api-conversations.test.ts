import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type ApiWorld, createApiWorld, refusalOf } from './api-world.fixture.ts';

let world: ApiWorld;

beforeEach(async () => {
  world = await createApiWorld();
  const { workspace } = world.slack;
  workspace.addUser('U2', { name: 'grace', isRestricted: true });
  workspace.addUser('U3', { isDeleted: true });
  workspace.addChannel('C2', { name: 'payments', botIsMember: false });
  workspace.addChannel('C3', { isArchived: true });
  workspace.addChannel('C4', { isPrivate: true, members: ['U2'] });
  workspace.addChannel('C5', { isPrivate: true, botIsMember: false });
});

afterEach(() => world.end());

const namesOf = (listed: readonly { readonly id?: string }[] | undefined) =>
  (listed ?? []).map(({ id }) => id);

describe('conversations', () => {
  it('are listed by type, page by page, without what the app cannot see', async () => {
    const { conversations } = world.client;
    expect(namesOf((await conversations.list()).channels)).toEqual(['C1', 'C2', 'C3']);
    const all = { types: 'public_channel,private_channel,im', exclude_archived: true };
    const first = await conversations.list({ ...all, limit: 2 });
    expect(namesOf(first.channels)).toEqual(['C1', 'D1']);
    const cursor = first.response_metadata?.next_cursor ?? '';
    const second = await conversations.list({ ...all, limit: 2, cursor });
    expect(namesOf(second.channels)).toEqual(['C2', 'C4']);
    expect(second.response_metadata?.next_cursor).toBe('');
  });

  it('say what they are', async () => {
    const { channel } = await world.client.conversations.info({ channel: 'C2' });
    expect(channel).toMatchObject({ id: 'C2', name: 'payments', is_channel: true, is_member: false });
    expect(await world.client.conversations.info({ channel: 'D1' })).toMatchObject({
      channel: { is_im: true, user: 'U1' },
    });
    expect(await refusalOf(world.client.conversations.info({ channel: 'C5' }))).toMatchObject({
      error: 'channel_not_found',
    });
  });

  it('have members', async () => {
    const { conversations } = world.client;
    expect((await conversations.members({ channel: 'C4' })).members).toEqual(['U0JAMIE', 'U2']);
    expect((await conversations.members({ channel: 'C2' })).members).toEqual(['U1', 'U2', 'U3']);
    const ephemeral = world.client.chat.postEphemeral({ channel: 'C4', user: 'U1', text: 'psst' });
    expect(await refusalOf(ephemeral)).toMatchObject({ error: 'user_not_in_channel' });
  });

  it('can be joined when they are public', async () => {
    const { conversations, chat } = world.client;
    expect(await refusalOf(chat.postMessage({ channel: 'C2', text: 'x' }))).toMatchObject({
      error: 'not_in_channel',
    });
    await conversations.join({ channel: 'C2' });
    await chat.postMessage({ channel: 'C2', text: 'x' });
    expect(await conversations.join({ channel: 'C2' })).toMatchObject({ warning: 'already_in_channel' });
    expect(await refusalOf(conversations.join({ channel: 'C3' }))).toMatchObject({ error: 'is_archived' });
    expect(await refusalOf(conversations.join({ channel: 'C4' }))).toMatchObject({
      error: 'method_not_supported_for_channel_type',
    });
  });

  it('are opened with people who are there', async () => {
    const { conversations } = world.client;
    expect((await conversations.open({ users: 'U2' })).channel?.id).toBe('D2');
    expect(await refusalOf(conversations.open({ users: 'U3' }))).toMatchObject({ error: 'user_disabled' });
    expect(await refusalOf(conversations.open({ users: 'U0JAMIE' }))).toMatchObject({
      error: 'cannot_dm_bot',
    });
    expect(await refusalOf(conversations.open({ users: 'U404' }))).toMatchObject({ error: 'user_not_found' });
  });

  it('are read with the scope of their kind', async () => {
    const { workspace } = world.slack;
    workspace.scopes.delete('groups:history');
    await world.client.conversations.history({ channel: 'C1' });
    expect(await refusalOf(world.client.conversations.history({ channel: 'C4' }))).toMatchObject({
      error: 'missing_scope',
      needed: 'groups:history',
    });
  });

  it('may restrict who posts', async () => {
    world.slack.workspace.addChannel('C6', { refusal: 'restricted_action_read_only_channel' });
    expect(await refusalOf(world.client.chat.postMessage({ channel: 'C6', text: 'x' }))).toMatchObject({
      error: 'restricted_action_read_only_channel',
    });
  });
});

describe('people', () => {
  it('are found by id and by address, and say what kind they are', async () => {
    const { users } = world.client;
    expect(await users.info({ user: 'U2' })).toMatchObject({ user: { name: 'grace', is_restricted: true } });
    expect(await users.lookupByEmail({ email: 'ADA@example.com' })).toMatchObject({
      user: { id: 'U1', profile: { email: 'ada@example.com' } },
    });
    expect(await refusalOf(users.lookupByEmail({ email: 'x@example.com' }))).toMatchObject({
      error: 'users_not_found',
    });
    expect(await refusalOf(users.info({ user: 'U404' }))).toMatchObject({ error: 'user_not_found' });
  });

  it('are listed page by page', async () => {
    const { users } = world.client;
    const first = await users.list({ limit: 3 });
    expect(namesOf(first.members)).toEqual(['U0JAMIE', 'U1', 'U2']);
    const rest = await users.list({ limit: 3, cursor: first.response_metadata?.next_cursor ?? '' });
    expect(rest.members).toMatchObject([{ id: 'U3', deleted: true }]);
  });

  it('keep their addresses from an app without the scope', async () => {
    world.slack.workspace.scopes.delete('users:read.email');
    expect((await world.client.users.info({ user: 'U1' })).user?.profile?.email).toBeUndefined();
    expect(await refusalOf(world.client.users.lookupByEmail({ email: 'ada@example.com' }))).toMatchObject({
      error: 'missing_scope',
      needed: 'users:read.email',
    });
  });
});

describe('reactions', () => {
  it('are added, read and removed', async () => {
    const { client, root } = world;
    const at = { channel: 'C1', timestamp: root };
    await client.reactions.add({ ...at, name: 'eyes' });
    expect(await client.reactions.get(at)).toMatchObject({
      message: { ts: root, reactions: [{ name: 'eyes', count: 1, users: ['U0JAMIE'] }] },
    });
    expect(await refusalOf(client.reactions.add({ ...at, name: 'eyes' }))).toMatchObject({
      error: 'already_reacted',
    });
    await client.reactions.remove({ ...at, name: 'eyes' });
    expect(await refusalOf(client.reactions.remove({ ...at, name: 'eyes' }))).toMatchObject({
      error: 'no_reaction',
    });
  });
});
