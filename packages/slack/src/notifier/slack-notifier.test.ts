import type { ConversationId, MessageId, RequestId, ShownMessage } from '@jamie/core';
import { systemClock } from '@jamie/runtime';
import { createSlackEmulator, NO_PACE, RecordingLogger, type SlackEmulator } from '@jamie/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createSingleWorkspace } from '../workspaces/single-workspace.ts';
import { createSlackNotifier } from './slack-notifier.ts';

let slack: SlackEmulator;
let threadTs: string;

beforeEach(async () => {
  slack = createSlackEmulator({ mode: 'socket' });
  await slack.start();
  threadTs = slack.mention({ user: 'U1', channel: 'C1', text: 'why?' });
});

afterEach(async () => {
  await slack.stop();
});

function notifier(timeoutMs = 10_000) {
  const logger = new RecordingLogger();
  const workspaces = createSingleWorkspace({
    botToken: slack.botToken,
    slackApiUrl: slack.apiUrl,
    timeoutMs,
    logger,
  });
  return createSlackNotifier({ workspaces, pace: NO_PACE, clock: systemClock, logger });
}

function shown(text: string, slackTs?: string, channelId = 'C1'): ShownMessage {
  const conversationId = 'conversation_1' as ConversationId;
  return {
    conversation: {
      id: conversationId,
      place: { surface: 'slack', teamId: slack.workspace.teamId, channelId, threadTs },
      createdAt: 0,
      version: 1,
    },
    message: {
      id: 'message_1' as MessageId,
      conversationId,
      requestId: 'request_1' as RequestId,
      author: 'jamie',
      authorName: 'Jamie',
      body: { kind: 'text', text },
      at: Date.now(),
      version: 1,
      ...(slackTs === undefined ? {} : { slack: { ts: slackTs, shownVersion: 1 } }),
    },
  };
}

const ours = () => slack.transcript('C1').filter((message) => message.isOurs);
const called = (method: string) => slack.calls.filter((call) => call.method === method);

describe('createSlackNotifier', () => {
  it('posts once in the thread and repaints from then on', async () => {
    const first = await notifier().show(shown('looking'));
    const second = await notifier().show(shown('found it', first.ts));
    expect(second).toEqual(first);
    expect(ours()).toMatchObject([{ text: 'found it', threadTs, ts: first.ts, edits: 1 }]);
  });

  it('finds a post whose response was lost instead of posting again', async () => {
    slack.failNext('chat.postMessage', { kind: 'lost_response' });
    await expect(notifier().show(shown('answer'))).rejects.toMatchObject({ retryable: true });
    const { ts } = await notifier().show(shown('answer, newer'));
    expect(ours()).toMatchObject([{ ts, text: 'answer, newer' }]);
  });

  it('finds its post among many others', async () => {
    const { ts } = await notifier().show(shown('answer'));
    for (let count = 0; count < 450; count += 1) {
      slack.say({ user: 'U2', channel: 'C1', text: `talk ${count}`, threadTs });
    }
    expect(await notifier().show(shown('answer'))).toEqual({ ts });
    expect(called('conversations.replies').length).toBeGreaterThan(1);
  });

  it('makes one post when it is asked twice at once', async () => {
    const one = notifier();
    const [first, second] = await Promise.all([one.show(shown('a')), one.show(shown('b'))]);
    expect(first).toEqual(second);
    expect(ours()).toHaveLength(1);
  });

  it('posts anew when somebody has deleted the message', async () => {
    const first = await notifier().show(shown('answer'));
    slack.workspace.removeMessage('C1', first.ts);
    const second = await notifier().show(shown('answer', first.ts));
    expect(ours()).toMatchObject([{ ts: second.ts, text: 'answer' }]);
  });

  it('passes on how long Slack asks to wait, at once', async () => {
    slack.failNext('chat.postMessage', { kind: 'rate_limited', retryAfterSeconds: 7 });
    const startedAt = performance.now();
    await expect(notifier().show(shown('answer'))).rejects.toMatchObject({
      code: 'rate_limited',
      retryAfterMs: 7_000,
    });
    expect(performance.now() - startedAt).toBeLessThan(3_000);
  });

  it('gives up a call that takes too long', async () => {
    slack.failNext('chat.postMessage', { kind: 'slow', delayMs: 300 });
    await expect(notifier(100).show(shown('answer'))).rejects.toMatchObject({
      code: 'timeout',
      retryable: true,
    });
  });

  it.each([
    ['is_archived', 'forbidden', /archived/u],
    ['not_in_channel', 'forbidden', /invite/iu],
    ['invalid_auth', 'forbidden', /SLACK_BOT_TOKEN/u],
    ['channel_not_found', 'not_found', undefined],
    ['fatal_error', 'unavailable', undefined],
  ])('translates %s as %s', async (word, code, words) => {
    slack.failNext('chat.postMessage', { kind: 'error', error: word });
    const error = await notifier()
      .show(shown('answer'))
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code, details: { slackError: word } });
    if (words !== undefined) expect(error).toMatchObject({ userMessage: expect.stringMatching(words) });
  });

  it('calls an outage of Slack unavailable', async () => {
    slack.failNext('conversations.replies', { kind: 'http_status', status: 503 });
    await expect(notifier().show(shown('answer'))).rejects.toMatchObject({ code: 'unavailable' });
  });
});
