import type { Desk, Logger, Message, ShownMessage, Store, StoreChange } from '@jamie/core';
import { toOpsError } from '@jamie/core';
import { toShown } from './show.ts';

/**
 * Calls back for every message that a commit made or repainted. However many listen, each message is read once; while
 * nobody does, none is. A call of the function returns how to stop.
 */
export function watchShown(store: Store, logger: Logger): Desk['onShown'] {
  const listeners = new Set<{ readonly hear: (shown: ShownMessage) => void }>();
  let unsubscribe: () => void = () => undefined;
  const begin = () =>
    store.onCommit((changes) => {
      publish(store, changes, (shown) => {
        for (const { hear } of listeners) hear(shown);
      }).catch((error: unknown) => {
        // A live page that misses a push reads the transcript again; nothing durable depends on this.
        logger.warn('live update failed', { code: toOpsError(error).code, err: error });
      });
    });
  return (hear) => {
    const listener = { hear };
    if (listeners.size === 0) unsubscribe = begin();
    listeners.add(listener);
    return () => {
      if (listeners.delete(listener) && listeners.size === 0) unsubscribe();
    };
  };
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
