import type {
  ConversationId,
  MessageId,
  Reply,
  ReplyFile,
  RequestId,
  ShownMessage,
  ShownPlace,
} from '@jamie/core';
import { systemClock } from '@jamie/runtime';
import {
  type ApiFault,
  createSlackEmulator,
  EMULATED_SCOPES,
  NO_PACE,
  RecordingLogger,
  type SlackEmulator,
} from '@jamie/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createSingleWorkspace } from '../workspaces/single-workspace.ts';
import { createSlackNotifier } from './slack-notifier.ts';

let slack: SlackEmulator;
let threadTs: string;

async function start(scopes: readonly string[] = EMULATED_SCOPES, fileShareDelayMs = 0): Promise<void> {
  slack = createSlackEmulator({ mode: 'socket', scopes, fileShareDelayMs });
  await slack.start();
  threadTs = slack.mention({ user: 'U1', channel: 'C1', text: 'logs checkout' });
}

beforeEach(() => start());

afterEach(() => slack.stop());

function notifier() {
  const logger = new RecordingLogger();
  const workspaces = createSingleWorkspace({ botToken: slack.botToken, slackApiUrl: slack.apiUrl, logger });
  return createSlackNotifier({ workspaces, pace: NO_PACE, clock: systemClock, logger });
}

/** As another process would: with nothing remembered. */
function show(shown: ShownMessage): Promise<ShownPlace> {
  return notifier().show(shown);
}

const LOG: ReplyFile = { name: 'checkout.log', title: 'Log of checkout', text: 'panic: <nil>\n' };

function shown(files: readonly ReplyFile[] = [LOG], inThread = true): ShownMessage {
  const conversationId = 'conversation_1' as ConversationId;
  const reply: Reply = { tone: 'answer', headline: 'The log', sections: [], proposals: [], files };
  return {
    conversation: {
      id: conversationId,
      place: {
        surface: 'slack',
        teamId: slack.workspace.teamId,
        channelId: 'C1',
        threadTs: inThread ? threadTs : '',
      },
      createdAt: 0,
      version: 1,
    },
    message: {
      id: 'm_r_1_answer' as MessageId,
      conversationId,
      requestId: 'r_1' as RequestId,
      author: 'jamie',
      authorName: 'Jamie',
      body: { kind: 'reply', reply },
      at: Date.now(),
      version: 1,
    },
  };
}

const ours = () => slack.transcript('C1').filter(({ isOurs }) => isOurs);
const answers = () => ours().filter(({ files }) => files === undefined);
const uploads = () => ours().filter(({ files }) => files !== undefined);
const answerText = () => JSON.stringify(answers().map(({ blocks }) => blocks));
const failureOf = (result: Promise<ShownPlace>) =>
  result.then(({ failure }) => failure).catch((error: unknown) => error);

