import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ASKER, CHANNEL, DIRECT, later, NotifierWorld, wordsOf } from './notifier-world.fixture.ts';

let world: NotifierWorld;

beforeEach(async () => {
  world = new NotifierWorld();
  await world.start();
});

afterEach(() => world.slack.stop());

const channel = () => {
  const found = world.slack.workspace.channels.get(CHANNEL);
  if (found === undefined) throw new Error('the channel is there');
  return found;
};

describe('a message that somebody deleted', () => {
  it('is posted anew once, and that is the live one from then on', async () => {
    const shown = world.reply();
    const first = await world.show(shown, { isFirst: true });
    world.slack.workspace.removeMessage(CHANNEL, first.ts);
    const second = await world.show(later(shown, first));
    expect(second.ts).not.toBe(first.ts);
    const third = await world.show(later(world.reply({ headline: 'It runs' }), second));
    expect(third.ts).toBe(second.ts);
    expect(world.ours()).toMatchObject([{ ts: second.ts, text: 'It runs', edits: 1 }]);
  });

  it('is posted anew once, also when the answer to that is lost', async () => {
    const shown = world.reply();
    const first = await world.show(shown, { isFirst: true });
    world.slack.workspace.removeMessage(CHANNEL, first.ts);
    world.slack.failNext('chat.postMessage', { kind: 'lost_response' });
    await expect(world.show(later(shown, first))).rejects.toMatchObject({ retryable: true });
    const again = await world.show(later(shown, first));
    expect(world.ours()).toMatchObject([{ ts: again.ts }]);
  });
});

describe('a message to a person', () => {
  it('stands in their direct channel, and is repainted there', async () => {
    const { conversation, ...rest } = world.reply();
    const place = {
      surface: 'slack' as const,
      teamId: world.slack.workspace.teamId,
      channelId: ASKER,
      threadTs: '',
    };
    const shown = { ...rest, conversation: { ...conversation, place } };
    const first = await world.show(shown, { isFirst: true });
    await world.show(later(shown, first));
    expect(world.ours(DIRECT)).toMatchObject([{ ts: first.ts }]);
    expect(world.ours()).toEqual([]);
  });
});

describe('a message that its channel refuses', () => {
  it.each([
    ['is archived', () => world.archive(), 'that channel is archived'],
    [
      'has removed the bot',
      () => {
        channel().botIsMember = false;
      },
      'I am not in that channel',
    ],
    ['was deleted', () => world.slack.workspace.channels.delete(CHANNEL), 'that channel is gone'],
    [
      'lets only some people post',
      () => {
        channel().refusal = 'restricted_action';
      },
      'posting in that channel is restricted',
    ],
    [
      'lets only some people post in threads',
      () => {
        channel().refusal = 'restricted_action_thread_only_channel';
      },
      'posting in that channel is restricted',
    ],
    [
      'has lost the thread',
      () => world.slack.workspace.removeMessage(CHANNEL, world.threadTs),
      'thread is gone',
    ],
  ])('goes to the person who asked when the channel %s', async (_what, happens, why) => {
    happens();
    const place = await world.show(world.reply(), { isFirst: true });
    expect(place).toMatchObject({ channelId: DIRECT, movedBecause: expect.any(String) });
    const [direct, ...more] = world.ours(DIRECT);
    expect(more).toEqual([]);
    expect(direct?.ts).toBe(place.ts);
    const firstLine = JSON.stringify(direct?.blocks[0]);
    expect(firstLine).toContain(`You asked this in <#${CHANNEL}>`);
    expect(firstLine).toContain(why);
    expect(direct?.text).toContain(why);
    expect(wordsOf(direct)).toContain('It crashes');
    expect(world.ours()).toEqual([]);
  });

  it('goes to the person who asked when Slack names a reason that nobody knows', async () => {
    world.slack.failNext('chat.postMessage', { kind: 'error', error: 'ekm_access_denied' });
    await world.show(world.reply(), { isFirst: true });
    expect(wordsOf(world.ours(DIRECT)[0])).toContain('Slack refuses my message there (ekm_access_denied)');
  });

  it('stays live where it went: later versions change it there', async () => {
    world.archive();
    const card = world.card();
    const first = await world.show(card, { isFirst: true });
    const decided = world.card({ status: 'denied', statusLine: 'Denied by Ada.', actions: [] });
    const second = await world.show(later(decided, first));
    expect(second).toEqual(first);
    const [direct, ...more] = world.ours(DIRECT);
    expect(more).toEqual([]);
    expect(direct).toMatchObject({ ts: first.ts, edits: 1 });
    expect(wordsOf(direct)).toContain('Denied by Ada.');
    expect(wordsOf(direct)).toContain('that channel is archived');
  });

  it('says how others decide a plan that they do not see there', async () => {
    world.archive();
    await world.show(world.card(), { isFirst: true });
    expect(wordsOf(world.ours(DIRECT)[0])).toContain('/jamie approve p-4k7d2m9q');
  });

  it('takes its files along', async () => {
    world.archive();
    const files = [{ name: 'app.log', title: 'Log', text: 'panic\n' }];
    const place = await world.show(world.reply({ files }), { isFirst: true });
    const [, upload] = world.ours(DIRECT);
    expect(upload).toMatchObject({ threadTs: place.ts });
    expect(upload?.files).toMatchObject([{ text: 'panic\n' }]);
  });

  it('goes there once, also when the answer to that is lost', async () => {
    world.archive();
    const shown = world.reply();
    world.slack.failNext('chat.postMessage', { kind: 'error', error: 'is_archived' });
    world.slack.failNext('chat.postMessage', { kind: 'lost_response' });
    await expect(world.show(shown, { isFirst: true })).rejects.toMatchObject({ retryable: true });
    await world.show(shown);
    expect(world.ours(DIRECT)).toHaveLength(1);
  });

  it('is given up when not even the person can be told, with the reason', async () => {
    world.archive();
    world.slack.failNext('conversations.open', { kind: 'error', error: 'user_disabled' });
    await expect(world.show(world.reply(), { isFirst: true })).rejects.toMatchObject({
      retryable: false,
      details: { reason: 'user_disabled' },
    });
  });

  it('is given up when nobody asked for it', async () => {
    world.archive();
    const { asker: _nobody, ...shown } = world.reply();
    await expect(world.show(shown, { isFirst: true })).rejects.toMatchObject({
      code: 'forbidden',
      retryable: false,
      details: { reason: 'is_archived' },
    });
  });

  it('goes to nobody of another workspace', async () => {
    world.archive();
    const shown = world.reply({}, { asker: { teamId: 'T9', userId: 'U1' } });
    await expect(world.show(shown, { isFirst: true })).rejects.toMatchObject({ retryable: false });
    expect(world.called('conversations.open')).toBe(0);
  });

  it.each(['token_revoked', 'account_inactive', 'invalid_auth'])(
    'is given up at once when there is no way into the workspace (%s)',
    async (word) => {
      world.slack.failNext('chat.postMessage', { kind: 'error', error: word });
      await expect(world.show(world.reply(), { isFirst: true })).rejects.toMatchObject({
        retryable: false,
        details: { reason: word },
      });
      expect(world.called('conversations.open')).toBe(0);
    },
  );
});

