import type { WebClient } from '@slack/web-api';
import { type ReadMessage, type ReadRange, readMessages } from './read-messages.ts';
import { type CallSlack, callAtOnce } from './slack-calls.ts';

const EVENT_TYPE = 'jamie_message';

/** The invisible mark on a message of ours. */
export interface MessageMark {
  readonly event_type: string;
  readonly event_payload: { readonly message_id: string; readonly lists?: string };
}

/** The mark by which a message is found again. */
export function messageMark(key: string): MessageMark & { event_payload: Record<string, string> } {
  return { event_type: EVENT_TYPE, event_payload: { message_id: key } };
}

/** The mark of a message that lists others: each of them is found again by it. */
export function digestMark(keys: readonly string[]): MessageMark & { event_payload: Record<string, string> } {
  return {
    event_type: EVENT_TYPE,
    event_payload: { message_id: `digest:${keys[0] ?? ''}`, lists: keys.join(',') },
  };
}

/** The key of one part of a message that is too long for one; `index` from 0. */
export function partKey(key: string, index: number): string {
  return index === 0 ? key : `${key}#${index + 1}`;
}

/** Where a marked message may stand, and its mark. */
export interface MarkSearch extends ReadRange {
  readonly key: string;
}

/** Our messages in a thread or channel: by their key, and by the keys that a digest lists. */
export interface FoundMarks {
  readonly tsByKey: ReadonlyMap<string, string>;
  readonly digestTsByKey: ReadonlyMap<string, string>;
}

/**
 * Finds the timestamp of the message with this mark: what tells a post that arrived from one that was lost.
 * Fails like every Slack call.
 */
export async function findMarked(client: WebClient, search: MarkSearch): Promise<string | undefined> {
  return (await findMarks(client, search, callAtOnce)).tsByKey.get(search.key);
}

/** All marks in the range; the oldest message counts where two have the same. Fails like every Slack call. */
export async function findMarks(client: WebClient, range: ReadRange, call: CallSlack): Promise<FoundMarks> {
  const tsByKey = new Map<string, string>();
  const digestTsByKey = new Map<string, string>();
  for await (const message of readMessages(client, range, call)) {
    const mark = markOf(message);
    if (message.ts === undefined || mark === undefined) continue;
    keepOldest(tsByKey, mark.message_id, message.ts);
    for (const key of mark.lists?.split(',') ?? []) keepOldest(digestTsByKey, key, message.ts);
  }
  return { tsByKey, digestTsByKey };
}

function keepOldest(found: Map<string, string>, key: string, ts: string): void {
  const known = found.get(key);
  if (known === undefined || Number(ts) < Number(known)) found.set(key, ts);
}

function markOf(message: ReadMessage): MessageMark['event_payload'] | undefined {
  const metadata = message.metadata as MessageMark | undefined;
  return metadata?.event_type === EVENT_TYPE ? metadata.event_payload : undefined;
}
