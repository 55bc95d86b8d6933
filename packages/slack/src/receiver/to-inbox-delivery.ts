import type { InboxDelivery } from '@jamie/core';
import { deliveryKeysOf, type SlackPayload } from './delivery-keys.ts';
import { deliveryLaneOf } from './delivery-lane.ts';
import { redactPayload } from './redact-payload.ts';

/** The inbox record of a payload: without secrets, with every key by which it may come again. Pure. */
export function toInboxDelivery(
  payload: SlackPayload,
  receipt: Pick<InboxDelivery, 'id' | 'transport' | 'receivedAt'>,
): InboxDelivery {
  const [keys, lane] = [deliveryKeysOf(payload), deliveryLaneOf(payload)];
  return { ...receipt, keys, lane, payload: redactPayload(payload) };
}
