import { COMMAND_ACTION, PLAN_ACTIONS } from '@jamie/slack';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type BotWorld, createBotWorld } from './bot-world.fixture.ts';

jest.setTimeout(60_000);

describe.each(['socket', 'http'] as const)('createBot over %s', (mode) => {
  let world: BotWorld;
  let serial = 0;

  beforeAll(async () => {
    world = await createBotWorld({ mode });
  });

  afterAll(async () => {
    await world.end();
  });

  /** A channel that no other test writes in. */
  function newChannel(): string {
    serial += 1;
    const id = `C${serial}`;
    world.slack.workspace.addChannel(id);
    return id;
  }

  function submissionsIn(channel: string) {
    return world.desk.submissions.filter(
      ({ place }) => place.surface === 'slack' && place.channelId === channel,
    );
  }

  function answersIn(channel: string) {
    return world.slack.transcript(channel).filter((message) => message.isOurs);
  }

  function ephemeralsIn(channel: string) {
    return world.slack.ephemerals.filter((ephemeral) => ephemeral.channel === channel);
  }

  async function cardIn(channel: string) {
    world.slack.slash({ user: 'U1', channel, text: 'scale deploy/checkout 5 -n payments' });
    return world.slack.waitFor(() => answersIn(channel).find((one) => one.blocks.length > 0));
  }

  it('hands a mention in once, though Slack tells it twice, and answers in its thread', async () => {
    const channel = newChannel();
    const ts = world.slack.mention({ user: 'U1', channel, text: 'why is a &lt; b?' });
    const answer = await world.slack.waitFor(() => answersIn(channel)[0]);
    await world.settle();
    expect(answer).toMatchObject({ threadTs: ts, text: 'You said: why is a &lt; b?' });
    expect(submissionsIn(channel)).toMatchObject([
      { form: 'sentence', text: 'why is a < b?', principal: { displayName: 'Ada' } },
    ]);
  });

  it('hands an event in once when Slack delivers it four times', async () => {
    const channel = newChannel();
    world.slack.mention({ user: 'U1', channel, text: 'hello' });
    const repeated = world.slack.sent.filter((one) => JSON.stringify(one.payload).includes(`"${channel}"`));
    for (let count = 0; count < 3; count += 1) for (const one of repeated) world.slack.deliver(one);
    await world.slack.waitFor(() => answersIn(channel)[0]);
    await world.slack.waitFor(() =>
      world.slack.hub.pending + world.slack.poster.pending === 0 ? true : undefined,
    );
    await world.settle();
    expect(submissionsIn(channel)).toHaveLength(1);
    expect(answersIn(channel)).toHaveLength(1);
  });

  it('takes replies in a thread where it talks without a mention, and no others', async () => {
    const channel = newChannel();
    const ts = world.slack.mention({ user: 'U1', channel, text: 'status' });
    await world.slack.waitFor(() => answersIn(channel)[0]);
    world.slack.say({ user: 'U2', channel, text: 'and the logs?', threadTs: ts });
    await world.slack.waitFor(() => answersIn(channel)[1]);
    const other = world.slack.say({ user: 'U2', channel, text: 'lunch?' });
    world.slack.say({ user: 'U1', channel, text: 'yes', threadTs: other });
    world.slack.edit(channel, ts, 'edited');
    world.slack.mention({ user: 'U1', channel, text: 'last' });
    await world.slack.waitFor(() => answersIn(channel)[2]);
    await world.settle();
    expect(submissionsIn(channel).map(({ text }) => text)).toEqual(['status', 'and the logs?', 'last']);
  });

  it('takes every direct message as addressed to it', async () => {
    world.slack.say({ user: 'U1', channel: 'D1', text: 'health' });
    const answer = await world.slack.waitFor(() => answersIn('D1')[0]);
    await world.settle();
    expect(answer.text).toBe('You said: health');
    expect(submissionsIn('D1')).toHaveLength(1);
  });

  it('opens a thread for a slash command that says who asked what', async () => {
    const channel = newChannel();
    world.slack.slash({ user: 'U1', channel, text: 'why deploy/checkout' });
    const answer = await world.slack.waitFor(() => answersIn(channel)[1]);
    await world.settle();
    const [root] = answersIn(channel);
    expect(root?.text).toBe('*Ada* asked `/jamie why deploy/checkout`');
    expect(answer.threadTs).toBe(root?.ts);
    expect(submissionsIn(channel)).toMatchObject([{ form: 'command', text: 'why deploy/checkout' }]);
  });

  it('tells the person by direct message when a command comes from a channel it is not in', async () => {
    const { id } = world.slack.workspace.addChannel('C-CLOSED', { botIsMember: false });
    world.slack.slash({ user: 'U2', channel: id, text: 'status' });
    const told = await world.slack.waitFor(() => answersIn('D2').at(-1));
    await world.settle();
    expect(told.text).toContain('Invite me with /invite @jamie');
    expect(submissionsIn(id)).toEqual([]);
  });

  it('turns a click into a vote, repaints the card and takes its buttons away', async () => {
    const channel = newChannel();
    const card = await cardIn(channel);
    world.slack.click({ user: 'U2', channel, ts: card.ts, actionId: PLAN_ACTIONS.approve });
    await world.slack.waitFor(() => card.text.includes('approved by Grace'));
    await world.settle();
    expect(card.blocks.some((block) => block['type'] === 'actions')).toBe(false);
    expect(answersIn(channel)).toHaveLength(2);
  });

  it('tells a late clicker alone why the click does not count', async () => {
    const channel = newChannel();
    const card = await cardIn(channel);
    const copy = structuredClone(card);
    world.slack.click({ user: 'U2', channel, ts: card.ts, actionId: PLAN_ACTIONS.approve });
    await world.slack.waitFor(() => card.text.includes('approved by Grace'));
    world.slack.click({ user: 'U1', channel, ts: card.ts, actionId: PLAN_ACTIONS.approve, replay: copy });
    const told = await world.slack.waitFor(() => ephemeralsIn(channel)[0]);
    await world.settle();
    expect(told).toMatchObject({ user: 'U1', text: 'Too late: approved by Grace' });
  });

  it('hands undo in as a command in the thread of the card', async () => {
    const channel = newChannel();
    const card = await cardIn(channel);
    const [planId] = [...world.desk.cards.keys()].slice(-1);
    const button = {
      type: 'button',
      action_id: PLAN_ACTIONS.undo,
      text: {},
      value: `${planId}:${'a'.repeat(64)}`,
    };
    const copy = { ...card, blocks: [{ type: 'actions', block_id: 'b', elements: [button] }] };
    world.slack.click({ user: 'U1', channel, ts: card.ts, actionId: PLAN_ACTIONS.undo, replay: copy });
    await world.slack.waitFor(() => submissionsIn(channel)[1]);
    expect(submissionsIn(channel)[1]).toMatchObject({ form: 'command', text: `undo ${planId}` });
    expect(submissionsIn(channel)[1]?.place).toEqual(submissionsIn(channel)[0]?.place);
    await world.settle();
  });

  it('hands the button of a proposal in as a command in the thread of the answer', async () => {
    const channel = newChannel();
    const card = await cardIn(channel);
    const value = 'rollback deploy/checkout --to 1 -n payments';
    const button = { type: 'button', action_id: `${COMMAND_ACTION}.0`, text: {}, value };
    const copy = { ...card, blocks: [{ type: 'actions', block_id: 'b', elements: [button] }] };
    world.slack.click({ user: 'U1', channel, ts: card.ts, actionId: button.action_id, replay: copy });
    await world.slack.waitFor(() => submissionsIn(channel)[1]);
    expect(submissionsIn(channel)[1]).toMatchObject({ form: 'command', text: value });
    await world.settle();
  });

  it.each([
    ['somebody whom the principals file does not name', { id: 'U70' }, 'I do not know you yet'],
    ['a guest', { id: 'U9' }, 'Guests of this workspace cannot use me'],
    [
      'somebody from another workspace',
      { id: 'U80', teamId: 'T0OTHER' },
      'people of the workspace that I belong to',
    ],
  ])(
    'refuses %s privately and says who can help, without asking the desk',
    async (_who, { id, ...traits }, words) => {
      const channel = newChannel();
      if (!world.slack.workspace.users.has(id)) world.slack.workspace.addUser(id, traits);
      const card = await cardIn(channel);
      const before = world.desk.calls;
      world.slack.mention({ user: id, channel, text: 'show me everything' });
      await world.slack.waitFor(() => ephemeralsIn(channel).length === 1);
      world.slack.slash({ user: id, channel, text: 'status' });
      await world.slack.waitFor(() => ephemeralsIn(channel).length === 2);
      world.slack.click({ user: id, channel, ts: card.ts, actionId: PLAN_ACTIONS.approve });
      await world.slack.waitFor(() => ephemeralsIn(channel).length === 3);
      await world.settle();
      for (const told of ephemeralsIn(channel)) expect(told.text).toContain(words);
      expect(world.desk.calls).toBe(before);
      expect(world.desk.ballots.filter((ballot) => ballot.principal.id.endsWith(id))).toEqual([]);
    },
  );

  it('shows nothing of the cluster in a channel that another organisation sees', async () => {
    const { id } = world.slack.workspace.addChannel('C-SHARED', { isShared: true });
    world.slack.mention({ user: 'U1', channel: id, text: 'health' });
    await world.slack.waitFor(() => ephemeralsIn(id).length === 1);
    world.slack.slash({ user: 'U1', channel: id, text: 'health' });
    await world.slack.waitFor(() => ephemeralsIn(id).length === 2);
    await world.settle();
    for (const told of ephemeralsIn(id)) expect(told.text).toContain('shared with another organisation');
    expect(answersIn(id)).toEqual([]);
    expect(submissionsIn(id)).toEqual([]);
  });

  it('handles what was stored before a crash exactly once after it', async () => {
    const channel = newChannel();
    world.desk.failures = 1_000;
    world.slack.mention({ user: 'U1', channel, text: 'are you there?' });
    await world.slack.waitFor(() =>
      world.slack.acknowledgements.some((one) => JSON.stringify(one).includes(channel)),
    );
    await world.stopBot();
    world.desk.failures = 0;
    expect(submissionsIn(channel)).toEqual([]);
    await world.restart();
    await world.slack.waitFor(() => answersIn(channel)[0]);
    await world.settle();
    expect(submissionsIn(channel)).toHaveLength(1);
    expect(answersIn(channel)).toHaveLength(1);
  });

  it('tries a delivery again when the desk cannot take it for a moment', async () => {
    const channel = newChannel();
    world.desk.failures = 1;
    world.slack.mention({ user: 'U1', channel, text: 'again' });
    await world.slack.waitFor(() => answersIn(channel)[0]);
    await world.settle();
    expect(submissionsIn(channel)).toHaveLength(1);
  });

  it('tells the person with a reference when a delivery cannot be handled', async () => {
    const channel = newChannel();
    const card = await cardIn(channel);
    world.desk.cards.clear();
    world.slack.click({ user: 'U1', channel, ts: card.ts, actionId: PLAN_ACTIONS.approve });
    const told = await world.slack.waitFor(() => ephemeralsIn(channel)[0]);
    await world.settle();
    expect(told.text).toMatch(/could not be handled.*inbox_[0-9a-z]+/u);
  });

  it('shows a status at once', async () => {
    const channel = newChannel();
    world.slack.mention({ user: 'U1', channel, text: 'why?' });
    await world.slack.waitFor(() => answersIn(channel)[0]);
    const statuses = world.slack.calls.filter(({ method }) => method === 'assistant.threads.setStatus');
    expect(statuses.some(({ args }) => args['channel_id'] === channel)).toBe(true);
  });
});
