import type { ConversationPlace, SlackPerson } from '@jamie/core';
import { z } from 'zod';
import { mentionsUs, readSlackText } from '../read-slack-text.ts';

/** What somebody wrote, and where the answer belongs. */
export interface Utterance {
  readonly person: SlackPerson;
  readonly place: Extract<ConversationPlace, { surface: 'slack' }>;
  readonly messageTs: string;
  readonly text: string;
  /** What was uploaded with it, as Slack says. */
  readonly files: unknown;
}

export type MessageDecision =
  | { readonly kind: 'addressed'; readonly utterance: Utterance }
  /** In a thread, without a mention: ours only where we already talk. */
  | { readonly kind: 'maybe_follow_up'; readonly utterance: Utterance }
  | {
      readonly kind: 'ignore';
      readonly reason: 'not_a_new_message' | 'from_an_app' | 'from_us' | 'not_addressed';
    };

const eventSchema = z.object({
  type: z.enum(['app_mention', 'message']),
  subtype: z.string().optional(),
  hidden: z.boolean().optional(),
  user: z.string(),
  bot_id: z.string().optional(),
  text: z.string().default(''),
  channel: z.string(),
  channel_type: z.string().optional(),
  ts: z.string(),
  thread_ts: z.string().optional(),
  team: z.string().optional(),
  user_team: z.string().optional(),
  source_team: z.string().optional(),
  files: z.unknown().optional(),
});

const NEW_MESSAGES: ReadonlySet<string | undefined> = new Set([undefined, 'file_share', 'thread_broadcast']);

/**
 * Decides what a message event is to us. Pure. A mention is told twice by Slack, as app_mention and as message,
 * and only one of the two gets past the inbox: both are read in the same way.
 */
export function decideMessage(
  event: unknown,
  us: { readonly teamId: string; readonly botUserId: string },
): MessageDecision {
  const parsed = eventSchema.safeParse(event);
  if (!parsed.success) return { kind: 'ignore', reason: 'not_a_new_message' };
  const message = parsed.data;
  if (!NEW_MESSAGES.has(message.subtype) || message.hidden === true) {
    return { kind: 'ignore', reason: 'not_a_new_message' };
  }
  if (message.user === us.botUserId) return { kind: 'ignore', reason: 'from_us' };
  if (message.bot_id !== undefined) return { kind: 'ignore', reason: 'from_an_app' };
  const utterance: Utterance = {
    person: {
      teamId: message.user_team ?? message.source_team ?? message.team ?? us.teamId,
      userId: message.user,
    },
    place: {
      surface: 'slack',
      teamId: us.teamId,
      channelId: message.channel,
      threadTs: message.thread_ts ?? message.ts,
    },
    messageTs: message.ts,
    text: readSlackText(message.text, us.botUserId),
    files: message.files,
  };
  const isDirect = message.channel_type === 'im' || message.channel.startsWith('D');
  if (isDirect || message.type === 'app_mention' || mentionsUs(message.text, us.botUserId)) {
    return { kind: 'addressed', utterance };
  }
  if (message.thread_ts === undefined) return { kind: 'ignore', reason: 'not_addressed' };
  return { kind: 'maybe_follow_up', utterance };
}
