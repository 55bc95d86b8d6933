import type { InboxDelivery } from '@jamie/core';
import { deliveryKeysOf, type SlackPayload } from './delivery-keys.ts';

/** The inbox record of a payload: word for word, with every key by which it may come again. Pure. */
export function toInboxDelivery(
  payload: SlackPayload,
  receipt: Pick<InboxDelivery, 'id' | 'transport' | 'receivedAt'>,
): InboxDelivery {
  return { ...receipt, keys: deliveryKeysOf(payload), payload };
}
