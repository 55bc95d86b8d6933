import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FakeClock } from '../fakes/fake-clock.ts';
import { createSlackEmulator, EMULATED_SCOPES, type SlackEmulator } from './slack-emulator.ts';

type Answer = Readonly<Record<string, unknown>> & { readonly ok: boolean; readonly error?: string };

let slack: SlackEmulator;
let clock: FakeClock;
let root: string;

async function start(options: { scopes?: readonly string[]; fileShareDelayMs?: number } = {}): Promise<void> {
  clock = new FakeClock();
  slack = createSlackEmulator({ mode: 'socket', clock, ...options });
  await slack.start();
  root = slack.say({ user: 'U1', channel: 'C1', text: 'logs?' });
}

beforeEach(() => start());

afterEach(() => slack.stop());

async function call(method: string, args: Record<string, unknown> = {}): Promise<Answer> {
  const response = await fetch(`${slack.apiUrl}${method}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${slack.botToken}`, 'content-type': 'application/json' },
    body: JSON.stringify(args),
  });
  return (await response.json()) as Answer;
}

async function announce(name: string, text: string): Promise<{ url: string; id: string }> {
  const answer = await call('files.getUploadURLExternal', { filename: name, length: text.length });
  return { url: String(answer['upload_url']), id: String(answer['file_id']) };
}

const send = (url: string, body: string | FormData) => fetch(url, { method: 'POST', body });
const complete = (id: string) =>
  call('files.completeUploadExternal', {
    files: [{ id, title: 'A Log' }],
    channel_id: 'C1',
    thread_ts: root,
    initial_comment: 'here',
  });
const shared = () => slack.transcript('C1').filter(({ files }) => files !== undefined);

describe('an upload to the emulated Slack', () => {
  it('becomes a message in the thread, of which the app hears and which it can read', async () => {
    const { url, id } = await announce('a.log', 'line');
    expect((await send(url, 'line')).status).toBe(200);
    expect(await complete(id)).toMatchObject({ ok: true, files: [{ id, title: 'A Log' }] });
    expect(shared()).toMatchObject([
      { threadTs: root, text: 'here', isOurs: true, files: [{ name: 'a.log', text: 'line' }] },
    ]);
    const { messages } = (await call('conversations.replies', { channel: 'C1', ts: root })) as unknown as {
      messages: readonly unknown[];
    };
    expect(messages[1]).toMatchObject({ files: [{ id, name: 'a.log', title: 'A Log', size: 4 }] });
    expect(slack.sent.at(-1)?.payload['event']).toMatchObject({
      subtype: 'file_share',
      bot_id: slack.workspace.botId,
      files: [{ name: 'a.log' }],
    });
  });

  it('may come as a multipart form', async () => {
    const { url, id } = await announce('a.log', 'two\nlines');
    const form = new FormData();
    form.append('filename', new Blob(['two\nlines']), 'a.log');
    expect((await send(url, form)).status).toBe(200);
    await complete(id);
    expect(shared()[0]?.files?.[0]?.text).toBe('two\nlines');
  });

  it('may be a picture with words for those who cannot see it', async () => {
    const bytes = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff]);
    const answer = await call('files.getUploadURLExternal', {
      filename: 'restarts.png',
      length: bytes.length,
      alt_txt: 'Restarts rise at noon',
    });
    await fetch(String(answer['upload_url']), { method: 'POST', body: bytes });
    expect(await complete(String(answer['file_id']))).toMatchObject({
      files: [{ mimetype: 'image/png', filetype: 'png', alt_txt: 'Restarts rise at noon' }],
    });
    expect(shared()[0]?.files).toMatchObject([{ bytes, altText: 'Restarts rise at noon' }]);
  });

  it('is completed after its bytes have come, and once', async () => {
    const { url, id } = await announce('a.log', 'line');
    expect(await complete(id)).toMatchObject({ error: 'file_not_found' });
    await send(url, 'line');
    await complete(id);
    expect(await complete(id)).toMatchObject({ error: 'file_not_found' });
    expect(shared()).toHaveLength(1);
  });

  it('has a URL of its own that takes exactly the announced bytes, once', async () => {
    const { url } = await announce('a.log', 'line');
    expect((await send(url, 'longer than that')).status).toBe(400);
    expect((await send(url, 'line')).status).toBe(200);
    expect((await send(url, 'line')).status).toBe(400);
    expect((await send(url.replace(/\w+$/, 'nobody'), 'line')).status).toBe(404);
  });

  it.each([
    ['an empty file', 'files.getUploadURLExternal', { filename: 'a', length: 0 }, 'missing_argument'],
    ['a file without a name', 'files.getUploadURLExternal', { length: 4 }, 'missing_argument'],
    [
      'a file of more than a gigabyte',
      'files.getUploadURLExternal',
      { filename: 'a', length: 1_000_000_001 },
      'file_upload_size_restricted',
    ],
    ['no files', 'files.completeUploadExternal', { files: [] }, 'invalid_arguments'],
    [
      'a file that nobody announced',
      'files.completeUploadExternal',
      { files: [{ id: 'F404' }] },
      'file_not_found',
    ],
    [
      'an unknown channel',
      'files.completeUploadExternal',
      { files: [{ id: 'F404' }], channel_id: 'C404' },
      'channel_not_found',
    ],
  ])('refuses %s', async (_what, method, args, error) => {
    expect(await call(method, args)).toMatchObject({ ok: false, error });
  });

  it('is refused where the app may not post', async () => {
    slack.workspace.addChannel('C2', { botIsMember: false });
    const args = { files: [{ id: 'F404' }], channel_id: 'C2' };
    expect(await call('files.completeUploadExternal', args)).toMatchObject({
      error: 'posting_to_channel_denied',
    });
  });

  it('fails on demand, before and after the bytes were taken', async () => {
    const { url, id } = await announce('a.log', 'line');
    slack.failNext('upload', { kind: 'http_status', status: 503 });
    expect((await send(url, 'line')).status).toBe(503);
    slack.failNext('upload', { kind: 'lost_response' });
    await expect(send(url, 'line')).rejects.toThrow();
    expect((await complete(id)).ok).toBe(true);
    expect(slack.calls.map(({ method }) => method)).toContain('upload');
  });
});

