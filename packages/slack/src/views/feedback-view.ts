import type { MessageId, ShownMessage } from '@jamie/core';
import type { Button, FeedbackButtons, KnownBlock, PlainTextElement } from '@slack/types';

/** The action id of Slack's own pair of thumbs, and of the plain buttons that stand for it. */
export const FEEDBACK_ACTION = 'answer.feedback';

/** `native`: Slack's thumbs; `plain`: two buttons, for workspaces that do not take the former. */
export type FeedbackStyle = 'native' | 'plain';

/** What a click on one of them says. */
export interface FeedbackClick {
  readonly messageId: MessageId;
  readonly verdict: 'helpful' | 'not_helpful';
}

const LABELS = { helpful: 'Helpful', not_helpful: 'Not Helpful' } as const;
const EXPLANATIONS = { helpful: 'This answer helped', not_helpful: 'This answer did not help' } as const;
const VALUE = /^(helpful|not_helpful):([A-Za-z0-9_-]{1,100})$/;

/** Whether people are asked what they think of a message: of every whole answer of Jamie, and of nothing else. */
export function asksForFeedback({ message, card }: ShownMessage): boolean {
  const { author, authorName, body } = message;
  if (card !== undefined || author !== 'jamie' || authorName !== 'Jamie' || body.kind !== 'reply')
    return false;
  const { tone, planId, about, followingUntil } = body.reply;
  return tone === 'answer' && planId === undefined && about === undefined && followingUntil === undefined;
}

/** The buttons below an answer. Pure. */
export function renderFeedback(messageId: MessageId, style: FeedbackStyle): readonly KnownBlock[] {
  if (style === 'plain') {
    const elements = [plainButton(messageId, 'helpful'), plainButton(messageId, 'not_helpful')];
    return [{ type: 'actions', elements }];
  }
  return [
    {
      type: 'context_actions',
      elements: [
        {
          type: 'feedback_buttons',
          action_id: FEEDBACK_ACTION,
          positive_button: thumb(messageId, 'helpful'),
          negative_button: thumb(messageId, 'not_helpful'),
        },
      ],
    },
  ];
}

/** Reads the value of a clicked button; undefined when it is not one of ours. */
export function parseFeedbackValue(value: string): FeedbackClick | undefined {
  const [, verdict, messageId] = VALUE.exec(value) ?? [];
  if (verdict === undefined || messageId === undefined) return undefined;
  return { verdict: verdict as FeedbackClick['verdict'], messageId: messageId as MessageId };
}

function thumb(messageId: MessageId, verdict: FeedbackClick['verdict']): FeedbackButtons['positive_button'] {
  return {
    text: label(verdict),
    value: `${verdict}:${messageId}`,
    accessibility_label: EXPLANATIONS[verdict],
  };
}

function plainButton(messageId: MessageId, verdict: FeedbackClick['verdict']): Button {
  return {
    type: 'button',
    action_id: `${FEEDBACK_ACTION}.${verdict}`,
    ...thumb(messageId, verdict),
  };
}

function label(verdict: FeedbackClick['verdict']): PlainTextElement {
  return { type: 'plain_text', text: LABELS[verdict], emoji: false };
}
