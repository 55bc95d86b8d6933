import { classifyPayload, type SlackPayload } from './delivery-keys.ts';
import type { ReceiverEvents } from './receiver.ts';

/**
 * Takes one delivery: what Slack is to read with the acknowledgement; undefined: nothing. Everything is stored first,
 * except what its answer settles (a field to correct, suggestions while somebody types). Fails when it could not be
 * stored or answered.
 */
export async function takeDelivery(
  payload: SlackPayload,
  events: Pick<ReceiverEvents, 'answer' | 'store'>,
): Promise<SlackPayload | undefined> {
  const isInteraction = classifyPayload(payload) === 'interaction';
  const answer = isInteraction ? await events.answer?.(payload) : undefined;
  if (answer === undefined || answer.isStored) await events.store(payload);
  return answer?.body;
}
