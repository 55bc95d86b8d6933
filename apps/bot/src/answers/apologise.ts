import type { InboxDelivery, OpsError } from '@jamie/core';
import type { SlackClient } from '../people/identify-person.ts';
import { type PrivateRecipient, tellPrivately } from './tell-privately.ts';

/**
 * Tells the person behind a delivery that it could not be handled, with a reference. A delivery without a person
 * (or from an app) has nobody to tell.
 */
export async function apologise(
  client: SlackClient,
  delivery: InboxDelivery,
  error: OpsError,
): Promise<void> {
  const recipient = recipientOf(delivery.payload);
  if (recipient === undefined) return;
  const cause = error.userMessage ?? 'Something on our side failed, and nothing was changed.';
  const next = 'Ask again; if it fails again, quote this reference to a platform admin:';
  await tellPrivately(
    client,
    recipient,
    `Your request could not be handled. ${cause} ${next} ${delivery.id}`,
  );
}

interface Shapes {
  readonly event?: { readonly channel?: unknown; readonly user?: unknown; readonly bot_id?: unknown };
  readonly channel_id?: unknown;
  readonly user_id?: unknown;
  readonly channel?: { readonly id?: unknown };
  readonly user?: { readonly id?: unknown };
}

/** Who waits for this delivery's answer, and in which channel. Pure. */
function recipientOf(payload: InboxDelivery['payload']): PrivateRecipient | undefined {
  const shapes = payload as Shapes;
  if (shapes.event?.bot_id !== undefined) return undefined;
  const channelId = shapes.event?.channel ?? shapes.channel_id ?? shapes.channel?.id;
  const userId = shapes.event?.user ?? shapes.user_id ?? shapes.user?.id;
  return typeof channelId === 'string' && typeof userId === 'string' ? { channelId, userId } : undefined;
}
