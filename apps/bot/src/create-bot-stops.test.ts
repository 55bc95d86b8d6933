import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type BotWorld, createBotWorld } from './bot-world.fixture.ts';

jest.setTimeout(60_000);

const QUESTION = 'why is checkout failing?';

describe.each(['socket', 'http'] as const)('the button that stops, over %s', (mode) => {
  let world: BotWorld;
  let serial = 0;

  beforeAll(async () => {
    world = await createBotWorld({ mode });
  });

  afterAll(() => world.end());

  function ask() {
    serial += 1;
    const channel = world.slack.workspace.addChannel(`C${serial}`).id;
    return { channel, threadTs: world.slack.mention({ user: 'U1', channel, text: QUESTION }) };
  }

  const stopsIn = (channel: string) =>
    world.desk.stops.filter(({ place }) => place.surface === 'slack' && place.channelId === channel);

  it('stops for the person who pressed it, in that thread, and finishes the delivery', async () => {
    const { channel, threadTs } = ask();
    world.slack.pressStop({ user: 'U2', channel, threadTs });
    await world.until(() => stopsIn(channel).length > 0);
    await world.settle();
    expect(stopsIn(channel)).toMatchObject([
      {
        principal: { displayName: 'Grace' },
        slackPerson: { userId: 'U2' },
        place: { teamId: world.slack.workspace.teamId, channelId: channel, threadTs },
      },
    ]);
  });

  it('stops once when Slack tells of it four times', async () => {
    const { channel, threadTs } = ask();
    world.slack.pressStop({ user: 'U1', channel, threadTs });
    const [told] = world.slack.sent.slice(-1);
    if (told === undefined) throw new Error('nothing was sent');
    for (let count = 0; count < 3; count += 1) world.slack.deliver(told);
    await world.slack.waitFor(() => world.slack.hub.pending + world.slack.poster.pending === 0);
    await world.settle();
    expect(stopsIn(channel)).toHaveLength(1);
  });

  it.each([
    ['a guest', 'U9', /Guests/],
    ['somebody whom nobody knows', 'U5', /do not know you/],
  ])('does nothing for %s, who is told privately', async (_who, user, words) => {
    const { channel, threadTs } = ask();
    world.slack.pressStop({ user, channel, threadTs });
    await world.slack.waitFor(() =>
      world.slack.ephemerals.some(
        (each) => each.channel === channel && each.user === user && words.test(each.text),
      ),
    );
    await world.settle();
    expect(stopsIn(channel)).toEqual([]);
  });
});
