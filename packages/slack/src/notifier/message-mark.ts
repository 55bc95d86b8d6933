import type { WebClient } from '@slack/web-api';
import { type ReadMessage, type ReadRange, readMessages } from './read-messages.ts';

const EVENT_TYPE = 'jamie_message';

/** The invisible mark on each message of ours, by which it is found again. */
export function messageMark(key: string): {
  event_type: string;
  event_payload: { message_id: string };
} {
  return { event_type: EVENT_TYPE, event_payload: { message_id: key } };
}

/** Where a marked message may stand, and its mark. */
export interface MarkSearch extends ReadRange {
  readonly key: string;
}

/**
 * Finds the timestamp of the message with this mark: what tells a post that arrived from one that was lost.
 * Fails like every Slack call.
 */
export async function findMarked(client: WebClient, search: MarkSearch): Promise<string | undefined> {
  for await (const message of readMessages(client, search)) {
    if (message.ts !== undefined && markOf(message) === search.key) return message.ts;
  }
  return undefined;
}

function markOf(message: ReadMessage): string | undefined {
  const metadata = message.metadata as ReturnType<typeof messageMark> | undefined;
  return metadata?.event_type === EVENT_TYPE ? metadata.event_payload?.message_id : undefined;
}
