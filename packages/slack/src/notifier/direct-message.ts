import { OpsError, type ShownMessage } from '@jamie/core';
import type { WebClient } from '@slack/web-api';
import type { ShownNotes } from '../views/shown-view.ts';
import { type LivePlace, slackPlaceOf } from './live-place.ts';
import type { SlackCalls } from './slack-calls.ts';

const WHY: Readonly<Record<string, string>> = {
  is_archived: 'that channel is archived',
  channel_not_found: 'that channel is gone, or I can no longer see it',
  not_in_channel: 'I am not in that channel. Invite me with /invite @jamie to have answers there',
  posting_to_channel_denied: 'I may not post in that channel',
  missing_scope: 'the Slack app lacks a permission there. A workspace admin can reinstall it',
  thread_not_found: 'that thread is gone',
  invalid_thread_ts: 'that thread is gone',
  thread_locked: 'that thread is locked',
};
const RESTRICTED = 'restricted_action';

/** The direct channel with a person. Fails like every Slack call. */
export async function openDirectChannel(
  client: WebClient,
  calls: SlackCalls,
  userId: string,
): Promise<string> {
  const answer = await calls.call('conversations.open', () => client.conversations.open({ users: userId }));
  const channelId = answer.channel?.id;
  if (channelId !== undefined) return channelId;
  throw new OpsError('unavailable', 'slack opened a direct channel without an id');
}

/** Where it was asked and why the message stands here instead: its first line. Nothing where it stands in its place. */
export function movedNote(shown: ShownMessage, { movedBecause }: LivePlace): ShownNotes['moved'] {
  if (movedBecause === undefined) return undefined;
  const { channelId } = slackPlaceOf(shown);
  const why = WHY[movedBecause] ?? whyOf(movedBecause);
  const decide = decideByCommand(shown);
  const isDirect = channelId.startsWith('D');
  const where = isDirect ? 'another direct message' : `<#${channelId}>`;
  return {
    mrkdwn: `You asked this in ${where}. My answer is here because ${why}.${decide}`,
    plain: `You asked this elsewhere. My answer is here because ${why}.`,
  };
}

function whyOf(word: string): string {
  return word.startsWith(RESTRICTED)
    ? 'posting in that channel is restricted'
    : `Slack refuses my message there (${word.replace(/[^a-z_]/gu, '')})`;
}

/** Others who may decide do not see a direct message. */
function decideByCommand({ card }: ShownMessage): string {
  if (card?.status !== 'awaiting_approval') return '';
  return ` Others decide with \`/jamie approve ${card.planId}\` or \`/jamie deny ${card.planId}\`.`;
}
