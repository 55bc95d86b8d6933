import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSlackEmulator, RecordingLogger, type SlackEmulator } from '@jamie/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createSlackClient } from '../slack-client.ts';
import type { SlackWorkspace } from '../workspaces/slack-workspaces.ts';
import { createSlackFiles, type SharedFile } from './slack-files.ts';

let slack: SlackEmulator;
let workspace: SlackWorkspace;

beforeEach(async () => {
  slack = createSlackEmulator({ mode: 'socket' });
  await slack.start();
  const client = createSlackClient({
    token: slack.botToken,
    slackApiUrl: slack.apiUrl,
    logger: new RecordingLogger(),
  });
  workspace = {
    teamId: slack.workspace.teamId,
    botUserId: slack.workspace.botUserId,
    botId: slack.workspace.botId,
    botToken: slack.botToken,
    client,
    impatientClient: client,
  };
});

afterEach(() => slack.stop());

interface EventFile {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  readonly url_private: string;
}

/** A person uploads a file; as the event tells of it. */
function upload(content: string | Buffer, name = 'web.yaml'): SharedFile & { readonly url: string } {
  slack.say({ user: 'U1', channel: 'C1', text: 'apply', files: [{ name, content }] });
  const event = slack.sent.at(-1)?.payload['event'];
  const [file] = (event as { readonly files?: readonly EventFile[] } | undefined)?.files ?? [];
  if (file === undefined) throw new Error('no file');
  return { id: file.id, name: file.name, sizeBytes: file.size, url: file.url_private };
}

const files = (timeoutMs = 5_000) => createSlackFiles({ slackApiUrl: slack.apiUrl, timeoutMs });
const read = (file: SharedFile, maxBytes = 1_024) => files().readText(workspace, file, maxBytes);
const downloads = () => slack.calls.filter(({ method }) => method === 'download').length;

describe('a file that was uploaded to Slack', () => {
  it('is read as it is, with the token of its workspace', async () => {
    expect(await read(upload('kind: ConfigMap\n  # ä'))).toBe('kind: ConfigMap\n  # ä');
  });

  it('is asked for where the event did not say its address', async () => {
    const { url: _unsaid, ...file } = upload('a: 1');
    expect(await read(file)).toBe('a: 1');
  });

  it('is not fetched when it is said to be too large, and cut off when it turns out to be', async () => {
    const file = upload('x'.repeat(2_000));
    await expect(read(file)).rejects.toMatchObject({
      code: 'invalid_input',
      userMessage: 'web.yaml is larger than 1 KiB, and I read no more. Send it in parts.',
    });
    expect(downloads()).toBe(0);
    await expect(read({ ...file, sizeBytes: 5 })).rejects.toMatchObject({ code: 'invalid_input' });
  });

  it.each([
    ['bytes that are no UTF-8', Buffer.from([0x61, 0xff, 0xfe])],
    ['a zero byte', Buffer.from('a\0b')],
  ])('is refused with %s, whatever its name says', async (_what, content) => {
    await expect(read(upload(content))).rejects.toMatchObject({
      userMessage: expect.stringContaining('no text'),
    });
  });

  it('names the missing scope where Slack sends us to its login page, and follows nowhere', async () => {
    const file = upload('a: 1');
    slack.workspace.scopes.delete('files:read');
    await expect(read(file)).rejects.toMatchObject({
      code: 'forbidden',
      retryable: false,
      userMessage: expect.stringContaining('files:read'),
    });
  });

  it('is gone when Slack has it no more', async () => {
    const file = upload('a: 1');
    slack.workspace.files.delete(file.id);
    await expect(read(file)).rejects.toMatchObject({ code: 'not_found', retryable: false });
  });

  it.each([
    ['rate_limited', { kind: 'rate_limited', retryAfterSeconds: 2 }],
    ['unavailable', { kind: 'http_status', status: 503 }],
    ['unavailable', { kind: 'reset' }],
  ] as const)('is tried again after %s', async (code, fault) => {
    const file = upload('a: 1');
    slack.failNext('download', fault);
    await expect(read(file)).rejects.toMatchObject({ code, retryable: true });
    expect(await read(file)).toBe('a: 1');
  });

  it('sends the token to no other host, whatever the event says', async () => {
    const seen: (string | undefined)[] = [];
    const other = createServer((request, response) => {
      seen.push(request.headers.authorization);
      response.end('stolen: yes');
    });
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const file = upload('a: 1');
    const own = new URL(file.url);
    const addresses = [
      `http://127.0.0.1:${port}/files-pri/T1-F1/web.yaml`,
      `http://${own.host}@127.0.0.1:${port}/web.yaml`,
      'http://169.254.169.254/latest/meta-data',
      'file:///etc/passwd',
      '',
    ];
    for (const url of addresses) {
      await expect(read({ ...file, url })).rejects.toMatchObject({ code: 'invalid_input' });
    }
    expect(seen).toEqual([]);
    other.close();
  });

  it('comes from files.slack.com alone, where no other Slack is configured', async () => {
    const file = upload('a: 1');
    const real = createSlackFiles({});
    await expect(real.readText(workspace, file, 1_024)).rejects.toMatchObject({ code: 'invalid_input' });
  });

  it('is cut off as soon as it is too large, even where it never ends', async () => {
    const endless = createServer((_request, response) => {
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(10_000)));
      };
      response.on('drain', more);
      more();
    });
    await new Promise<void>((resolve) => endless.listen(0, '127.0.0.1', resolve));
    const { port } = endless.address() as AddressInfo;
    const eager = createSlackFiles({ slackApiUrl: `http://127.0.0.1:${port}/api/`, timeoutMs: 1_000 });
    const file = { ...upload('a: 1'), url: `http://127.0.0.1:${port}/files-pri/T1-F1/web.yaml` };
    await expect(eager.readText(workspace, file, 1_024)).rejects.toMatchObject({ code: 'invalid_input' });
    endless.closeAllConnections();
    endless.close();
  });

  it('is given up when it does not come in time', async () => {
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as AddressInfo;
    const slow = createSlackFiles({ slackApiUrl: `http://127.0.0.1:${port}/api/`, timeoutMs: 50 });
    const file = { ...upload('a: 1'), url: `http://127.0.0.1:${port}/files-pri/T1-F1/web.yaml` };
    await expect(slow.readText(workspace, file, 1_024)).rejects.toMatchObject({ code: 'timeout' });
    silent.closeAllConnections();
    silent.close();
  });
});
