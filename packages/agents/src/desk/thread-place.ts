import { type Clock, type Conversation, type Message, OpsError, type Store } from '@jamie/core';

/** How soon a message whose thread has not begun yet tries again. */
const THREAD_RETRY_MS = 500;
/** How long a message waits for its thread; after that it stands at the top rather than nowhere. */
const THREAD_WITHIN_MS = 60_000;

type ThreadStore = Pick<Store, 'findMessage'>;

/** The conversation with the thread in which a message stands, where it stands in one and that has begun. */
export async function placeInThread(
  store: ThreadStore,
  message: Pick<Message, 'inThreadOf'>,
  conversation: Conversation,
): Promise<Conversation> {
  const { place } = conversation;
  if (message.inThreadOf === undefined || place.surface !== 'slack' || place.threadTs !== '')
    return conversation;
  const root = await store.findMessage(message.inThreadOf);
  const { ts, channelId, isDigest } = root?.slack ?? {};
  // A root that had to go elsewhere, or that stands in a list with others, has no thread in this channel.
  if (ts === undefined || channelId !== undefined || isDigest === true) return conversation;
  return { ...conversation, place: { ...place, threadTs: ts } };
}

/**
 * Throws unavailable (retryable) while the message that begins the thread of this one is not posted yet, for a minute at
 * most.
 */
export async function awaitThread(
  { store, clock }: { readonly store: ThreadStore; readonly clock: Pick<Clock, 'now'> },
  { inThreadOf, slack, at }: Pick<Message, 'inThreadOf' | 'slack' | 'at'>,
): Promise<void> {
  const isLate = clock.now() - at > THREAD_WITHIN_MS;
  if (inThreadOf === undefined || slack?.ts !== undefined || isLate) return;
  const root = await store.findMessage(inThreadOf);
  if (root === undefined || root.slack?.ts !== undefined) return;
  throw new OpsError('unavailable', 'the thread of this message has not begun yet', {
    retryAfterMs: THREAD_RETRY_MS,
    details: { inThreadOf },
  });
}