describe('a message whose layout Slack refuses', () => {
  it.each([
    'invalid_blocks',
    'invalid_blocks_format',
    'msg_blocks_too_long',
    'msg_too_long',
    'metadata_too_large',
  ])('is posted as plain text that carries the point, the rest as a file (%s)', async (word) => {
    // Refused blocks are tried once more without thumbs.
    world.slack.failNext(
      'chat.postMessage',
      { kind: 'error', error: word },
      word === 'invalid_blocks' ? 2 : 1,
    );
    const shown = world.reply({ sections: [{ kind: 'text', lines: ['The image is <missing>.'] }] });
    const place = await world.show(shown, { isFirst: true });
    const [plain, upload] = world.ours();
    expect(plain).toMatchObject({ ts: place.ts, blocks: [] });
    expect(plain?.text).toMatch(/^It crashes\n/u);
    expect(plain?.text).toContain(`reference ${shown.message.id}`);
    expect(upload?.files?.[0]?.text).toContain('The image is <missing>.');
  });

  it('is on record as our fault, with its reference', async () => {
    world.slack.failNext('chat.postMessage', { kind: 'error', error: 'msg_too_long' });
    const shown = world.reply();
    await world.show(shown, { isFirst: true });
    expect(world.logger.entries).toContainEqual(
      expect.objectContaining({
        level: 'error',
        message: 'slack refuses our layout',
        fields: expect.objectContaining({ reference: shown.message.id }),
      }),
    );
  });

  it('says how to decide a plan whose buttons are missing', async () => {
    world.slack.failNext('chat.postMessage', { kind: 'error', error: 'invalid_blocks' });
    await world.show(world.card(), { isFirst: true });
    expect(world.ours()[0]?.text).toContain('/jamie approve p-4k7d2m9q');
  });

  it('loses its blocks in place when it stands there already', async () => {
    const shown = world.reply({ sections: [{ kind: 'text', lines: ['a'] }] });
    const first = await world.show(shown, { isFirst: true });
    world.slack.failNext('chat.update', { kind: 'error', error: 'msg_too_long' });
    const second = await world.show(later(shown, first));
    expect(second.ts).toBe(first.ts);
    expect(world.ours()[0]).toMatchObject({ ts: first.ts, blocks: [], edits: 1 });
  });

  it('goes to the person who asked when the channel refuses it as plain text too', async () => {
    world.slack.failNext('chat.postMessage', { kind: 'error', error: 'msg_too_long' }, 2);
    await world.show(world.reply(), { isFirst: true });
    expect(world.ours(DIRECT)[0]?.text).toContain('It crashes');
  });
});
