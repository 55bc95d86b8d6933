import type { Reply } from '@jamie/core';
import { CHOICE_ACTION } from '@jamie/slack';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type BotWorld, createBotWorld } from './bot-world.fixture.ts';

jest.setTimeout(60_000);

const LONG = `logs deploy/basket -n shop --grep "<timeout> & ${'x'.repeat(80)}"`;
const options = [
  { label: 'Deployment shop/basket', command: 'why deploy/basket -n shop' },
  { label: 'Long Log of basket', command: LONG },
];
const base: Reply = { tone: 'answer', headline: 'Two match basket', sections: [], proposals: [] };
const REPLIES: Readonly<Record<string, Reply>> = {
  'why basket': { ...base, choice: { prompt: 'Which basket do you mean?', options } },
  'why cart': { ...base, choice: { prompt: 'Did you mean this?', options: options.slice(0, 1) } },
  pods: { ...base, followUps: [{ label: 'Next Page', command: 'pods --page 2' }] },
};

describe.each(['socket', 'http'] as const)('what a message offers, over %s', (mode) => {
  let world: BotWorld;
  let serial = 0;

  beforeAll(async () => {
    world = await createBotWorld({ mode });
    for (const [text, reply] of Object.entries(REPLIES)) world.desk.replies.set(text, reply);
  });

  afterAll(() => world.end());

  /** Asks in a channel of its own, and waits for the message that offers something. */
  async function ask(text: string) {
    serial += 1;
    const channel = world.slack.workspace.addChannel(`C${serial}`).id;
    const threadTs = world.slack.mention({ user: 'U1', channel, text });
    const { ts } = await world.slack.waitFor(() =>
      world.slack.transcript(channel).find((message) => message.isOurs && message.blocks.length > 0),
    );
    return { channel, threadTs, ts };
  }

  /** What was asked in a channel after the first question. */
  function askedIn(channel: string) {
    return world.desk.submissions
      .filter(({ place }) => place.surface === 'slack' && place.channelId === channel)
      .slice(1);
  }

  async function settled(): Promise<void> {
    await world.slack.waitFor(() => world.slack.hub.pending + world.slack.poster.pending === 0);
    await world.settle();
  }

  it('is asked for by the person who chooses, in the conversation of the question', async () => {
    const { channel, threadTs, ts } = await ask('why basket');
    world.slack.choose({ user: 'U2', channel, ts, option: 'Deployment shop/basket' });
    await settled();
    expect(askedIn(channel)).toMatchObject([
      {
        form: 'command',
        text: 'why deploy/basket -n shop',
        principal: { displayName: 'Grace' },
        place: { threadTs },
      },
    ]);
  });

  it('is read from the stored message where it is too long, also after a restart', async () => {
    const { channel, ts } = await ask('why basket');
    await world.restart();
    world.slack.choose({ user: 'U1', channel, ts, option: 'Long Log of basket' });
    await settled();
    expect(askedIn(channel)).toMatchObject([{ text: LONG, principal: { displayName: 'Ada' } }]);
  });

  it('is refused with words when its message is gone', async () => {
    const { channel, ts } = await ask('why basket');
    world.desk.forgetMessages();
    world.slack.choose({ user: 'U1', channel, ts, option: 'Long Log of basket' });
    await settled();
    expect(askedIn(channel)).toEqual([]);
    expect(world.slack.ephemerals.at(-1)).toMatchObject({ channel, user: 'U1' });
    expect(world.slack.ephemerals.at(-1)?.text).toMatch(/Ask again and choose/u);
  });

  it('is asked for once by a double click and by a click that is delivered twice', async () => {
    const { channel, ts } = await ask('why cart');
    const click = { user: 'U1', channel, ts, actionId: CHOICE_ACTION };
    world.slack.click(click);
    world.slack.click(click);
    world.slack.deliver(world.slack.sent.at(-1) ?? { kind: 'interactive', payload: {} });
    await settled();
    expect(askedIn(channel)).toMatchObject([{ text: 'why deploy/basket -n shop' }]);
  });

  it('may be what comes next', async () => {
    const { channel, ts } = await ask('pods');
    world.slack.clickLabelled({ user: 'U2', channel, ts, label: 'Next Page' });
    await settled();
    expect(askedIn(channel)).toMatchObject([
      { form: 'command', text: 'pods --page 2', principal: { displayName: 'Grace' } },
    ]);
  });

  it('does nothing for people whom nobody knows, and says so to them', async () => {
    const { channel, ts } = await ask('why basket');
    world.slack.choose({ user: 'U404', channel, ts, option: 'Deployment shop/basket' });
    await settled();
    expect(askedIn(channel)).toEqual([]);
    expect(world.slack.ephemerals.at(-1)).toMatchObject({ channel, user: 'U404' });
  });

  it('does nothing in a channel that others can read', async () => {
    const { channel, ts } = await ask('why basket');
    const replay = world.slack.workspace.findMessage(channel, ts);
    const { id: shared } = world.slack.workspace.addChannel('CSHARED', { isShared: true });
    if (replay === undefined) throw new Error('no message to choose from');
    world.slack.choose({ user: 'U1', channel: shared, ts, option: 'Deployment shop/basket', replay });
    await settled();
    expect(askedIn(shared)).toEqual([]);
    expect(world.slack.ephemerals.at(-1)?.text).toMatch(/shared with another organisation/u);
  });
});
