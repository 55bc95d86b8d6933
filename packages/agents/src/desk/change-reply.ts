import type { Message, MessageId, Reply, Store, StoreChange } from '@jamie/core';
import { OpsError, showJob } from '@jamie/core';

/** How often a change is made anew after somebody else changed the message first. */
const ATTEMPTS = 5;

/**
 * Changes the reply that a message shows, with the job that shows it, in one commit. `change` is called with the reply
 * as it is stored; undefined leaves the message alone. `also` is committed along, and alone when nothing changes.
 * Throws conflict, retryable, when others keep changing the message.
 */
export async function changeReply(
  store: Store,
  messageId: MessageId,
  change: (reply: Reply) => Reply | undefined,
  also: readonly StoreChange[] = [],
): Promise<void> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const message = await store.findMessage(messageId);
    const changes = message === undefined ? [] : await changesOf(store, message, change);
    if (changes.length + also.length === 0) return;
    const result = await store.commit([...changes, ...also]);
    if (result.kind === 'committed') return;
  }
  throw new OpsError('conflict', 'the message keeps changing', { retryable: true, details: { messageId } });
}

async function changesOf(
  store: Store,
  before: Message,
  change: (reply: Reply) => Reply | undefined,
): Promise<readonly StoreChange[]> {
  const reply = before.body.kind === 'reply' ? change(before.body.reply) : undefined;
  if (reply === undefined) return [];
  const request = await store.findRequest(before.requestId);
  if (request === undefined)
    throw new OpsError('not_found', 'no such request', { details: { messageId: before.id } });
  const message: Message = { ...before, body: { kind: 'reply', reply }, version: before.version + 1 };
  return [
    { kind: 'message.update', message, expectedVersion: before.version },
    {
      kind: 'outbox.add',
      job: showJob(message, message.version, request.correlationId),
    },
  ];
}
