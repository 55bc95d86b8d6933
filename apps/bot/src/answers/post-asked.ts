import type { Principal } from '@jamie/core';
import { bold, codeSpan, findMarked, messageMark, translateSlackError } from '@jamie/slack';
import type { DeliveryTicket } from '../inbox/delivery-ticket.ts';
import type { SlackClient } from '../people/identify-person.ts';

/** A question that leaves no message of its own in Slack. */
export interface AskedWithout {
  readonly principal: Principal;
  readonly channelId: string;
  /** Absent: the line begins a thread. */
  readonly threadTs?: string;
  readonly words: string;
}

const WORDS_CHARACTERS = 1_000;

/**
 * Posts a line that says who asked what, once for each delivery, so that everybody understands the answer. Returns its
 * timestamp. Fails like every Slack call.
 */
export async function postAsked(
  client: SlackClient,
  { principal, channelId, threadTs, words }: AskedWithout,
  ticket: DeliveryTicket,
): Promise<string> {
  const key = `root:${ticket.id}`;
  if (ticket.isRepeat) {
    const found = await findMarked(client, { channelId, threadTs: threadTs ?? '', key, since: 0 });
    if (found !== undefined) return found;
  }
  try {
    const posted = await client.chat.postMessage({
      channel: channelId,
      ...(threadTs === undefined ? {} : { thread_ts: threadTs }),
      text: `${bold(principal.displayName)} asked ${codeSpan(words.trim().slice(0, WORDS_CHARACTERS))}`,
      parse: 'none',
      link_names: false,
      unfurl_links: false,
      metadata: messageMark(key),
    });
    return posted.ts ?? '';
  } catch (error) {
    throw translateSlackError(error, 'chat.postMessage');
  }
}
