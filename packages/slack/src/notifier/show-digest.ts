import { type Logger, OpsError, type ShownMessage, type ShownPlace } from '@jamie/core';
import { MAXIMUM_ENTRIES, renderDigest } from '../views/digest-view.ts';
import type { SlackWorkspace } from '../workspaces/slack-workspaces.ts';
import { type LivePlace, slackPlaceOf } from './live-place.ts';
import { digestMark } from './message-mark.ts';
import { findPermalink, permalinkLike } from './permalink.ts';
import type { SlackCalls } from './slack-calls.ts';
import { postMarked } from './write-parts.ts';

export interface DigestOptions {
  readonly workspace: SlackWorkspace;
  readonly calls: SlackCalls;
  readonly logger: Logger;
}

/**
 * Posts one message that lists several of the same channel: in their thread where it is the same for all, otherwise in
 * the channel. Throws invalid_input for none, too many, or messages of several channels; fails like every Slack call.
 */
export async function showDigest(
  messages: readonly ShownMessage[],
  { workspace, calls, logger }: DigestOptions,
): Promise<ShownPlace> {
  const place = commonPlace(messages);
  const { client } = workspace;
  await calls.takePostTurn(place.channelId, true);
  const threads = messages.map((shown) => slackPlaceOf(shown).threadTs);
  const firstThread = threads.find((ts) => ts !== '');
  const pattern =
    firstThread === undefined
      ? undefined
      : await findPermalink({ client, calls, logger }, place.channelId, firstThread);
  const entries = messages.map((shown, index) => {
    const threadTs = threads[index] ?? '';
    const isElsewhere = threadTs !== '' && threadTs !== place.threadTs && pattern !== undefined;
    const link = isElsewhere ? permalinkLike(pattern, place.channelId, threadTs) : undefined;
    return { shown, ...(link !== undefined && { link }) };
  });
  const mark = digestMark(messages.map(({ message }) => message.id));
  const ts = await postMarked(client, calls, place, { content: renderDigest(entries), mark });
  return { ts, isDigest: true };
}

function commonPlace(messages: readonly ShownMessage[]): LivePlace {
  const places = messages.map(slackPlaceOf);
  const [first] = places;
  const isOne = places.every(
    ({ teamId, channelId }) => teamId === first?.teamId && channelId === first.channelId,
  );
  if (first === undefined || !isOne || messages.length > MAXIMUM_ENTRIES) {
    throw new OpsError('invalid_input', 'a digest is for some messages of one channel', {
      details: { messages: messages.length },
    });
  }
  const { teamId, channelId, threadTs } = first;
  const isSameThread = places.every((place) => place.threadTs === threadTs);
  return { teamId, channelId, threadTs: isSameThread ? threadTs : '' };
}
