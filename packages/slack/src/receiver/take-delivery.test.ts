import { describe, expect, it } from '@jest/globals';
import type { SlackPayload } from './delivery-keys.ts';
import type { ReceiverAnswer } from './receiver.ts';
import { takeDelivery } from './take-delivery.ts';

const SUBMISSION = { type: 'view_submission', user: { id: 'U1' }, view: { id: 'V1' } };

function eventsWith(answer: ReceiverAnswer | undefined, isFull = false) {
  const stored: SlackPayload[] = [];
  const events = {
    answer: async () => answer,
    store: async (payload: SlackPayload) => {
      if (isFull) throw new Error('disk full');
      stored.push(payload);
    },
  };
  return { events, stored };
}

describe('takeDelivery', () => {
  it('stores what nothing is answered to, and acknowledges it with nothing', async () => {
    const { events, stored } = eventsWith(undefined);
    expect(await takeDelivery(SUBMISSION, events)).toBeUndefined();
    expect(stored).toEqual([SUBMISSION]);
  });

  it('does not store what its answer settles', async () => {
    const { events, stored } = eventsWith({ isStored: false, body: { options: [] } });
    expect(await takeDelivery(SUBMISSION, events)).toEqual({ options: [] });
    expect(stored).toEqual([]);
  });

  it('stores first what it answers and keeps, so that nothing is promised that is lost', async () => {
    const answer = { isStored: true, body: { response_action: 'clear' } };
    const kept = eventsWith(answer);
    expect(await takeDelivery(SUBMISSION, kept.events)).toEqual(answer.body);
    expect(kept.stored).toEqual([SUBMISSION]);
    await expect(takeDelivery(SUBMISSION, eventsWith(answer, true).events)).rejects.toThrow('disk full');
  });

  it('asks nothing about events and commands: Slack reads no content from their acknowledgement', async () => {
    const { events, stored } = eventsWith({ isStored: false, body: {} });
    const event = { type: 'event_callback', event: { type: 'message' } };
    expect(await takeDelivery(event, events)).toBeUndefined();
    expect(await takeDelivery({ command: '/jamie' }, events)).toBeUndefined();
    expect(stored).toHaveLength(2);
  });
});
