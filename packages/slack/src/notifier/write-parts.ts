import { isOpsError, OpsError, toOpsError } from '@jamie/core';
import type { WebClient } from '@slack/web-api';
import { slackErrorWord } from '../slack-error.ts';
import type { SlackContent } from '../views/content.ts';
import type { LivePlace } from './live-place.ts';
import { type FoundMarks, messageMark, partKey } from './message-mark.ts';
import type { SlackCalls } from './slack-calls.ts';

/** Where the parts of one message are written. */
export interface PartsTarget {
  readonly client: WebClient;
  readonly calls: SlackCalls;
  readonly place: LivePlace;
  readonly messageId: string;
  readonly isUrgent: boolean;
  /** No post of ours can be there that is not known. */
  readonly isFirst: boolean;
  /** What of ours stands in the place; read when it is needed. */
  readonly findMarks: () => Promise<FoundMarks>;
  /** The timestamps of the parts, as far as they are known; those that are posted are added. */
  readonly known: string[];
}

const CANNOT_BE_EDITED: ReadonlySet<string> = new Set([
  'message_not_found',
  'cant_update_message',
  'edit_window_closed',
]);

/**
 * Brings every part of a message into its present version: changed in place where it stands, posted where it does not,
 * deleted where it is no longer needed. A part that somebody deleted is posted anew. Returns the failure that left a
 * further part missing, where trying again may bring it; throws when not even the first one stands.
 */
export async function writeParts(
  target: PartsTarget,
  parts: readonly SlackContent[],
): Promise<OpsError | undefined> {
  const { known } = target;
  for (const [index, content] of parts.entries()) {
    try {
      known[index] = await writePart(target, index, content);
    } catch (thrown) {
      const error = toOpsError(thrown);
      if (index === 0 || !error.retryable) throw error;
      return error;
    }
  }
  while (known.length > parts.length) {
    const failure = await removeLast(target);
    if (failure !== undefined) return failure;
  }
  return undefined;
}

async function writePart(target: PartsTarget, index: number, content: SlackContent): Promise<string> {
  const key = partKey(target.messageId, index);
  const ts = target.known[index];
  if (ts !== undefined && (await update(target, ts, key, content))) return ts;
  const isNew = ts === undefined && target.isFirst;
  const found = isNew ? undefined : (await target.findMarks()).tsByKey.get(key);
  if (found !== undefined && found !== ts && (await update(target, found, key, content))) return found;
  return post(target, key, content);
}

/** False when the message is no longer there to be changed. */
async function update(
  { client, calls, place }: PartsTarget,
  ts: string,
  key: string,
  content: SlackContent,
): Promise<boolean> {
  try {
    await calls.call('chat.update', () =>
      client.chat.update({
        ...content,
        channel: place.channelId,
        ts,
        parse: 'none',
        link_names: false,
        metadata: messageMark(key),
      }),
    );
    return true;
  } catch (error) {
    if (CANNOT_BE_EDITED.has(slackErrorWord(error) ?? '')) return false;
    throw error;
  }
}

async function post(
  { client, calls, place, isUrgent }: PartsTarget,
  key: string,
  content: SlackContent,
): Promise<string> {
  await calls.takePostTurn(place.channelId, isUrgent);
  return postMarked(client, calls, place, { content, mark: messageMark(key) });
}

/** Posts a message with its mark; whoever calls has taken a turn. Fails like every Slack call. */
export async function postMarked(
  client: WebClient,
  calls: SlackCalls,
  place: LivePlace,
  { content, mark }: { readonly content: SlackContent; readonly mark: ReturnType<typeof messageMark> },
): Promise<string> {
  const answer = await calls.call('chat.postMessage', () =>
    client.chat.postMessage({
      ...content,
      channel: place.channelId,
      ...(place.threadTs === '' ? {} : { thread_ts: place.threadTs }),
      parse: 'none',
      link_names: false,
      unfurl_links: false,
      unfurl_media: false,
      metadata: mark,
    }),
  );
  if (answer.ts !== undefined) return answer.ts;
  throw new OpsError('unavailable', 'slack accepted a message without a timestamp');
}

async function removeLast({ client, calls, place, known }: PartsTarget): Promise<OpsError | undefined> {
  const ts = known.at(-1) ?? '';
  try {
    await calls.call('chat.delete', () => client.chat.delete({ channel: place.channelId, ts }));
  } catch (error) {
    if (isOpsError(error) && error.retryable) return error;
    if (slackErrorWord(error) !== 'message_not_found') throw error;
  }
  known.pop();
  return undefined;
}
