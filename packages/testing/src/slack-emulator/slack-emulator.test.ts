import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { WebSocket } from 'ws';
import { FakeClock } from '../fakes/fake-clock.ts';
import { createSlackEmulator, type SlackEmulator } from './slack-emulator.ts';

type Answer = Readonly<Record<string, unknown>> & { readonly ok: boolean; readonly error?: string };

let slack: SlackEmulator;
let clock: FakeClock;

beforeEach(async () => {
  clock = new FakeClock();
  slack = createSlackEmulator({ mode: 'socket', clock });
  await slack.start();
  slack.workspace.addChannel('C1');
  slack.workspace.addUser('U1');
});

afterEach(async () => {
  await slack.stop();
});

async function call(
  method: string,
  args: Record<string, unknown> = {},
  token = slack.botToken,
): Promise<Answer> {
  const response = await fetch(`${slack.apiUrl}${method}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(args),
  });
  return (await response.json()) as Answer;
}

async function callWithForm(method: string, args: Record<string, string>): Promise<Answer> {
  const body = new URLSearchParams({ token: slack.botToken, ...args });
  const response = await fetch(`${slack.apiUrl}${method}`, { method: 'POST', body });
  return (await response.json()) as Answer;
}

const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } });

describe('the emulated Web API', () => {
  it('says unknown_method to what it does not emulate', async () => {
    expect(await call('files.upload')).toMatchObject({ ok: false, error: 'unknown_method' });
    expect(await call('constructor')).toMatchObject({ ok: false, error: 'unknown_method' });
  });

  it('wants the right token of the right kind', async () => {
    expect(await call('auth.test', {}, 'xoxb-wrong')).toMatchObject({ error: 'invalid_auth' });
    expect(await call('auth.test', {}, slack.appToken)).toMatchObject({ error: 'not_allowed_token_type' });
    const response = await fetch(`${slack.apiUrl}auth.test`, { method: 'POST' });
    expect(await response.json()).toMatchObject({ error: 'not_authed' });
  });

  it('names the scope that is missing', async () => {
    expect(await call('team.info')).toMatchObject({ error: 'missing_scope', needed: 'team:read' });
  });

  it('reads forms with nested JSON as it reads JSON bodies', async () => {
    const blocks = JSON.stringify([section('hello')]);
    expect(await callWithForm('chat.postMessage', { channel: 'C1', text: 'hi', blocks })).toMatchObject({
      ok: true,
    });
    expect(slack.transcript('C1')).toMatchObject([{ text: 'hi', blocks: [section('hello')] }]);
  });

  it.each([
    ['an unknown channel', { channel: 'C404', text: 'x' }, 'channel_not_found'],
    ['nothing to say', { channel: 'C1' }, 'no_text'],
    ['blocks that are no JSON', { channel: 'C1', blocks: '[{' }, 'invalid_blocks_format'],
    [
      '51 blocks',
      { channel: 'C1', blocks: Array.from({ length: 51 }, () => section('x')) },
      'msg_blocks_too_many',
    ],
    ['an unknown kind of block', { channel: 'C1', blocks: [{ type: 'video' }] }, 'invalid_blocks'],
    [
      'blocks with too much text together',
      { channel: 'C1', blocks: Array.from({ length: 5 }, () => section('x'.repeat(2_900))) },
      'msg_blocks_too_long',
    ],
    [
      'a thread that nobody started',
      { channel: 'C1', text: 'x', thread_ts: '1.000001' },
      'invalid_thread_ts',
    ],
    ['metadata without a type', { channel: 'C1', text: 'x', metadata: {} }, 'invalid_metadata_format'],
  ])('refuses %s', async (_what, args, error) => {
    expect(await call('chat.postMessage', args)).toMatchObject({ ok: false, error });
    expect(slack.transcript('C1')).toEqual([]);
  });

  it('points at the block that is wrong, in the words of Slack', async () => {
    const answer = await call('chat.postMessage', {
      channel: 'C1',
      blocks: [section('x'), section('x'.repeat(3_001))],
    });
    expect(answer['response_metadata']).toEqual({
      messages: ['[ERROR] must be less than 3001 characters [json-pointer:/blocks/1/text/text]'],
    });
  });

  it('opens threads on roots only, and gives each message of a channel its own timestamp', async () => {
    const posted = await Promise.all(
      Array.from({ length: 20 }, () => call('chat.postMessage', { channel: 'C1', text: 'x' })),
    );
    expect(new Set(posted.map((answer) => answer['ts'])).size).toBe(20);
    const root = posted[0]?.['ts'];
    const reply = await call('chat.postMessage', { channel: 'C1', text: 'y', thread_ts: root });
    expect(reply.ok).toBe(true);
    const nested = await call('chat.postMessage', { channel: 'C1', text: 'z', thread_ts: reply['ts'] });
    expect(nested.error).toBe('invalid_thread_ts');
  });

  it('changes and deletes only what the app wrote itself', async () => {
    const ts = slack.say({ user: 'U1', channel: 'C1', text: 'mine' });
    expect(await call('chat.update', { channel: 'C1', ts, text: 'x' })).toMatchObject({
      error: 'cant_update_message',
    });
    expect(await call('chat.delete', { channel: 'C1', ts })).toMatchObject({ error: 'cant_delete_message' });
    expect(await call('chat.update', { channel: 'C1', ts: '9.9', text: 'x' })).toMatchObject({
      error: 'message_not_found',
    });
    const own = await call('chat.postMessage', { channel: 'C1', text: 'ours' });
    const long = { channel: 'C1', ts: own['ts'], text: 'x'.repeat(4_001) };
    expect(await call('chat.update', long)).toMatchObject({ error: 'msg_too_long' });
    expect(await call('chat.delete', { channel: 'C1', ts: own['ts'] })).toMatchObject({ ok: true });
  });

  it('keeps metadata and shows it to those who ask for it', async () => {
    const metadata = { event_type: 'jamie_message', event_payload: { message_id: 'm1' } };
    await call('chat.postMessage', { channel: 'C1', text: 'x', metadata });
    const without = await call('conversations.history', { channel: 'C1' });
    expect(without['messages']).toEqual([expect.not.objectContaining({ metadata })]);
    const withIt = await call('conversations.history', { channel: 'C1', include_all_metadata: true });
    expect(withIt['messages']).toEqual([expect.objectContaining({ metadata })]);
  });

  it('never shows an ephemeral message to anybody else', async () => {
    await call('chat.postEphemeral', { channel: 'C1', user: 'U1', text: 'psst' });
    expect(slack.ephemerals).toMatchObject([{ user: 'U1', text: 'psst' }]);
    expect((await call('conversations.history', { channel: 'C1' }))['messages']).toEqual([]);
    const stranger = await call('chat.postEphemeral', { channel: 'C1', user: 'U404', text: 'psst' });
    expect(stranger.error).toBe('user_not_in_channel');
  });

  it('pages through a thread, the root first on every listing', async () => {
    const root = slack.say({ user: 'U1', channel: 'C1', text: 'root' });
    for (let count = 0; count < 4; count += 1)
      slack.say({ user: 'U1', channel: 'C1', text: `${count}`, threadTs: root });
    const first = await call('conversations.replies', { channel: 'C1', ts: root, limit: 3 });
    expect(first).toMatchObject({ has_more: true, response_metadata: { next_cursor: '3' } });
    const second = await call('conversations.replies', { channel: 'C1', ts: root, limit: 3, cursor: '3' });
    const texts = [first, second].flatMap((page) =>
      (page['messages'] as { text: string }[]).map(({ text }) => text),
    );
    expect(texts).toEqual(['root', '0', '1', '2', '3']);
    expect(await call('conversations.replies', { channel: 'C1', ts: '9.9' })).toMatchObject({
      error: 'thread_not_found',
    });
  });

  it('keeps the app out of archived channels and channels that it did not join', async () => {
    slack.workspace.addChannel('C2', { isArchived: true });
    slack.workspace.addChannel('C3', { botIsMember: false });
    expect(await call('chat.postMessage', { channel: 'C2', text: 'x' })).toMatchObject({
      error: 'is_archived',
    });
    expect(await call('chat.postMessage', { channel: 'C3', text: 'x' })).toMatchObject({
      error: 'not_in_channel',
    });
    expect(await call('conversations.history', { channel: 'C3' })).toMatchObject({ error: 'not_in_channel' });
  });

  it('clears a status when the answer arrives, and refuses one without an agent surface', async () => {
    const ts = slack.say({ user: 'U1', channel: 'C1', text: 'why?' });
    await call('assistant.threads.setStatus', { channel_id: 'C1', thread_ts: ts, status: 'thinking' });
    expect(slack.workspace.statuses.size).toBe(1);
    await call('chat.postMessage', { channel: 'C1', text: 'because', thread_ts: ts });
    expect(slack.workspace.statuses.size).toBe(0);
    const other = createSlackEmulator({ mode: 'socket', hasAgentSurface: false });
    await other.start();
    const response = await fetch(`${other.apiUrl}assistant.threads.setStatus`, {
      method: 'POST',
      headers: { authorization: `Bearer ${other.botToken}` },
    });
    expect(await response.json()).toMatchObject({ error: 'not_agent_app' });
    await other.stop();
  });

  it('fails on demand: rate limits, errors, and answers that are lost after the effect', async () => {
    slack.failNext('chat.postMessage', { kind: 'rate_limited', retryAfterSeconds: 3 });
    const limited = await fetch(`${slack.apiUrl}chat.postMessage`, { method: 'POST' });
    expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '3']);
    slack.failNext('chat.postMessage', { kind: 'error', error: 'fatal_error' });
    expect(await call('chat.postMessage', { channel: 'C1', text: 'x' })).toEqual({
      ok: false,
      error: 'fatal_error',
    });
    slack.failNext('chat.postMessage', { kind: 'lost_response' });
    await expect(call('chat.postMessage', { channel: 'C1', text: 'x' })).rejects.toThrow();
    expect(slack.transcript('C1')).toHaveLength(1);
  });
});

describe('the emulated Socket Mode', () => {
  interface Frame {
    readonly type: string;
    readonly envelope_id?: string;
    readonly retry_attempt?: number;
    readonly retry_reason?: string;
    readonly payload?: { readonly event?: { readonly text?: string } };
  }

  async function connect(): Promise<{
    socket: WebSocket;
    frames: Frame[];
    next(count: number): Promise<Frame[]>;
  }> {
    const opened = await call('apps.connections.open', {}, slack.appToken);
    const socket = new WebSocket(String(opened['url']));
    const frames: Frame[] = [];
    socket.on('message', (data) => frames.push(JSON.parse(String(data)) as Frame));
    const next = async (count: number) => {
      while (frames.length < count) await new Promise((resolve) => socket.once('message', resolve));
      return frames;
    };
    await next(1);
    return { socket, frames, next };
  }

  it('greets, delivers, and counts an acknowledgement with its latency', async () => {
    const { socket, next } = await connect();
    slack.say({ user: 'U1', channel: 'C1', text: 'hello' });
    const [hello, envelope] = await next(2);
    expect(hello).toMatchObject({
      type: 'hello',
      num_connections: 1,
      connection_info: { app_id: 'A0JAMIE' },
    });
    expect(envelope).toMatchObject({ type: 'events_api', payload: { type: 'event_callback' } });
    expect(envelope).toMatchObject({ retry_attempt: 0, retry_reason: '' });
    socket.send(JSON.stringify({ envelope_id: envelope?.envelope_id, payload: {} }));
    const acknowledgement = await slack.waitFor(() => slack.acknowledgements[0]);
    expect(acknowledgement).toMatchObject({ kind: 'events_api', attempt: 0 });
    expect(slack.hub.pending).toBe(0);
  });

  it('delivers an event again until somebody acknowledges it, and then gives up', async () => {
    const { next } = await connect();
    slack.say({ user: 'U1', channel: 'C1', text: 'hello' });
    const frames = await next(2);
    for (const [attempts, delayMs] of [0, 60_000, 300_000].entries()) {
      await clock.advance(3_000 + delayMs - 1);
      expect(frames).toHaveLength(attempts + 2);
      await clock.advance(1);
      await next(attempts + 3);
    }
    expect(frames.slice(1).map((frame) => frame.retry_attempt)).toEqual([0, 1, 2, 3]);
    expect(frames[4]?.retry_reason).toBe('timeout');
    await clock.advance(3_000);
    expect(slack.hub.pending).toBe(0);
    expect(slack.acknowledgements).toEqual([]);
  });

  it('keeps events while nobody is connected', async () => {
    slack.say({ user: 'U1', channel: 'C1', text: 'early' });
    const { next } = await connect();
    expect((await next(2))[1]?.payload?.event?.text).toBe('early');
  });

  it('does not repeat commands: the person sees that they failed', async () => {
    const { next, frames } = await connect();
    slack.slash({ user: 'U1', channel: 'C1', text: 'status' });
    expect((await next(2))[1]).toMatchObject({ type: 'slash_commands', accepts_response_payload: true });
    await clock.advance(3_000);
    expect(slack.hub.pending).toBe(0);
    expect(frames).toHaveLength(2);
  });

  it('tells the app about its own messages', async () => {
    const { next } = await connect();
    await call('chat.postMessage', { channel: 'C1', text: 'ours' });
    expect((await next(2))[1]?.payload?.event).toMatchObject({
      bot_id: 'B0JAMIE',
      user: 'U0JAMIE',
      text: 'ours',
    });
  });
});
