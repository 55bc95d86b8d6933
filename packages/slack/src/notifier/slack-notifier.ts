import { type Clock, type ConversationPlace, type Notifier, OpsError, type ShownMessage } from '@jamie/core';
import type { WebClient } from '@slack/web-api';
import { slackErrorWord, translateSlackError } from '../slack-error.ts';
import { renderShown } from '../views/shown-view.ts';
import { createChannelPace } from './channel-pace.ts';
import { findMarked, messageMark } from './message-mark.ts';

export interface SlackNotifierOptions {
  readonly client: WebClient;
  readonly clock: Clock;
  /** Least time between two writes to one channel. Default 1,000 ms: Slack hides faster posts without an error. */
  readonly paceMs?: number;
}

type SlackPlace = Extract<ConversationPlace, { surface: 'slack' }>;

const CANNOT_BE_EDITED: ReadonlySet<string> = new Set([
  'message_not_found',
  'cant_update_message',
  'edit_window_closed',
]);

/**
 * Shows messages in Slack threads. A message is posted once with an invisible mark and changed in place from then
 * on; before a post it looks for the mark, so that a post whose response was lost is not made twice. A message
 * that somebody deleted is posted anew.
 */
export function createSlackNotifier(options: SlackNotifierOptions): Notifier {
  const pace = createChannelPace(options.clock, options.paceMs ?? 1_000);
  const lanes = new Map<string, Promise<unknown>>();

  async function showNow(shown: ShownMessage): Promise<{ ts: string }> {
    const place = slackPlaceOf(shown);
    const known = shown.message.slack?.ts ?? (await findPosted(options.client, place, shown));
    await pace.turn(place.channelId);
    if (known !== undefined && (await update(options.client, place, known, shown))) return { ts: known };
    return { ts: await post(options.client, place, shown) };
  }

  return {
    show(shown) {
      const previous = lanes.get(shown.message.id) ?? Promise.resolve();
      // Two at once would both find nothing and both post.
      const mine = previous.then(
        () => showNow(shown),
        () => showNow(shown),
      );
      const settled = mine.then(
        () => undefined,
        () => undefined,
      );
      lanes.set(shown.message.id, settled);
      return mine.finally(() => {
        if (lanes.get(shown.message.id) === settled) lanes.delete(shown.message.id);
      });
    },
  };
}

function slackPlaceOf(shown: ShownMessage): SlackPlace {
  const { place } = shown.conversation;
  if (place.surface === 'slack') return place;
  throw new OpsError('invalid_input', 'conversation does not live in Slack', {
    details: { messageId: shown.message.id },
  });
}

function findPosted(
  client: WebClient,
  place: SlackPlace,
  { message }: ShownMessage,
): Promise<string | undefined> {
  return findMarked(client, {
    channelId: place.channelId,
    threadTs: place.threadTs,
    key: message.id,
    since: message.at,
  });
}

/** False when the message is no longer there to be changed. */
async function update(
  client: WebClient,
  place: SlackPlace,
  ts: string,
  shown: ShownMessage,
): Promise<boolean> {
  try {
    await client.chat.update({
      ...renderShown(shown),
      channel: place.channelId,
      ts,
      parse: 'none',
      link_names: false,
      metadata: messageMark(shown.message.id),
    });
    return true;
  } catch (error) {
    if (CANNOT_BE_EDITED.has(slackErrorWord(error) ?? '')) return false;
    throw translateSlackError(error, 'chat.update');
  }
}

async function post(client: WebClient, place: SlackPlace, shown: ShownMessage): Promise<string> {
  try {
    const answer = await client.chat.postMessage({
      ...renderShown(shown),
      channel: place.channelId,
      ...(place.threadTs === '' ? {} : { thread_ts: place.threadTs }),
      parse: 'none',
      link_names: false,
      unfurl_links: false,
      unfurl_media: false,
      metadata: messageMark(shown.message.id),
    });
    if (answer.ts !== undefined) return answer.ts;
  } catch (error) {
    throw translateSlackError(error, 'chat.postMessage');
  }
  throw new OpsError('unavailable', 'slack accepted a message without a timestamp');
}