describe('the files of an answer', () => {
  it('follow the answer into its thread, under a name of their own', async () => {
    const { ts } = await show(shown());
    expect(ours().map(({ files }) => files?.length)).toEqual([undefined, 1]);
    expect(answers()).toMatchObject([{ ts, edits: 0 }]);
    const [upload] = uploads();
    expect(upload).toMatchObject({ threadTs });
    expect(upload?.files).toMatchObject([{ title: 'Log of checkout', text: 'panic: <nil>\n' }]);
    const name = upload?.files?.[0]?.name ?? '';
    expect(name).toMatch(/^checkout-[0-9a-f]{10}\.log$/u);
    expect(upload?.text).toBe(`Log of checkout \`${name}\``);
    expect(answerText()).toContain('In full as a file in this thread: `checkout.log`');
  });

  it('go into the thread of the answer where that stands in the channel itself', async () => {
    const { ts } = await show(shown([LOG], false));
    expect(uploads()).toMatchObject([{ threadTs: ts }]);
  });

  it('come once each, however often they are shown', async () => {
    const files = [LOG, { ...LOG, text: 'another' }, { ...LOG, name: 'cart.log' }];
    for (let count = 0; count < 3; count += 1) await show(shown(files));
    expect(uploads().map((message) => message.files?.[0]?.text)).toEqual([LOG.text, 'another', LOG.text]);
    expect(answers()).toHaveLength(1);
  });

  const LOST: ApiFault = { kind: 'lost_response' };
  it.each([
    ['files.getUploadURLExternal', 0],
    ['upload', 0],
    ['files.completeUploadExternal', 1],
  ])('come once when the response to %s is lost', async (method, arrived) => {
    slack.failNext(method, LOST);
    const error = await failureOf(show(shown()));
    expect(error).toMatchObject({ code: 'unavailable', retryable: true });
    expect(uploads()).toHaveLength(arrived);
    expect(answerText()).toContain('Not attached yet: checkout.log. Slack cannot be reached. I keep trying');
    await show(shown());
    expect(uploads()).toHaveLength(1);
    expect(answers()).toHaveLength(1);
    expect(answerText()).toContain('In full as a file');
  });

  it('come once while Slack has taken them and does not show them yet', async () => {
    await slack.stop();
    await start(EMULATED_SCOPES, 60_000);
    const one = notifier();
    await one.show(shown());
    await one.show(shown());
    expect(uploads()).toEqual([]);
    expect(slack.calls.filter(({ method }) => method === 'files.completeUploadExternal')).toHaveLength(1);
  });

  it('come once when Slack shows them after their response was lost', async () => {
    await slack.stop();
    await start(EMULATED_SCOPES, 30);
    slack.failNext('files.completeUploadExternal', LOST);
    expect(await failureOf(show(shown()))).toMatchObject({ retryAfterMs: 10_000 });
    await slack.waitFor(() => uploads().length > 0);
    await show(shown());
    expect(uploads()).toHaveLength(1);
  });

  it('wait until Slack would have shared what may have arrived', async () => {
    slack.failNext('files.completeUploadExternal', LOST);
    expect(await failureOf(show(shown()))).toMatchObject({ retryAfterMs: 10_000 });
    slack.failNext('upload', LOST);
    expect(await failureOf(show(shown([LOG, LOG])))).not.toHaveProperty('retryAfterMs', 10_000);
  });

  it.each(['files.getUploadURLExternal', 'upload', 'files.completeUploadExternal'])(
    'wait as long as Slack asks at %s, and the answer says so',
    async (method) => {
      slack.failNext(method, { kind: 'rate_limited', retryAfterSeconds: 7 });
      const error = await failureOf(show(shown([LOG, { ...LOG, name: 'cart.log' }])));
      expect(error).toMatchObject({ code: 'rate_limited', retryAfterMs: 7_000 });
      expect(uploads()).toEqual([]);
      expect(answerText()).toContain('Not attached yet: checkout.log, cart.log. Slack asks me to slow down');
      await show(shown([LOG, { ...LOG, name: 'cart.log' }]));
      expect(uploads()).toHaveLength(2);
      expect(answerText()).not.toContain('Not attached yet');
    },
  );

  it('that may not be uploaded leave the answer, which says why and what to do', async () => {
    await slack.stop();
    await start(EMULATED_SCOPES.filter((scope) => scope !== 'files:write'));
    const { ts } = await show(shown());
    expect(answers()).toMatchObject([{ ts }]);
    expect(answerText()).toContain(
      'I could not attach checkout.log: The Slack app lacks the permission files:write. Ask a workspace admin',
    );
    expect(answerText()).not.toContain('In full as a file');
  });

  it.each([
    [
      'files.getUploadURLExternal',
      'file_uploads_disabled',
      /allows no file uploads\. Ask a workspace admin/u,
    ],
    ['files.getUploadURLExternal', 'file_upload_size_restricted', /too large.*Ask for less/u],
    ['files.completeUploadExternal', 'posting_to_channel_denied', /Invite me/u],
    ['files.completeUploadExternal', 'file_not_found', /Slack refuses it\. Ask for less/u],
  ])('that %s refuses with %s are told of in the answer', async (method, word, words) => {
    slack.failNext(method, { kind: 'error', error: word });
    await show(shown([LOG, { ...LOG, name: 'cart.log' }]));
    expect(answerText()).toMatch(words);
    expect(uploads().map(({ files }) => files?.[0]?.name)).toEqual([expect.stringMatching(/^cart-/u)]);
  });

  it.each([
    [413, /too large for Slack/u],
    [400, /Slack refuses it/u],
  ])('whose bytes get status %i are told of in the answer', async (status, words) => {
    slack.failNext('upload', { kind: 'http_status', status });
    await show(shown());
    expect(answerText()).toMatch(words);
  });

  it('are tried again when Slack is away, also for reading the thread', async () => {
    slack.failNext('upload', { kind: 'http_status', status: 503 });
    expect(await failureOf(show(shown()))).toMatchObject({ code: 'unavailable', retryable: true });
    await show(shown());
    expect(uploads()).toHaveLength(1);
  });

  it('are found by the text of their message, too, which needs no permission to read files', async () => {
    await show(shown());
    const { text = '' } = uploads()[0] ?? {};
    slack.workspace.removeMessage('C1', uploads()[0]?.ts ?? '');
    slack.workspace.addMessage({ channel: 'C1', user: 'U0JAMIE', isOurs: true, text, blocks: [], threadTs });
    await show(shown());
    expect(uploads()).toEqual([]);
  });
});
