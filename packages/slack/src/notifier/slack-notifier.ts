import {
  type Clock,
  type ConversationPlace,
  type Logger,
  type MessageId,
  type Notifier,
  OpsError,
  type ShownMessage,
} from '@jamie/core';
import type { WebClient } from '@slack/web-api';
import { slackErrorWord, translateSlackError } from '../slack-error.ts';
import type { SlackContent } from '../views/content.ts';
import { renderShown } from '../views/shown-view.ts';
import type { SlackWorkspaces } from '../workspaces/slack-workspaces.ts';
import { attachFiles } from './attach-files.ts';
import { createChannelPace } from './channel-pace.ts';
import { findMarked, messageMark } from './message-mark.ts';

export interface SlackNotifierOptions {
  readonly workspaces: SlackWorkspaces;
  readonly clock: Clock;
  readonly logger: Logger;
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
 * that somebody deleted is posted anew. Files follow their message into its thread, each once; those that cannot be
 * attached are named in the message, with the reason.
 */
export function createSlackNotifier(options: SlackNotifierOptions): Notifier {
  const { workspaces, logger } = options;
  const pace = createChannelPace(options.clock, options.paceMs ?? 1_000);
  const lanes = new Map<string, Promise<unknown>>();
  const taken = new Set<string>();

  async function write(
    client: WebClient,
    place: SlackPlace,
    shown: ShownMessage,
    fileNotes: readonly string[],
    known?: string,
  ): Promise<string> {
    await pace.turn(place.channelId);
    const content = renderShown(shown, fileNotes);
    if (known !== undefined && (await update(client, place, known, content, shown.message.id))) return known;
    return post(client, place, content, shown.message.id);
  }

  async function showNow(shown: ShownMessage): Promise<{ ts: string }> {
    const place = slackPlaceOf(shown);
    const { client } = await workspaces.find(place.teamId);
    const known = shown.message.slack?.ts ?? (await findPosted(client, place, shown));
    const ts = known ?? (await write(client, place, shown, []));
    const { notes, failure } = await attachFiles(shown, {
      client,
      logger,
      taken,
      place: { channelId: place.channelId, threadTs: place.threadTs === '' ? ts : place.threadTs },
      beforePost: () => pace.turn(place.channelId),
    });
    const isShown = known === undefined && notes.length === 0;
    const shownTs = isShown ? ts : await write(client, place, shown, notes, ts);
    if (failure !== undefined) throw failure;
    return { ts: shownTs };
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
  content: SlackContent,
  messageId: MessageId,
): Promise<boolean> {
  try {
    await client.chat.update({
      ...content,
      channel: place.channelId,
      ts,
      parse: 'none',
      link_names: false,
      metadata: messageMark(messageId),
    });
    return true;
  } catch (error) {
    if (CANNOT_BE_EDITED.has(slackErrorWord(error) ?? '')) return false;
    throw translateSlackError(error, 'chat.update');
  }
}

async function post(
  client: WebClient,
  place: SlackPlace,
  content: SlackContent,
  messageId: MessageId,
): Promise<string> {
  try {
    const answer = await client.chat.postMessage({
      ...content,
      channel: place.channelId,
      ...(place.threadTs === '' ? {} : { thread_ts: place.threadTs }),
      parse: 'none',
      link_names: false,
      unfurl_links: false,
      unfurl_media: false,
      metadata: messageMark(messageId),
    });
    if (answer.ts !== undefined) return answer.ts;
  } catch (error) {
    throw translateSlackError(error, 'chat.postMessage');
  }
  throw new OpsError('unavailable', 'slack accepted a message without a timestamp');
}