describe('the scopes of an upload', () => {
  it('are named when they are missing', async () => {
    await slack.stop();
    await start({ scopes: EMULATED_SCOPES.filter((scope) => scope !== 'files:write') });
    const missing = { error: 'missing_scope', needed: 'files:write', provided: expect.any(String) };
    const args = { filename: 'a.log', length: 4 };
    expect(await call('files.getUploadURLExternal', args)).toMatchObject(missing);
    expect(await call('files.completeUploadExternal')).toMatchObject(missing);
  });

  it('let a file be read only with the one for reading', async () => {
    await slack.stop();
    await start({ scopes: EMULATED_SCOPES.filter((scope) => scope !== 'files:read') });
    expect(await call('files.info')).toMatchObject({ error: 'missing_scope', needed: 'files:read' });
    await slack.stop();
    await start();
    const { url, id } = await announce('a.log', 'line');
    await send(url, 'line');
    expect(await call('files.info', { file: id })).toMatchObject({ error: 'file_not_found' });
    await complete(id);
    expect(await call('files.info', { file: id })).toMatchObject({ file: { id, channels: ['C1'] } });
  });
});

describe('a file that a person uploads', () => {
  const share = () => {
    slack.mention({
      user: 'U1',
      channel: 'C1',
      text: 'apply',
      files: [{ name: 'a b.yaml', content: 'a: 1' }],
    });
    const event = slack.sent.at(-1)?.payload['event'];
    const files = (event as { readonly files?: readonly { id: string; url_private: string }[] } | undefined)
      ?.files;
    const [file] = files ?? [];
    if (file === undefined) throw new Error('no file');
    return file;
  };
  const fetchAs = (url: string, token: string) =>
    fetch(url, { headers: { authorization: `Bearer ${token}` }, redirect: 'manual' });

  it('comes with the mention and with the message, and its bytes with the token of its workspace', async () => {
    const file = share();
    const events = slack.sent.slice(-2).map(({ payload }) => payload['event']);
    expect(events).toMatchObject([
      { type: 'app_mention', files: [{ id: file.id, user: 'U1', size: 4, mimetype: 'text/yaml' }] },
      { type: 'message', subtype: 'file_share', files: [{ name: 'a b.yaml' }] },
    ]);
    const answer = await fetchAs(file.url_private, slack.botToken);
    expect([answer.status, await answer.text()]).toEqual([200, 'a: 1']);
  });

  it('is sent to the login page for whoever may not read it, and is not found under another id', async () => {
    const { url_private: url, id } = share();
    expect((await fetchAs(url, 'xoxb-nobody')).status).toBe(302);
    expect((await fetchAs(url.replace(id, 'F404'), slack.botToken)).status).toBe(404);
    await slack.stop();
    await start({ scopes: EMULATED_SCOPES.filter((scope) => scope !== 'files:read') });
    expect((await fetchAs(share().url_private, slack.botToken)).status).toBe(302);
  });
});

describe('the sharing of a file', () => {
  it('may come later than the answer', async () => {
    await slack.stop();
    await start({ fileShareDelayMs: 2_000 });
    const { url, id } = await announce('a.log', 'line');
    await send(url, 'line');
    expect(await complete(id)).toMatchObject({ ok: true, files: [{ channels: [] }] });
    await clock.advance(1_999);
    expect(shared()).toEqual([]);
    await clock.advance(1);
    expect(shared()).toHaveLength(1);
  });
});
