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

afterEach(() => slack.stop());

function notifier() {
  const logger = new RecordingLogger();
  const { botToken, apiUrl: slackApiUrl } = slack;
  const workspaces = createSingleWorkspace({ botToken, slackApiUrl, logger });
  return createSlackNotifier({ workspaces, pace: NO_PACE, clock: systemClock, logger });
}

function answer(id: string): ShownMessage {
  const conversationId = 'conversation_1' as ConversationId;
  const place = { surface: 'slack', teamId: slack.workspace.teamId, channelId: 'C1', threadTs } as const;
  const reply = { tone: 'answer', headline: 'checkout crashes', sections: [], proposals: [] } as const;
  return {
    conversation: { id: conversationId, place, createdAt: 0, version: 1 },
    message: {
      id: id as MessageId,
      conversationId,
      requestId: 'request_1' as RequestId,
      author: 'jamie',
      authorName: 'Jamie',
      body: { kind: 'reply', reply },
      at: Date.now(),
      version: 1,
    },
  };
}

const ours = () => slack.transcript('C1').filter((message) => message.isOurs);
const blocksOf = (index: number) => JSON.stringify(ours()[index]?.blocks);
const posts = () => slack.calls.filter(({ method }) => method === 'chat.postMessage').length;

describe('an answer in a workspace that takes no thumbs', () => {
  it('arrives with plain buttons, and later ones at once', async () => {
    const one = notifier();
    slack.failNext('chat.postMessage', { kind: 'error', error: 'invalid_blocks' });
    await one.show(answer('m_1'));
    expect(blocksOf(0)).toContain('Not Helpful');
    expect(blocksOf(0)).not.toContain('context_actions');
    const before = posts();
    await one.show(answer('m_2'));
    expect(posts()).toBe(before + 1);
    expect(blocksOf(1)).not.toContain('context_actions');
  });

  it('arrives as plain text when that was not what Slack refused', async () => {
    slack.failNext('chat.postMessage', { kind: 'error', error: 'invalid_blocks' }, 2);
    await notifier().show(answer('m_1'));
    expect(ours()[0]?.blocks).toEqual([]);
    expect(ours()[0]?.text).toContain('checkout crashes');
  });

  it('has thumbs where Slack takes them', async () => {
    await notifier().show(answer('m_1'));
    expect(blocksOf(0)).toContain('feedback_buttons');
  });
});
