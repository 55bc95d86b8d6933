import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { AnyChunk } from '@slack/types';
import { type ApiWorld, createApiWorld, refusalOf } from './api-world.fixture.ts';

let world: ApiWorld;

beforeEach(async () => {
  world = await createApiWorld();
});

afterEach(() => world.end());

const recipient = { recipient_user_id: 'U1', recipient_team_id: 'T0EMULATE' };
const text = (words: string): AnyChunk => ({ type: 'markdown_text', text: words });
const task = (id: string, more: Partial<AnyChunk & { type: 'task_update' }> = {}): AnyChunk => ({
  type: 'task_update',
  id,
  title: `Check ${id}`,
  status: 'in_progress',
  ...more,
});
const section = (words: string) => ({
  type: 'section' as const,
  text: { type: 'mrkdwn' as const, text: words },
});

async function start(...chunks: AnyChunk[]): Promise<string> {
  const { ts } = await world.client.chat.startStream({
    channel: 'C1',
    thread_ts: world.root,
    ...recipient,
    ...(chunks.length === 0 ? {} : { chunks }),
  });
  return ts ?? '';
}

const append = (ts: string, ...chunks: AnyChunk[]) =>
  world.client.chat.appendStream({ channel: 'C1', ts, chunks });
const stop = (ts: string) => world.client.chat.stopStream({ channel: 'C1', ts });
const messageAt = (ts: string) => world.slack.workspace.findMessage('C1', ts);

describe('a streamed message', () => {
  it('keeps everything that was appended, in order, and the cards by their ids', async () => {
    const ts = await start(task('pods', { details: 'payments' }));
    await append(ts, text('It '), task('pods', { status: 'complete', details: '-api', output: '3 pods' }));
    await append(ts, { type: 'plan_update', title: 'Worked for 2 s' }, text('crashes.'));
    expect(messageAt(ts)?.stream).toMatchObject({
      state: 'streaming',
      text: 'It crashes.',
      planTitle: 'Worked for 2 s',
      recipientUserId: 'U1',
      startedAt: world.clock.now(),
    });
    expect(messageAt(ts)?.stream?.tasks.get('pods')).toEqual({
      id: 'pods',
      title: 'Check pods',
      status: 'complete',
      details: 'payments-api',
      output: '3 pods',
      sources: [],
    });
  });

  it('is stopped with its last blocks and metadata, and then takes nothing more', async () => {
    const ts = await start(text('one '));
    const metadata = { event_type: 'jamie_message', event_payload: { message_id: 'm1' } };
    const stopped = await world.client.chat.stopStream({
      channel: 'C1',
      ts,
      chunks: [text('two'), { type: 'blocks', blocks: [section('table')] }],
      blocks: [section('buttons')],
      metadata,
    });
    expect(stopped.message).toMatchObject({ text: 'one two', ts });
    expect(messageAt(ts)).toMatchObject({
      text: 'one two',
      blocks: [section('table'), section('buttons')],
      metadata,
      stream: { state: 'stopped' },
    });
    expect(await refusalOf(append(ts, text('x')))).toMatchObject({ error: 'message_not_in_streaming_state' });
    expect(await refusalOf(stop(ts))).toMatchObject({ error: 'message_not_in_streaming_state' });
  });

  it('expires five minutes after its start, however lively it is', async () => {
    const ts = await start(text('a'));
    await world.clock.advance(299_999);
    await append(ts, text('b'));
    await world.clock.advance(1);
    expect(await refusalOf(append(ts, text('c')))).toMatchObject({ error: 'message_not_in_streaming_state' });
    expect(messageAt(ts)).toMatchObject({ text: 'ab', stream: { state: 'expired', text: 'ab' } });
    await world.client.chat.update({ channel: 'C1', ts, text: 'ab, and the rest' });
  });

  it('cannot be changed with chat.update while it lives', async () => {
    const ts = await start(text('a'));
    const update = world.client.chat.update({ channel: 'C1', ts, text: 'b' });
    expect(await refusalOf(update)).toMatchObject({ error: 'streaming_state_conflict' });
    await append(ts, text('b'));
    await stop(ts);
    await world.client.chat.update({ channel: 'C1', ts, text: 'c' });
  });

  it('ends when a person presses stop', async () => {
    const ts = await start(text('a'));
    expect(world.slack.workspace.stopStreams('C1', world.root)).toEqual([ts]);
    expect(world.slack.workspace.stopStreams('C1', world.root)).toEqual([]);
    expect(await refusalOf(append(ts, text('b')))).toMatchObject({ error: 'stopped_by_user' });
    expect(await refusalOf(stop(ts))).toMatchObject({ error: 'stopped_by_user' });
    expect(messageAt(ts)?.stream?.state).toBe('stopped_by_user');
  });

  it('starts a session in its thread, clears the status there, and releases the session at its end', async () => {
    const { client, root, slack } = world;
    const { agent, statuses } = slack.workspace;
    await client.assistant.threads.setStatus({ channel_id: 'C1', thread_ts: root, status: 'looking' });
    const ts = await start(text('a'));
    expect(statuses.size).toBe(0);
    expect(agent.sessions.get(`C1:${root}`)).toEqual({ status: 'processing' });
    await client.chat.stopStream({ channel: 'C1', ts, session_status: 'suspended' });
    expect(agent.sessions.get(`C1:${root}`)).toEqual({ status: 'suspended' });
  });

  it('takes either text or chunks all its life, as it began', async () => {
    const { client, root } = world;
    const begun = await client.chat.startStream({
      channel: 'C1',
      thread_ts: root,
      ...recipient,
      markdown_text: 'a',
    });
    const ts = begun.ts ?? '';
    expect(await refusalOf(append(ts, text('b')))).toMatchObject({ error: 'streaming_mode_mismatch' });
    await client.chat.appendStream({ channel: 'C1', ts, markdown_text: 'b' });
    const both = client.chat.appendStream({ channel: 'C1', ts, markdown_text: 'c', chunks: [text('c')] });
    expect(await refusalOf(both)).toMatchObject({ error: 'cannot_provide_both_markdown_text_and_chunks' });
    expect(messageAt(ts)?.text).toBe('ab');
  });

  it("is what the SDK's own streamer writes", async () => {
    const streamer = world.client.chatStream({ channel: 'C1', thread_ts: world.root, ...recipient });
    await streamer.append({ chunks: [task('a')] });
    for (let count = 0; count < 100; count += 1) await streamer.append({ markdown_text: `word ${count} ` });
    await streamer.stop();
    const expected = Array.from({ length: 100 }, (_, count) => `word ${count} `).join('');
    expect(messageAt(streamer.ts ?? '')?.stream?.text).toBe(expected);
  });
});

