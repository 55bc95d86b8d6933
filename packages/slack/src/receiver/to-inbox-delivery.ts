import type { InboxDelivery } from '@jamie/core';
import { deliveryKeysOf, type SlackPayload } from './delivery-keys.ts';
import { redactPayload } from './redact-payload.ts';

/** The inbox record of a payload: without secrets, with every key by which it may come again. Pure. */
export function toInboxDelivery(
  payload: SlackPayload,
  receipt: Pick<InboxDelivery, 'id' | 'transport' | 'receivedAt'>,
): InboxDelivery {
  return { ...receipt, keys: deliveryKeysOf(payload), payload: redactPayload(payload) };
}
