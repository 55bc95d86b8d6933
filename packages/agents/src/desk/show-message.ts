import type { Message, MessageId, Notifier, Store } from '@jamie/core';
import { OpsError } from '@jamie/core';
import type { AgentsContext } from '../agents-context.ts';
import { findShown } from './show.ts';

/** How long one worker alone may post or repaint a message; it takes far less. */
const CLAIM_MS = 15_000;
/** How soon a worker that found the message claimed tries again. */
const CLAIMED_RETRY_MS = 300;

/**
 * Makes Slack show a message in its present version. A version that Slack shows already is skipped. The message is
 * claimed first, so that two workers neither post it twice nor repaint it out of order.
 */
export async function showMessage(
  context: AgentsContext,
  notifier: Notifier | undefined,
  messageId: MessageId,
): Promise<void> {
  const { store } = context;
  const before = await findShown(store, messageId);
  if (before === undefined || before.conversation.place.surface !== 'slack') return;
  if (before.message.author === 'person') return;
  const slack = before.message.slack;
  if (slack?.ts !== undefined && slack.shownVersion >= before.message.version) return;
  if (notifier === undefined) {
    throw new OpsError('unavailable', 'Slack is not connected', { details: { messageId } });
  }
  await claim(context, await getMessage(store, messageId));
  const shown = await findShown(store, messageId);
  if (shown === undefined) return;
  try {
    const { ts, permalink = shown.message.slack?.permalink } = await notifier.show(shown);
    // Recording the delivery grows the message's version by one; what is shown stays the same.
    const shownVersion = shown.message.version + 1;
    const delivery = { ts, shownVersion, ...(permalink !== undefined && { permalink }) };
    await update(store, await getMessage(store, messageId), delivery);
  } catch (error) {
    await release(store, messageId);
    throw error;
  }
}

async function claim(context: AgentsContext, message: Message): Promise<void> {
  const now = context.clock.now();
  if ((message.slack?.claimedUntil ?? 0) > now) {
    throw new OpsError('unavailable', 'another worker shows this message', {
      retryAfterMs: CLAIMED_RETRY_MS,
    });
  }
  await update(context.store, message, { shownVersion: 0, ...message.slack, claimedUntil: now + CLAIM_MS });
}

async function release(store: Store, messageId: MessageId): Promise<void> {
  const message = await getMessage(store, messageId);
  const { claimedUntil: _released, ...slack } = message.slack ?? { shownVersion: 0 };
  await update(store, message, slack);
}

async function update(store: Store, message: Message, slack: NonNullable<Message['slack']>): Promise<void> {
  const result = await store.commit([
    {
      kind: 'message.update',
      message: { ...message, version: message.version + 1, slack },
      expectedVersion: message.version,
    },
  ]);
  if (result.kind === 'committed') return;
  throw new OpsError('conflict', 'message changed while it was shown', {
    retryable: true,
    retryAfterMs: CLAIMED_RETRY_MS,
  });
}

async function getMessage(store: Store, messageId: MessageId): Promise<Message> {
  const message = await store.findMessage(messageId);
  if (message !== undefined) return message;
  throw new OpsError('not_found', 'no such message', { details: { messageId } });
}
