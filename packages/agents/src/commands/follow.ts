import type {
  ConversationId,
  CorrelationId,
  JobRequest,
  JsonObject,
  MessageId,
  Reply,
  Store,
} from '@jamie/core';
import { changeReply } from '../desk/change-reply.ts';
import { endReply } from './logs/follow-reply.ts';
import type { LogView } from './logs/view-log.ts';

/** The pause between two looks at a log that is followed, and so between two repaints. */
const FOLLOW_EVERY_MS = 2_000;

/** A log that is followed: which, for which message, and how often it has been looked at. */
export interface Follow {
  readonly messageId: MessageId;
  readonly tick: number;
  readonly cluster: string;
  readonly namespace: string;
  readonly view: LogView;
}

/** The job that looks once more. Each look asks for the next one; the time at which it ends stands in the message. */
export function followJob(follow: Follow, now: number, correlationId: CorrelationId): JobRequest {
  const { messageId, tick, cluster, namespace, view } = follow;
  const { previous: _never, ...looks } = view;
  return {
    name: 'requests.follow',
    payload: { messageId, tick, cluster, namespace, ...looks },
    deduplicationId: `follow:${messageId}:${tick}`,
    runAt: now + FOLLOW_EVERY_MS,
    correlationId,
  };
}

/** Reads the payload of a follow job back; the catalog has checked it. */
export function readFollow(payload: JsonObject): Follow {
  const { messageId, tick, cluster, namespace, ...looks } = payload;
  return {
    messageId: messageId as MessageId,
    tick: Number(tick),
    cluster: String(cluster),
    namespace: String(namespace),
    view: { previous: false, ...looks } as unknown as LogView,
  };
}

/** Far longer than anything is followed. */
export const FOLLOWED_WITHIN_MS = 3_600_000;

/** Ends every following in a conversation; what was shown stays. Returns how many there were. */
export async function endFollowing(
  store: Store,
  conversationId: ConversationId,
  now: number,
): Promise<number> {
  let ended = 0;
  for (const { id, body } of await store.listMessages(conversationId, now - FOLLOWED_WITHIN_MS)) {
    if (body.kind !== 'reply' || !isFollowing(body.reply)) continue;
    let changed = false;
    await changeReply(store, id, (reply) => {
      changed = isFollowing(reply);
      return changed ? endReply(reply, 'stopped') : undefined;
    });
    if (changed) ended += 1;
  }
  return ended;
}

/** Whether an answer still grows. */
export function isFollowing(reply: Reply): reply is Reply & { readonly followingUntil: number } {
  return reply.followingUntil !== undefined;
}
