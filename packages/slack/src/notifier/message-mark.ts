import type { WebClient } from '@slack/web-api';
import { slackErrorWord, translateSlackError } from '../slack-error.ts';

const EVENT_TYPE = 'jamie_message';
const PAGE_SIZE = 200;
const MAXIMUM_PAGES = 10;
/** How far our clock and Slack's may differ. */
const CLOCK_SKEW_MS = 15 * 60_000;

/** The invisible mark on each message of ours, by which it is found again. */
export function messageMark(key: string): {
  event_type: string;
  event_payload: { message_id: string };
} {
  return { event_type: EVENT_TYPE, event_payload: { message_id: key } };
}

/** Where a marked message may stand. An empty threadTs is the channel itself. */
export interface MarkSearch {
  readonly channelId: string;
  readonly threadTs: string;
  readonly key: string;
  /** Not posted before this moment. */
  readonly since: number;
}

/**
 * Finds the timestamp of the message with this mark: what tells a post that arrived from one that was lost.
 * Fails like every Slack call.
 */
export async function findMarked(client: WebClient, search: MarkSearch): Promise<string | undefined> {
  let cursor: string | undefined;
  for (let page = 0; page < MAXIMUM_PAGES; page += 1) {
    const answer = await readPage(client, search, cursor);
    const found = answer.messages.find((message) => markOf(message) === search.key);
    if (found?.ts !== undefined) return found.ts;
    if (answer.cursor === undefined) return undefined;
    cursor = answer.cursor;
  }
  return undefined;
}

interface Page {
  readonly messages: readonly { readonly ts?: string; readonly metadata?: unknown }[];
  readonly cursor: string | undefined;
}

async function readPage(client: WebClient, search: MarkSearch, cursor: string | undefined): Promise<Page> {
  const inThread = search.threadTs !== '';
  const method = inThread ? 'conversations.replies' : 'conversations.history';
  const oldest = String(Math.max(0, (search.since - CLOCK_SKEW_MS) / 1000));
  const common = { channel: search.channelId, oldest, limit: PAGE_SIZE, include_all_metadata: true };
  const paging = cursor === undefined ? {} : { cursor };
  try {
    const answer = inThread
      ? await client.conversations.replies({ ...common, ...paging, ts: search.threadTs })
      : await client.conversations.history({ ...common, ...paging });
    const next = answer.response_metadata?.next_cursor;
    return { messages: answer.messages ?? [], cursor: next === '' ? undefined : next };
  } catch (error) {
    // A thread whose root was deleted holds no message of ours either.
    if (slackErrorWord(error) === 'thread_not_found') return { messages: [], cursor: undefined };
    throw translateSlackError(error, method);
  }
}

function markOf(message: { readonly metadata?: unknown }): string | undefined {
  const metadata = message.metadata as ReturnType<typeof messageMark> | undefined;
  return metadata?.event_type === EVENT_TYPE ? metadata.event_payload?.message_id : undefined;
}
