import { setTimeout as sleep } from 'node:timers/promises';
import type { TrialWorld } from '../trial-world.ts';

/** What Slack's network does to one and the same event. */
export const DELIVERIES = [
  'event four times',
  'event four times, killed after the first',
  'socket dropped mid-acknowledgement',
] as const;

/** Slack's 0, 0, +1 and +5 minutes as seconds: when the copies go out after the first. */
const COPIES_AFTER_MS = [0, 1_000, 5_000];

/** A question whose event comes again; it gets one answer. */
export async function playDelivery(world: TrialWorld, boundary: string): Promise<boolean> {
  const { slack } = world;
  const isDropped = boundary.startsWith('socket');
  const isKilled = boundary.includes('killed');
  if (isDropped) slack.hub.dropAtNextAck();
  const before = slack.sent.length;
  world.mention(`why is deploy/${world.deployment} slow in ${world.backend.namespace}?`);
  const events = slack.sent.slice(before);
  if (isKilled) {
    await slack.waitFor(() => slack.acknowledgements.length > 0);
    world.kill();
  }
  if (!isDropped) {
    await sendCopies(() => {
      for (const event of events) slack.deliver(event);
    });
  }
  await world.until('the question is answered', () => world.ours().length > 0);
  await world.settle();
  return isDropped
    ? slack.acknowledgements.some(({ attempt }) => attempt > 0)
    : events.every((event) => slack.sent.filter((sent) => sent === event).length === 4) &&
        world.kills.length === (isKilled ? 1 : 0);
}

async function sendCopies(send: () => void): Promise<void> {
  let waited = 0;
  for (const afterMs of COPIES_AFTER_MS) {
    await sleep(afterMs - waited);
    waited = afterMs;
    send();
  }
}
