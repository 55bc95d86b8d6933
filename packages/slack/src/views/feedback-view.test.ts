import type { Conversation, MessageId, PlanId, Reply, ShownMessage } from '@jamie/core';
import { validateBlocks } from '@jamie/testing';
import { describe, expect, it } from '@jest/globals';
import { asksForFeedback, parseFeedbackValue, renderFeedback } from './feedback-view.ts';
import { formatLink } from './mrkdwn.ts';
import { renderNotice } from './notice-view.ts';
import { layOutShown } from './shown-view.ts';

const MESSAGE_ID = 'm_r_0123456789abcdef01234567_answer' as MessageId;
const PLAN_ID = 'p-4k7d2m9q' as PlanId;
const ANSWER: Reply = { tone: 'answer', headline: 'checkout crashes', sections: [], proposals: [] };
const LINK = 'https://emulated.slack.com/archives/C1/p1700000000000100?thread_ts=1.1&cid=C1';

function shown(reply: Reply = ANSWER, over: Partial<ShownMessage['message']> = {}): ShownMessage {
  return {
    conversation: {} as Conversation,
    message: {
      id: MESSAGE_ID,
      conversationId: 'c_1' as never,
      requestId: 'r_1' as never,
      author: 'jamie',
      authorName: 'Jamie',
      body: { kind: 'reply', reply },
      at: 0,
      version: 1,
      ...over,
    },
  };
}

const textOf = (message: ShownMessage, feedback?: 'plain') =>
  JSON.stringify(layOutShown(message, { ...(feedback !== undefined && { feedback }) }).parts);

describe('the question whether an answer helped', () => {
  it('stands below every whole answer of Jamie, once', () => {
    expect(asksForFeedback(shown())).toBe(true);
    expect(textOf(shown()).match(/feedback_buttons/gu)).toHaveLength(1);
  });

  it.each<[string, ShownMessage]>([
    ['a refusal', shown({ ...ANSWER, tone: 'refusal' })],
    ['an error', shown({ ...ANSWER, tone: 'error' })],
    ['the receipt of a vote', shown({ ...ANSWER, about: PLAN_ID })],
    ['an answer that still grows', shown({ ...ANSWER, followingUntil: 9 })],
    ['the card of a plan', shown({ ...ANSWER, planId: PLAN_ID })],
    ['what Scarlet says', shown(ANSWER, { authorName: 'Scarlet' })],
    ['what a person said', shown(ANSWER, { author: 'person' })],
    ['plain words', shown(ANSWER, { body: { kind: 'text', text: 'Hello' } })],
  ])('does not stand below %s', (_what, message) => {
    expect(asksForFeedback(message)).toBe(false);
    expect(textOf(message)).not.toContain('answer.feedback');
  });

  it.each(['native', 'plain'] as const)(
    'is one that Slack takes, and says which answer is meant: %s',
    (style) => {
      const blocks = renderFeedback(MESSAGE_ID, style);
      expect(validateBlocks(blocks)).toEqual([]);
      const values = [...JSON.stringify(blocks).matchAll(/"value":"([^"]+)"/gu)].map(
        ([, value]) => value ?? '',
      );
      expect(values.map(parseFeedbackValue)).toEqual([
        { messageId: MESSAGE_ID, verdict: 'helpful' },
        { messageId: MESSAGE_ID, verdict: 'not_helpful' },
      ]);
    },
  );

  it('is asked with plain buttons where Slack takes no thumbs', () => {
    expect(textOf(shown(), 'plain')).not.toContain('context_actions');
    expect(textOf(shown(), 'plain')).toContain('Not Helpful');
  });

  it.each([[''], ['helpful'], ['perfect:m_1'], ['helpful:'], ['helpful:m 1'], ['helpful:m_1\n']])(
    'means nothing when its value is %j',
    (value) => {
      expect(parseFeedbackValue(value)).toBeUndefined();
    },
  );
});

describe('a link', () => {
  it('leads from an end to its card, and from a card to its diagnosis', () => {
    const ended = { ...shown({ ...ANSWER, about: PLAN_ID }), links: { card: LINK } };
    expect(textOf(ended)).toContain(`<${LINK.replaceAll('&', '&amp;')}|The plan>`);
    const proposed = { ...shown(), links: { diagnosis: LINK } };
    expect(textOf(proposed)).toContain('|the diagnosis>');
  });

  it.each([
    ['javascript:alert(1)'],
    ['https://x|y'],
    ['https://x>y'],
    ['https://x y'],
    ['<!channel>'],
    ['not an address'],
    [''],
  ])('is none for %j', (url) => {
    expect(formatLink(url, 'the plan')).toBe('');
    expect(JSON.stringify(renderNotice('Refused.', { url, label: 'Look' }).blocks)).not.toMatch(/[<>]/u);
  });

  it('is not ended by its label', () => {
    expect(formatLink('https://x/', 'a|b>c <!here>')).toBe('<https://x/|a¦b&gt;c &lt;!here&gt;>');
  });
});
