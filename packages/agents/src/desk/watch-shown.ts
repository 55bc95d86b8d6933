import type { Logger, Message, ShownMessage, Store, StoreChange } from '@jamie/core';
import { toOpsError } from '@jamie/core';
import { toShown } from './show.ts';

/** Calls back for every message that a commit made or repainted. Returns how to stop. */
export function watchShown(
  store: Store,
  logger: Logger,
  listener: (shown: ShownMessage) => void,
): () => void {
  return store.onCommit((changes) => {
    publish(store, changes, listener).catch((error: unknown) => {
      // A live page that misses a push reads the transcript again; nothing durable depends on this.
      logger.warn('live update failed', { code: toOpsError(error).code, err: error });
    });
  });
}

async function publish(
  store: Store,
  changes: readonly StoreChange[],
  listener: (shown: ShownMessage) => void,
): Promise<void> {
  const messages = new Map<string, Message>();
  for (const change of changes) {
    for (const message of await messagesOf(store, change)) messages.set(message.id, message);
  }
  for (const message of messages.values()) {
    const shown = await toShown(store, message);
    if (shown !== undefined) listener(shown);
  }
}

async function messagesOf(store: Store, change: StoreChange): Promise<readonly Message[]> {
  switch (change.kind) {
    case 'message.insert':
    case 'message.update':
      return [change.message];
    case 'plan.update':
      return store.listMessagesOfPlan(change.record.plan.id);
    default:
      return [];
  }
}
