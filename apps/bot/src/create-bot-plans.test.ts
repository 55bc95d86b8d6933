import type { MessageId, Reply } from '@jamie/core';
import { FEEDBACK_ACTION, PLAN_ACTIONS } from '@jamie/slack';
import type { EmulatedMessage } from '@jamie/testing';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type BotWorld, createBotWorld } from './bot-world.fixture.ts';

jest.setTimeout(60_000);

const ANSWER: Reply = { tone: 'answer', headline: 'checkout crashes', sections: [], proposals: [] };
const LINK = 'https://emulated.slack.com/archives/C1/p1';

describe.each(['socket', 'http'] as const)('plans and answers, over %s', (mode) => {
  let world: BotWorld;
  let serial = 0;

  beforeAll(async () => {
    world = await createBotWorld({ mode });
    world.desk.replies.set('why checkout', ANSWER);
  });

  afterAll(() => world.end());

  function ask(text: string): { channel: string; threadTs: string } {
    serial += 1;
    const channel = world.slack.workspace.addChannel(`C${serial}`).id;
    return { channel, threadTs: world.slack.mention({ user: 'U1', channel, text }) };
  }

  async function shownIn(channel: string): Promise<EmulatedMessage> {
    return world.slack.waitFor(() =>
      world.slack.transcript(channel).find((message) => message.isOurs && message.blocks.length > 0),
    );
  }

  /** A card in a channel of its own, and its plan. */
  async function card() {
    const { channel, threadTs } = ask('scale checkout 5');
    const message = await shownIn(channel);
    const planId = [...world.desk.cards.keys()].at(-1);
    if (planId === undefined) throw new Error('no plan');
    return { channel, threadTs, message, planId, copy: structuredClone(message) };
  }

  function click(message: EmulatedMessage, user: string, actionId: string, replay?: EmulatedMessage): void {
    const { channel, ts } = message;
    world.slack.click({ user, channel, ts, actionId, ...(replay !== undefined && { replay }) });
  }

  const modalOf = (user: string) => world.slack.waitFor(() => world.slack.modalOf(user));
  const toldIn = (channel: string) =>
    world.slack.waitFor(() => world.slack.ephemerals.find((each) => each.channel === channel));

  async function settled(): Promise<void> {
    await world.slack.waitFor(() => world.slack.hub.pending + world.slack.poster.pending === 0);
    await world.settle();
  }

  it('asks for the edited plan in the thread of the card, as whoever edits', async () => {
    const { channel, message, planId } = await card();
    click(message, 'U2', PLAN_ACTIONS.edit);
    const { id } = await modalOf('U2');
    world.slack.fillView(id, { replicas: '7' });
    expect(await world.slack.submitView({ user: 'U2' })).toEqual({ kind: 'none' });
    await settled();
    expect(world.desk.submissions.at(-1)).toMatchObject({
      form: 'command',
      text: `edit ${planId} replicas=7`,
      principal: { displayName: 'Grace' },
      slackPerson: { userId: 'U2' },
      place: { channelId: channel, threadTs: message.threadTs },
    });
  });

  it('says at the field what is wrong with a number, and takes nothing', async () => {
    const { message } = await card();
    click(message, 'U2', PLAN_ACTIONS.edit);
    const view = await modalOf('U2');
    const before = world.desk.calls;
    world.slack.fillView(view.id, { replicas: '10001' });
    const outcome = await world.slack.submitView({ user: 'U2' });
    // Slack's own check of a number field comes first; ours is for what gets past it.
    expect(outcome).toMatchObject({ kind: 'incomplete', blockIds: ['replicas'] });
    expect(world.desk.calls).toBe(before);
    world.slack.closeView({ user: 'U2' });
  });

  it('edits no plan that was decided while the form was open, and says where its card is', async () => {
    const { channel, message, planId } = await card();
    world.desk.links.set(planId, LINK);
    click(message, 'U2', PLAN_ACTIONS.edit);
    const { id } = await modalOf('U2');
    click(message, 'U1', PLAN_ACTIONS.approve);
    await world.slack.waitFor(() => message.text.includes('approved by Ada'));
    const before = world.desk.calls;
    world.slack.fillView(id, { replicas: '7' });
    await world.slack.submitView({ user: 'U2' });
    const told = await toldIn(channel);
    await settled();
    expect(told).toMatchObject({ user: 'U2', text: 'Too late: approved by Ada' });
    expect(JSON.stringify(told.blocks)).toContain(`<${LINK}|Look at the card>`);
    expect(world.desk.calls).toBe(before);
  });

  it.each([
    ['a reason', 'not during the sale', 'not during the sale'],
    ['no reason', undefined, undefined],
  ])('denies with %s', async (_what, typed, reason) => {
    const { message, planId } = await card();
    click(message, 'U2', PLAN_ACTIONS.deny);
    const { id } = await modalOf('U2');
    expect(message.text).toContain('Waiting for one approval');
    if (typed !== undefined) world.slack.fillView(id, { reason: typed });
    expect(await world.slack.submitView({ user: 'U2' })).toEqual({ kind: 'none' });
    await world.slack.waitFor(() => message.text.includes('denied by Grace'));
    await settled();
    const ballot = world.desk.ballots.at(-1);
    expect(ballot).toMatchObject({ planId, decision: 'deny', principal: { displayName: 'Grace' } });
    expect(ballot?.reason).toBe(reason);
  });

  it.each([
    ['deny', PLAN_ACTIONS.deny, /\/jamie deny p-\w+ and your reason/],
    ['edit', PLAN_ACTIONS.edit, /\/jamie edit p-\w+ replicas=5/],
  ])('says what to type to %s when Slack opens no form any more', async (_what, actionId, words) => {
    const { channel, message } = await card();
    const ballots = world.desk.ballots.length;
    world.slack.failNext('views.open', { kind: 'error', error: 'expired_trigger_id' });
    click(message, 'U2', actionId);
    const told = await toldIn(channel);
    await settled();
    expect(told).toMatchObject({ user: 'U2', text: expect.stringMatching(words) });
    expect(world.desk.ballots).toHaveLength(ballots);
    expect(message.text).toContain('Waiting for one approval');
  });

  it('denies nothing by a click on a card of another version, and says so', async () => {
    const { channel, message, copy } = await card();
    const stale = JSON.parse(JSON.stringify(copy).replaceAll('a'.repeat(64), 'b'.repeat(64)));
    click(message, 'U2', PLAN_ACTIONS.deny, stale);
    expect(await toldIn(channel)).toMatchObject({ text: expect.stringContaining('out of date') });
    click(message, 'U2', PLAN_ACTIONS.edit, stale);
    await world.slack.waitFor(() =>
      world.slack.ephemerals.some((each) => each.channel === channel && /another version/.test(each.text)),
    );
    await settled();
    expect(world.slack.modalOf('U2')).toBeUndefined();
    expect(message.text).toContain('Waiting for one approval');
  });

  it('opens no form for somebody whom it does not know', async () => {
    const { channel, message } = await card();
    for (const actionId of [PLAN_ACTIONS.edit, PLAN_ACTIONS.deny]) click(message, 'U66', actionId);
    expect(await toldIn(channel)).toMatchObject({
      user: 'U66',
      text: expect.stringContaining('do not know you'),
    });
    await settled();
    expect(world.slack.modalOf('U66')).toBeUndefined();
  });

  it('answers a button of an earlier version, and does nothing', async () => {
    const { channel, message, copy } = await card();
    const elements = [{ type: 'button', action_id: 'approve_v0', text: {}, value: 'p-00000000' }];
    const old = { ...copy, blocks: [{ type: 'actions', block_id: 'b', elements }] };
    const ballots = world.desk.ballots.length;
    click(message, 'U2', 'approve_v0', old);
    const told = await toldIn(channel);
    await settled();
    expect(told).toMatchObject({ user: 'U2', text: expect.stringContaining('earlier version of this app') });
    expect(world.desk.ballots).toHaveLength(ballots);
  });

  it('takes a form that was opened before a restart', async () => {
    const { message, planId } = await card();
    click(message, 'U2', PLAN_ACTIONS.edit);
    const { id } = await modalOf('U2');
    await world.restart();
    world.slack.fillView(id, { replicas: '8' });
    expect(await world.slack.submitView({ user: 'U2' })).toEqual({ kind: 'none' });
    await settled();
    expect(world.desk.submissions.at(-1)?.text).toBe(`edit ${planId} replicas=8`);
  });

  describe('the question whether an answer helped', () => {
    async function answered() {
      const { channel } = ask('why checkout');
      const message = await shownIn(channel);
      return { channel, ts: message.ts, messageId: lastMessageId() };
    }

    function lastMessageId(): MessageId {
      const { idempotencyKey } = world.desk.submissions.at(-1) ?? { idempotencyKey: '' };
      return `m_request_${idempotencyKey}` as MessageId;
    }

    it('notes a yes, and says so to that person alone', async () => {
      const { channel, ts, messageId } = await answered();
      world.slack.feedback({ user: 'U2', channel, ts, value: 'positive' });
      expect(await toldIn(channel)).toMatchObject({ user: 'U2', text: 'Noted. Thank you.' });
      await settled();
      expect(world.desk.feedback.at(-1)).toMatchObject({
        messageId,
        verdict: 'helpful',
        principal: { displayName: 'Grace' },
      });
    });

    it('notes a no at once, and then what was wrong', async () => {
      const { channel, ts, messageId } = await answered();
      world.slack.feedback({ user: 'U2', channel, ts, value: 'negative' });
      const { id } = await modalOf('U2');
      await settled();
      expect(world.desk.feedback.at(-1)).toMatchObject({ messageId, verdict: 'not_helpful' });
      expect(world.slack.ephemerals.some((each) => each.channel === channel)).toBe(false);
      world.slack.fillView(id, { problem: 'It is wrong', comment: 'the cause is the config map' });
      expect(await world.slack.submitView({ user: 'U2' })).toEqual({ kind: 'none' });
      await toldIn(channel);
      await settled();
      expect(world.desk.feedback.at(-1)).toMatchObject({
        messageId,
        verdict: 'not_helpful',
        problem: 'wrong',
        comment: 'the cause is the config map',
      });
    });

    it('notes a no also where no form opens', async () => {
      const { channel, ts } = await answered();
      world.slack.failNext('views.open', { kind: 'error', error: 'expired_trigger_id' });
      world.slack.feedback({ user: 'U2', channel, ts, value: 'negative', actionId: FEEDBACK_ACTION });
      expect(await toldIn(channel)).toMatchObject({ text: 'Noted. Thank you.' });
      await settled();
      expect(world.desk.feedback.at(-1)).toMatchObject({ verdict: 'not_helpful' });
    });
  });
});
