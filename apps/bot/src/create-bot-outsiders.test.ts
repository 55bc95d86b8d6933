import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type BotWorld, createBotWorld } from './bot-world.fixture.ts';

jest.setTimeout(60_000);

/** People whom the principals file names, and who must be refused all the same; and one whom it does not name. */
const OUTSIDERS = [
  ['a guest', 'U9', /Guests of this workspace cannot use me/u],
  ['a guest of one channel', 'U8', /Guests of this workspace cannot use me/u],
  ['somebody of another organisation', 'U7', /only people of the workspace/u],
  ['somebody whom nobody has named', 'U404', /do not know you yet/u],
] as const;

interface Scene {
  readonly world: BotWorld;
  readonly user: string;
  readonly channel: string;
  /** Of the message with a card, and of the thread that it stands in. */
  readonly card: { readonly ts: string; readonly threadTs: string };
}

const ACTIONS: readonly (readonly [string, (scene: Scene) => void])[] = [
  ['a mention', ({ world, user, channel }) => void world.slack.mention({ user, channel, text: 'pods' })],
  [
    'a reply in a thread of ours',
    ({ world, user, channel, card }) =>
      void world.slack.say({ user, channel, text: 'pods', threadTs: card.threadTs }),
  ],
  [
    'a direct message',
    ({ world, user }) => void world.slack.say({ user, channel: `D${user.slice(1)}`, text: 'pods' }),
  ],
  ['a command', ({ world, user, channel }) => world.slack.slash({ user, channel, text: 'pods' })],
  [
    'an approval',
    ({ world, user, channel, card }) =>
      world.slack.click({ user, channel, ts: card.ts, actionId: 'plan.approve' }),
  ],
  [
    'a denial',
    ({ world, user, channel, card }) =>
      world.slack.click({ user, channel, ts: card.ts, actionId: 'plan.deny' }),
  ],
  [
    'the shortcut of a message',
    ({ world, user, channel, card }) =>
      world.slack.shortcut({ user, channel, ts: card.ts, callbackId: 'ask_about_message' }),
  ],
];

describe.each(['socket', 'http'] as const)('who must not ask, over %s', (mode) => {
  let world: BotWorld;
  let serial = 0;

  beforeAll(async () => {
    world = await createBotWorld({ mode });
  });
  afterAll(() => world.end());

  /** A channel with a card in it for which Ada asked. */
  async function openScene(user: string): Promise<Scene> {
    serial += 1;
    const channel = world.slack.workspace.addChannel(`C${serial}`).id;
    const threadTs = world.slack.mention({ user: 'U1', channel, text: 'scale deploy/checkout 5' });
    const { ts } = await world.slack.waitFor(() =>
      world.slack.transcript(channel).find((message) => message.isOurs && message.blocks.length > 0),
    );
    await settled();
    return { world, user, channel, card: { ts, threadTs } };
  }

  async function settled(): Promise<void> {
    await world.slack.waitFor(() => world.slack.hub.pending + world.slack.poster.pending === 0);
    await world.settle();
  }

  /** Everything that one person was told by us and nobody else was, modals included. */
  function wordsTo(user: string): readonly string[] {
    const direct = world.slack.transcript(`D${user.slice(1)}`).filter(({ isOurs }) => isOurs);
    const ephemerals = world.slack.ephemerals.filter((each) => each.user === user);
    const modal = JSON.stringify(world.slack.modalOf(user)?.body ?? '');
    return [modal, ...direct.map(({ text }) => text), ...ephemerals.map(({ text }) => text)];
  }

  const seen = (channel: string) =>
    JSON.stringify(world.slack.transcript(channel).filter(({ isOurs }) => isOurs));

  describe.each(OUTSIDERS)('%s', (_who, user, refusal) => {
    it.each(ACTIONS)('is refused in words, and nothing happens: %s', async (_what, act) => {
      const scene = await openScene(user);
      const [asked, voted] = [world.desk.submissions.length, world.desk.ballots.length];
      const [shown, before] = [seen(scene.channel), wordsTo(user)];
      act(scene);
      await settled();
      expect(newWords(before, wordsTo(user))).toMatch(refusal);
      expect(world.desk.submissions).toHaveLength(asked);
      expect(world.desk.ballots).toHaveLength(voted);
      expect(seen(scene.channel)).toBe(shown);
    });
  });

  it.each(ACTIONS)('another app gets nothing either: %s', async (_what, act) => {
    const scene = await openScene('U6');
    const [asked, voted, shown] = [
      world.desk.submissions.length,
      world.desk.ballots.length,
      seen(scene.channel),
    ];
    act(scene);
    await settled();
    expect(world.desk.submissions).toHaveLength(asked);
    expect(world.desk.ballots).toHaveLength(voted);
    expect(seen(scene.channel)).toBe(shown);
  });

  /** A channel that others read, or soon will, with the card of another one in it. */
  async function openSharedScene(traits: object): Promise<Scene> {
    const { channel, card } = await openScene('U2');
    const original = world.slack.workspace.findMessage(channel, card.ts);
    if (original === undefined) throw new Error('the card is gone');
    const shared = world.slack.workspace.addChannel(`${channel}S`, traits).id;
    const { ts: _ts, threadTs: _threadTs, ...copy } = original;
    const { ts } = world.slack.workspace.addMessage({ ...copy, channel: shared });
    return { world, user: 'U2', channel: shared, card: { ts, threadTs: ts } };
  }

  async function expectElsewhere(scene: Scene, act: (scene: Scene) => void): Promise<void> {
    const [asked, voted] = [world.desk.submissions.length, world.desk.ballots.length];
    const [shown, before] = [seen(scene.channel), wordsTo('U2')];
    act(scene);
    await settled();
    expect(newWords(before, wordsTo('U2'))).toMatch(/shared with another organisation/u);
    expect(world.desk.submissions).toHaveLength(asked);
    expect(world.desk.ballots).toHaveLength(voted);
    expect(seen(scene.channel)).toBe(shown);
  }

  describe.each([
    ['is shared with another organisation', { isShared: true }],
    ['another organisation was invited to', { isPendingShared: true }],
  ])('a member in a channel that %s', (_how, traits) => {
    const elsewhere = ['a direct message', 'a reply in a thread of ours'];

    it.each(ACTIONS.filter(([what]) => !elsewhere.includes(what)))(
      'is asked to go elsewhere, and nothing is shown: %s',
      async (_what, act) => expectElsewhere(await openSharedScene(traits), act),
    );
  });

  it('a member is asked to go elsewhere in a thread of ours as soon as its channel is shared', async () => {
    const scene = await openScene('U2');
    world.slack.workspace.addChannel(scene.channel, { isShared: true });
    await expectElsewhere(scene, ({ user, channel, card }) => {
      world.slack.say({ user, channel, text: 'pods', threadTs: card.threadTs });
    });
  });
});

/** What came since: another modal first, and messages after those that were there. */
function newWords(before: readonly string[], after: readonly string[]): string {
  const [modal] = after;
  const counted = new Map<string, number>();
  for (const text of before.slice(1)) counted.set(text, (counted.get(text) ?? 0) + 1);
  const told = after.slice(1).filter((text) => {
    const left = counted.get(text) ?? 0;
    counted.set(text, left - 1);
    return left <= 0;
  });
  return [...(modal === before[0] ? [] : [modal]), ...told].join('\n');
}