describe('chat.startStream', () => {
  it.each([
    ['no recipient', { recipient_team_id: 'T0EMULATE' }, 'missing_recipient_user_id'],
    ['no recipient team', { recipient_user_id: 'U1' }, 'missing_recipient_team_id'],
    ['a recipient whom nobody knows', { ...recipient, recipient_user_id: 'U404' }, 'user_not_found'],
    ['a thread that nobody started', { ...recipient, thread_ts: '1.000001' }, 'invalid_thread_ts'],
    ['no thread', { ...recipient, thread_ts: '' }, 'invalid_arguments'],
    ['too long text', { ...recipient, markdown_text: 'x'.repeat(12_001) }, 'msg_too_long'],
    ['an unknown channel', { ...recipient, channel: 'C404' }, 'channel_not_found'],
  ])('refuses %s', async (_what, args, error) => {
    const call = world.client.chat.startStream({ channel: 'C1', thread_ts: world.root, ...args });
    expect(await refusalOf(call)).toMatchObject({ error });
    expect(world.slack.transcript('C1')).toHaveLength(1);
  });

  it('needs no recipient in a direct channel', async () => {
    const root = world.slack.say({ user: 'U1', channel: 'D1', text: 'hello' });
    expect(await world.client.chat.startStream({ channel: 'D1', thread_ts: root })).toMatchObject({
      ok: true,
    });
  });

  it('is unknown where the workspace cannot stream', async () => {
    const bare = await createApiWorld({ hasAgentSurface: false });
    const call = bare.client.chat.startStream({ channel: 'C1', thread_ts: bare.root, ...recipient });
    expect(await refusalOf(call)).toMatchObject({ error: 'unknown_method' });
    await bare.end();
  });
});

describe('chat.appendStream', () => {
  it.each([
    ['nothing', [], 'no_text'],
    ['an unknown chunk', [{ type: 'image' }], 'invalid_chunks'],
    ['a task without a status', [{ type: 'task_update', id: '1', title: 'x' }], 'invalid_chunks'],
    ['a task with a long title', [task('1', { title: 'x'.repeat(257) })], 'invalid_chunks'],
    ['a task with long details', [task('1', { details: 'x'.repeat(257) })], 'invalid_chunks'],
    ['51 cards', Array.from({ length: 51 }, (_, count) => task(`t${count}`)), 'invalid_chunks'],
    ['wrong blocks', [{ type: 'blocks', blocks: [{ type: 'sections' }] }], 'invalid_blocks'],
    [
      'a file block',
      [{ type: 'blocks', blocks: [{ type: 'file', source: 'remote', external_id: '1' }] }],
      'internal_error',
    ],
    ['a chunk of too much text', [text('x'.repeat(12_001))], 'msg_too_long'],
  ])('refuses %s', async (_what, chunks, error) => {
    const ts = await start(text('a'));
    const call = world.client.apiCall('chat.appendStream', { channel: 'C1', ts, chunks });
    expect(await refusalOf(call)).toMatchObject({ error });
    expect(messageAt(ts)).toMatchObject({ text: 'a', blocks: [] });
  });

  it("writes in the app's own streams only", async () => {
    expect(await refusalOf(append(world.root, text('x')))).toMatchObject({
      error: 'message_not_owned_by_app',
    });
    expect(await refusalOf(append('9.9', text('x')))).toMatchObject({ error: 'message_not_found' });
    const posted = await world.client.chat.postMessage({ channel: 'C1', text: 'x' });
    expect(await refusalOf(append(posted.ts ?? '', text('x')))).toMatchObject({
      error: 'message_not_in_streaming_state',
    });
  });
});
