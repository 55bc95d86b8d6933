import type { WebClient } from '@slack/web-api';
import { slackErrorWord } from '../slack-error.ts';
import { type CallSlack, callAtOnce } from './slack-calls.ts';

const PAGE_SIZE = 200;
const MAXIMUM_PAGES = 10;
/** How far our clock and Slack's may differ. */
const CLOCK_SKEW_MS = 15 * 60_000;

/** Where to read. An empty threadTs is the channel itself. */
export interface ReadRange {
  readonly channelId: string;
  readonly threadTs: string;
  /** Not posted before this moment. */
  readonly since: number;
}

/** What is read of a message. */
export interface ReadMessage {
  readonly ts?: string;
  readonly text?: string;
  readonly metadata?: unknown;
  readonly files?: readonly { readonly name?: string | null }[];
}

/** The messages of a thread or channel, page by page, at most 2,000. Fails like every Slack call. */
export async function* readMessages(
  client: WebClient,
  range: ReadRange,
  call: CallSlack = callAtOnce,
): AsyncGenerator<ReadMessage> {
  let cursor: string | undefined;
  for (let page = 0; page < MAXIMUM_PAGES; page += 1) {
    const answer = await readPage(client, range, { cursor, call });
    yield* answer.messages;
    if (answer.cursor === undefined) return;
    cursor = answer.cursor;
  }
}

interface Page {
  readonly messages: readonly ReadMessage[];
  readonly cursor: string | undefined;
}

interface PageCall {
  readonly cursor: string | undefined;
  readonly call: CallSlack;
}

async function readPage(client: WebClient, range: ReadRange, { cursor, call }: PageCall): Promise<Page> {
  const oldest = String(Math.max(0, (range.since - CLOCK_SKEW_MS) / 1000));
  const common = { channel: range.channelId, oldest, limit: PAGE_SIZE, include_all_metadata: true };
  const paging = cursor === undefined ? {} : { cursor };
  try {
    const answer =
      range.threadTs === ''
        ? await call('conversations.history', () => client.conversations.history({ ...common, ...paging }))
        : await call('conversations.replies', () =>
            client.conversations.replies({ ...common, ...paging, ts: range.threadTs }),
          );
    const next = answer.response_metadata?.next_cursor;
    return { messages: answer.messages ?? [], cursor: next === '' ? undefined : next };
  } catch (error) {
    // A thread whose root was deleted holds no message of ours either.
    if (slackErrorWord(error) === 'thread_not_found') return { messages: [], cursor: undefined };
    throw error;
  }
}
