import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { DEMO_PEOPLE, type DemoTestCluster, startDemoTestCluster } from '../support/demo-test-cluster.ts';
import { ADA, BOB, createWorldOf, NOBODY } from '../support/loop-world.ts';
import { optionsOf, textOf } from '../support/slack-world.ts';

jest.setTimeout(60_000);

/** More lines than a message holds: its pods have run for weeks. */
const LONG_LOG = 'logs deploy/gateway -n platform --tail 300';

describe.each(['socket', 'http'] as const)('questions in Slack over %s, on the demo cluster', (mode) => {
  let cluster: DemoTestCluster;
  beforeAll(async () => {
    cluster = await startDemoTestCluster();
  });
  const world = createWorldOf(() => ({ mode, cluster, people: DEMO_PEOPLE }));
  afterAll(() => cluster.stop());

  it('get one answer in the thread, with the cause and what shows it', async () => {
    const { slack } = world();
    const channel = slack.newChannel();
    const ts = slack.slack.mention({ user: ADA, channel, text: 'why is checkout crashing?' });
    const answer = await slack.answer(channel, /Evidence/);
    await slack.settle();
    expect(answer.threadTs).toBe(ts);
    expect(textOf(answer)).toMatch(/Deployment\/checkout|payments\/checkout/);
    expect(textOf(answer)).toContain('required setting CURRENCY_TABLE_URL is not set');
    expect(textOf(answer)).toMatch(/2\.4\.1|revision 2/);
    expect(slack.answers(channel)).toHaveLength(1);
  });

  it('may follow in the thread without a mention, by anybody who is known', async () => {
    const { slack } = world();
    const channel = slack.newChannel();
    const ts = slack.slack.mention({ user: ADA, channel, text: 'why is checkout crashing?' });
    const first = await slack.answer(channel, /Evidence/);
    slack.slack.say({ user: BOB, channel, threadTs: ts, text: 'and why is search-indexer failing?' });
    const second = await slack.answer(channel, /memory limit/i, [first]);
    await slack.settle();
    expect(second.threadTs).toBe(ts);
    expect(slack.answers(channel)).toHaveLength(2);
  });

  it('are answered once when Slack delivers them four times', async () => {
    const { slack } = world();
    const channel = slack.newChannel();
    slack.slack.mention({ user: ADA, channel, text: 'why is promotions failing?' });
    const sent = slack.slack.sent.filter(({ payload }) => JSON.stringify(payload).includes(`"${channel}"`));
    for (let count = 0; count < 3; count += 1) for (const delivery of sent) slack.slack.deliver(delivery);
    await slack.answer(channel, /image/i);
    await slack.settle();
    expect(slack.answers(channel)).toHaveLength(1);
  });

  it('are neither lost nor answered twice when the connection breaks in the acknowledgement', async () => {
    const { slack } = world();
    const channel = slack.newChannel();
    if (mode === 'socket') slack.slack.hub.dropAtNextAck();
    else slack.slack.poster.loseNextAnswer();
    slack.slack.mention({ user: ADA, channel, text: 'why is fraud-check failing?' });
    await slack.answer(channel, /probe/i);
    await slack.settle();
    expect(slack.answers(channel)).toHaveLength(1);
  });

  it('are answered after a restart when the program was stopped in between', async () => {
    const { slack } = world();
    const channel = slack.newChannel();
    await slack.stopProgram();
    slack.slack.mention({ user: ADA, channel, text: 'why is cart stuck?' });
    await slack.startProgram();
    await slack.answer(channel, /cart/);
    await slack.settle();
    expect(slack.answers(channel)).toHaveLength(1);
  });

  it('of somebody whom nobody knows get a private word and nothing of the cluster', async () => {
    const { slack } = world();
    const channel = slack.newChannel();
    slack.slack.mention({ user: NOBODY, channel, text: 'why is checkout crashing?' });
    await slack.told(channel, NOBODY, /I do not know you yet/);
    await slack.settle();
    expect(slack.answers(channel)).toEqual([]);
  });

  it('that fit several objects are asked back, and what anybody chooses is answered in the thread', async () => {
    const { slack } = world();
    const channel = slack.newChannel();
    const ts = slack.slack.mention({ user: ADA, channel, text: 'why promo' });
    const question = await slack.answer(channel, /Several fit/);
    expect(optionsOf(question)).toEqual(['Deployment shop/promotions', 'Deployment shop/promotions-admin']);
    await slack.stopProgram();
    await slack.startProgram();
    slack.choose(question, BOB, 'Deployment shop/promotions');
    const answer = await slack.answer(channel, /image/i, [question]);
    await slack.settle();
    expect(answer.threadTs).toBe(ts);
    expect(slack.answers(channel)).toHaveLength(2);
  });

  it('for a long log get its end at once and all of it as one file', async () => {
    const { slack } = world();
    const channel = slack.newChannel();
    slack.command(channel, ADA, LONG_LOG);
    const answer = await slack.answer(channel, /lines/);
    const [file] = await slack.attached(channel, 1);
    await slack.settle();
    expect(textOf(answer)).toContain('In full as a file in this thread');
    expect(file?.text.trim().split('\n')).toHaveLength(300);
    expect(slack.files(channel)).toHaveLength(1);
  });

  it('lead to what may be asked next with one click, by whoever clicks', async () => {
    const { slack } = world();
    const channel = slack.newChannel();
    slack.command(channel, ADA, 'logs deploy/checkout -n payments');
    const answer = await slack.answer(channel, /lines/);
    slack.followUp(answer, BOB, 'Logs before the crash');
    const next = await slack.answer(channel, /before its last restart/, [answer]);
    await slack.settle();
    expect(next.threadTs).toBe(answer.threadTs);
  });

  it.each(['files.getUploadURLExternal', 'upload', 'files.completeUploadExternal'])(
    'get their file once when the response of %s is lost and the program starts again',
    async (method) => {
      const { slack } = world();
      const channel = slack.newChannel();
      slack.slack.failNext(method, { kind: 'lost_response' });
      slack.command(channel, ADA, LONG_LOG);
      const answer = await slack.answer(channel, /Not attached yet/);
      await slack.stopProgram();
      await slack.startProgram();
      await slack.attached(channel, 1);
      await slack.says(answer, /In full as a file in this thread/);
      await slack.settle();
      expect(slack.files(channel)).toHaveLength(1);
      expect(slack.answers(channel).filter(({ blocks }) => blocks.length > 0)).toHaveLength(1);
    },
  );

  it('keep their answer when the file may not be attached, and it says what to do', async () => {
    const { slack } = world();
    const channel = slack.newChannel();
    slack.slack.failNext('files.getUploadURLExternal', { kind: 'error', error: 'missing_scope' });
    slack.command(channel, ADA, LONG_LOG);
    const answer = await slack.answer(channel, /could not attach/);
    await slack.settle();
    expect(textOf(answer)).toMatch(/lacks a permission\. Ask a workspace admin/);
    expect(slack.files(channel)).toEqual([]);
  });
});
