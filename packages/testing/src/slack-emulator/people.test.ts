import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FakeClock } from '../fakes/fake-clock.ts';
import { createSlackEmulator, type SlackEmulator } from './slack-emulator.ts';

type Part = Readonly<Record<string, unknown>>;

const plain = (text: string) => ({ type: 'plain_text', text });
const option = (label: string) => ({ text: plain(label), value: label.toLowerCase() });

let slack: SlackEmulator;

beforeEach(async () => {
  slack = createSlackEmulator({ mode: 'socket', clock: new FakeClock() });
  await slack.start();
  slack.workspace.addChannel('C1');
  slack.workspace.addUser('U1', { name: 'ada' });
});

afterEach(() => slack.stop());

function post(
  message: { readonly blocks?: readonly Record<string, unknown>[]; readonly threadTs?: string } = {},
) {
  const user = slack.workspace.botUserId;
  return slack.workspace.addMessage({ channel: 'C1', user, text: 'x', isOurs: true, blocks: [], ...message });
}

/** What the app was told last. */
function told(): Part {
  return slack.sent.at(-1)?.payload ?? {};
}

function toldEvent(): Part {
  return (told()['event'] ?? {}) as Part;
}

async function call(method: string, args: Part = {}, token = slack.botToken): Promise<Part> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const response = await fetch(`${slack.apiUrl}${method}`, {
    method: 'POST',
    headers,
    body: JSON.stringify(args),
  });
  return (await response.json()) as Part;
}

describe('a person at a message of the app', () => {
  it('presses feedback buttons', () => {
    const feedback = {
      type: 'feedback_buttons',
      action_id: 'feedback',
      positive_button: { text: plain('Good'), value: 'good' },
      negative_button: { text: plain('Bad'), value: 'bad' },
    };
    const { ts } = post({ blocks: [{ type: 'context_actions', block_id: 'b', elements: [feedback] }] });
    slack.feedback({ user: 'U1', channel: 'C1', ts, value: 'negative' });
    expect(told()).toMatchObject({
      type: 'block_actions',
      actions: [
        { type: 'feedback_buttons', action_id: 'feedback', block_id: 'b', value: 'bad', text: plain('Bad') },
      ],
    });
  });

  it('chooses from an overflow menu, which holds no state', () => {
    const overflow = { type: 'overflow', action_id: 'more', options: [option('Mute'), option('Copy')] };
    const { ts } = post({ blocks: [{ type: 'section', text: plain('x'), accessory: overflow }] });
    slack.choose({ user: 'U1', channel: 'C1', ts, option: 'Copy' });
    expect(told()).toMatchObject({
      state: { values: {} },
      actions: [{ type: 'overflow', action_id: 'more', selected_option: option('Copy') }],
    });
  });

  it('clicks in what only they see, of which the app is shown nothing', async () => {
    const button = { type: 'button', action_id: 'go', text: plain('Go'), value: 'v' };
    const answer = await call('chat.postEphemeral', {
      channel: 'C1',
      user: 'U1',
      text: 'x',
      blocks: [{ type: 'actions', elements: [button] }],
    });
    slack.click({ user: 'U1', channel: 'C1', ts: String(answer['message_ts']), actionId: 'go' });
    expect(told()).toMatchObject({ container: { is_ephemeral: true }, actions: [{ value: 'v' }] });
    expect(told()).not.toHaveProperty('message');
    const other = { user: 'U2', channel: 'C1', ts: String(answer['message_ts']), actionId: 'go' };
    expect(() => slack.click(other)).toThrow(/no message/);
  });

  it('stops the app in a thread, which ends its streams', async () => {
    const threadTs = slack.say({ user: 'U1', channel: 'C1', text: 'why?' });
    const recipient = { recipient_user_id: 'U1', recipient_team_id: slack.workspace.teamId };
    const { ts } = await call('chat.startStream', { channel: 'C1', thread_ts: threadTs, ...recipient });
    slack.pressStop({ user: 'U1', channel: 'C1', threadTs });
    expect(toldEvent()).toMatchObject({
      type: 'agent_session_stopped',
      user: 'U1',
      channel: 'C1',
      thread_ts: threadTs,
      streaming_message_ts: [ts],
    });
    const appended = await call('chat.appendStream', { channel: 'C1', ts, markdown_text: 'more' });
    expect(appended['error']).toBe('stopped_by_user');
  });

  it('reacts to it', () => {
    const { ts } = post();
    slack.addReaction({ user: 'U1', channel: 'C1', ts, name: 'eyes' });
    expect(toldEvent()).toMatchObject({
      type: 'reaction_added',
      reaction: 'eyes',
      item_user: slack.workspace.botUserId,
      item: { type: 'message', channel: 'C1', ts },
    });
    expect(slack.workspace.findMessage('C1', ts)?.reactions).toEqual(['eyes']);
  });
});

