import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type BotWorld, createBotWorld } from './bot-world.fixture.ts';
import { DOCUMENTED_PAYLOADS } from './documented-payloads.fixture.ts';

jest.setTimeout(60_000);

describe.each(['socket', 'http'] as const)('payloads as Slack documents them, over %s', (mode) => {
  let world: BotWorld;
  let serial = 100;

  beforeAll(async () => {
    world = await createBotWorld({ mode });
    world.slack.workspace.addUser('U0GUEST', { teamId: 'T0OTHER' });
  });

  afterAll(() => world.end());

  const askedIn = (channel: string) =>
    world.desk.submissions
      .filter(({ place }) => place.surface === 'slack' && place.channelId === channel)
      .map(({ text }) => text);
  const toldIn = (channel: string) =>
    world.slack.ephemerals.filter((each) => each.channel === channel).map(({ text }) => text);

  it.each(DOCUMENTED_PAYLOADS)('are acknowledged and understood: $what', async ({ expected, delivery }) => {
    serial += 1;
    const { workspace } = world.slack;
    const channel = workspace.addChannel(`C${serial}`).id;
    const { ts } = workspace.addMessage({ channel, user: 'U1', text: 'asked', blocks: [], isOurs: false });
    const sent = delivery(channel, ts);
    world.slack.deliver(sent);
    await world.slack.waitFor(() =>
      world.slack.acknowledgements.some(({ payload }) => payload === sent.payload),
    );
    await world.settle();
    expect(askedIn(channel)).toEqual(expected.kind === 'asks' ? [expected.text] : []);
    const told = toldIn(channel);
    expect(told).toEqual(expected.kind === 'refuses' ? [expect.stringMatching(expected.words)] : []);
    const ours = world.slack.transcript(channel).filter(({ isOurs }) => isOurs);
    expect(ours.length > 0).toBe(expected.kind === 'asks');
  });
});
