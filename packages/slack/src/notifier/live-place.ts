import { type ConversationPlace, OpsError, type ShownMessage, type SlackPerson } from '@jamie/core';

/** Where a message stands, or is to stand. An empty threadTs is the channel itself. */
export interface LivePlace {
  readonly teamId: string;
  readonly channelId: string;
  readonly threadTs: string;
  /** Slack's word for what the conversation's own channel refused, where this is not it. */
  readonly movedBecause?: string;
}

/** The conversation's own place, or the direct channel to which the message has moved. Throws invalid_input elsewhere. */
export function livePlaceOf(shown: ShownMessage): LivePlace {
  const { teamId, channelId, threadTs } = slackPlaceOf(shown);
  const { channelId: movedTo, movedBecause } = shown.message.slack ?? {};
  if (movedTo === undefined) return { teamId, channelId, threadTs };
  return { teamId, channelId: movedTo, threadTs: '', movedBecause: movedBecause ?? 'unknown' };
}

/** Who is told where the channel does not take the message: never somebody of another workspace. */
export function askerOf(shown: ShownMessage): SlackPerson | undefined {
  return shown.asker?.teamId === slackPlaceOf(shown).teamId ? shown.asker : undefined;
}

/** Throws invalid_input for a conversation of another surface. */
export function slackPlaceOf(shown: ShownMessage): Extract<ConversationPlace, { surface: 'slack' }> {
  const { place } = shown.conversation;
  if (place.surface === 'slack') return place;
  throw new OpsError('invalid_input', 'conversation does not live in Slack', {
    details: { messageId: shown.message.id },
  });
}