describe('a person in a conversation', () => {
  it('deletes a message, which is gone', async () => {
    const { ts } = post();
    slack.deleteMessage({ channel: 'C1', ts });
    expect(toldEvent()).toMatchObject({
      type: 'message',
      subtype: 'message_deleted',
      deleted_ts: ts,
      previous_message: { ts, text: 'x' },
    });
    expect(await call('chat.update', { channel: 'C1', ts, text: 'y' })).toMatchObject({
      error: 'message_not_found',
    });
  });

  it('deletes a root, of which a tombstone remains for its thread', async () => {
    const { ts } = post();
    post({ threadTs: ts });
    slack.deleteMessage({ channel: 'C1', ts });
    expect(toldEvent()).toMatchObject({ subtype: 'message_changed', message: { subtype: 'tombstone', ts } });
    expect(slack.transcript('C1').map(({ text }) => text)).toEqual(['This message was deleted.', 'x']);
    expect((await call('chat.update', { channel: 'C1', ts, text: 'y' }))['ok']).toBe(false);
    expect((await call('chat.postMessage', { channel: 'C1', thread_ts: ts, text: 'y' }))['ok']).toBe(true);
  });

  it('edits, which shows what was there before', () => {
    const ts = slack.say({ user: 'U1', channel: 'C1', text: 'wyh?' });
    slack.edit('C1', ts, 'why?');
    expect(toldEvent()).toMatchObject({
      subtype: 'message_changed',
      message: { text: 'why?', edited: { user: 'U1' } },
      previous_message: { text: 'wyh?' },
    });
  });

  it('invites the bot, and takes it out again', async () => {
    slack.workspace.addChannel('C2', { botIsMember: false });
    slack.join({ channel: 'C2', inviter: 'U1' });
    expect(toldEvent()).toMatchObject({
      type: 'member_joined_channel',
      user: slack.workspace.botUserId,
      inviter: 'U1',
    });
    expect((await call('chat.postMessage', { channel: 'C2', text: 'x' }))['ok']).toBe(true);
    slack.removeBot({ channel: 'C2' });
    expect((await call('chat.postMessage', { channel: 'C2', text: 'x' }))['error']).toBe('not_in_channel');
  });

  it('archives a channel', async () => {
    slack.archive('C1');
    expect(toldEvent()).toMatchObject({ type: 'channel_archive', channel: 'C1' });
    expect((await call('chat.postMessage', { channel: 'C1', text: 'x' }))['error']).toBe('is_archived');
  });

  it('comes from another workspace, which the envelope and the event say', () => {
    slack.workspace.addChannel('C9', { isShared: true, hostTeamId: 'TOTHER' });
    slack.workspace.addUser('UFAR', { teamId: 'TOTHER' });
    slack.mention({ user: 'UFAR', channel: 'C9', text: 'hello' });
    expect(told()).toMatchObject({
      team_id: 'TOTHER',
      context_team_id: slack.workspace.teamId,
      is_ext_shared_channel: true,
      authorizations: [{ team_id: slack.workspace.teamId, user_id: slack.workspace.botUserId }],
      event: { team: 'TOTHER', user_team: 'TOTHER', source_team: 'TOTHER' },
    });
  });

  it('looks at something else, or opens the messages beside it', () => {
    const entity = { type: 'slack#/types/channel_id', value: 'C1', team_id: slack.workspace.teamId } as const;
    slack.changeContext({ user: 'U1', context: { entities: [entity] } });
    expect(toldEvent()).toMatchObject({
      type: 'app_context_changed',
      channel: 'D1',
      context: { entities: [entity] },
    });
    slack.openHome({ user: 'U1', tab: 'messages', context: { entities: [entity] } });
    expect(toldEvent()).toMatchObject({
      type: 'app_home_opened',
      tab: 'messages',
      context: { entities: [entity] },
    });
  });
});

describe('people of two workspaces', () => {
  it('reach the app with the team and the bot of their own', async () => {
    const other = slack.addWorkspace('T2');
    other.addChannel('C2');
    other.addUser('U2');
    slack.mention({ user: 'U2', channel: 'C2', text: 'hi' });
    expect(told()).toMatchObject({
      team_id: 'T2',
      authorizations: [{ team_id: 'T2', user_id: other.botUserId }],
    });
    slack.slash({ user: 'U2', channel: 'C2', text: 'status' });
    expect(told()).toMatchObject({ team_id: 'T2', team_domain: other.domain });
    slack.openHome({ user: 'U2' });
    expect(told()).toMatchObject({ team_id: 'T2' });
    expect(() => slack.openHome({ user: 'U2', team: 'T3' })).toThrow(/no workspace T3/);
  });

  it('uninstall or revoke in theirs only, and the tokens end there', async () => {
    const other = slack.addWorkspace('T2');
    const { accessToken } = slack.tokens.issue(other, false);
    expect((await call('auth.test', {}, accessToken))['team_id']).toBe('T2');
    slack.uninstall({ team: 'T2' });
    expect(slack.sent.map(({ payload }) => (payload['event'] as Part)['type'])).toEqual([
      'tokens_revoked',
      'app_uninstalled',
    ]);
    expect(told()).toMatchObject({ team_id: 'T2' });
    expect((await call('auth.test', {}, accessToken))['error']).toBe('account_inactive');
    expect((await call('auth.test'))['ok']).toBe(true);
    slack.revokeTokens();
    expect(toldEvent()).toMatchObject({
      type: 'tokens_revoked',
      tokens: { bot: [slack.workspace.botUserId] },
    });
    expect((await call('auth.test'))['error']).toBe('token_revoked');
  });
});
