import type { TrialWorld } from '../trial-world.ts';

/**
 * Moments that only Slack can see, for each thing that it sends. `sent`: it has left Slack and may not have arrived.
 * `stored`: it is stored and its acknowledgement is lost. `acknowledged`: the program owes an outcome from now on.
 */
export const ENVELOPES = [
  'mention.sent',
  'mention.stored',
  'mention.acknowledged',
  'click.sent',
  'click.stored',
  'click.acknowledged',
  'command.acknowledged',
  'command.announced',
] as const;

/** kill -9 from outside at a moment of the mention, of the command or of the click. */
export async function playEnvelope(world: TrialWorld, boundary: string): Promise<boolean> {
  const [what = '', moment = ''] = boundary.split('.');
  if (what === 'click') {
    world.mention(world.request);
    await world.untilApprovable();
  }
  await SENDERS[moment]?.(world, () => send(world, what));
  await world.approveUntilDone();
  await world.settle();
  return world.kills.length === 1;
}

function send(world: TrialWorld, what: string): void {
  const [card] = world.cards();
  if (what === 'mention') world.mention(world.request);
  else if (what === 'command') world.command(world.request);
  else if (card !== undefined) world.click(card);
}

type Sender = (world: TrialWorld, send: () => void) => Promise<void>;

const SENDERS: Readonly<Record<string, Sender>> = {
  async sent(world, send) {
    send();
    world.kill();
  },
  async stored(world, send) {
    world.slack.hub.dropAtNextAck();
    send();
    await world.slack.waitFor(() => world.slack.hub.connectionCount === 0);
    world.kill();
  },
  async acknowledged(world, send) {
    const before = world.slack.acknowledgements.length;
    send();
    await world.slack.waitFor(() => world.slack.acknowledgements.length > before);
    world.kill();
  },
  /** A command's own first message, the root of its thread, is posted, and its answer may be lost. */
  async announced(world, send) {
    send();
    await world.slack.waitFor(() => world.slack.calls.some(({ method }) => method === 'chat.postMessage'));
    world.kill();
  },
};
