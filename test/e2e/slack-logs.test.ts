import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { DEMO_PEOPLE, type DemoTestCluster, startDemoTestCluster } from '../support/demo-test-cluster.ts';
import { ADA, createWorldOf } from '../support/loop-world.ts';
import { type SlackWorld, textOf } from '../support/slack-world.ts';

jest.setTimeout(60_000);

describe('logs in Slack, on the demo cluster', () => {
  let cluster: DemoTestCluster;
  beforeAll(async () => {
    cluster = await startDemoTestCluster();
  });
  const world = createWorldOf(() => ({ mode: 'socket', cluster, people: DEMO_PEOPLE }));
  afterAll(() => cluster.stop());

  it('show the crash of the pod that crashes, and offer the run before', async () => {
    const { slack } = world();
    const channel = slack.newChannel();
    slack.command(channel, ADA, 'logs checkout -n payments');
    const answer = await slack.answer(channel, /CURRENCY_TABLE_URL/);
    expect(textOf(answer)).toMatch(/because it is crashing/);
    slack.followUp(answer, ADA, 'Logs before the crash');
    const before = await slack.answer(channel, /before its last restart/, [answer]);
    expect(textOf(before)).toContain('CURRENCY_TABLE_URL');
  });

  it('that are followed stay one message that is repainted until its time is over', async () => {
    const { slack } = world();
    const channel = slack.newChannel();
    slack.command(channel, ADA, 'logs ledger -n payments --follow 7s');
    const answer = await slack.answer(channel, /Following until/);
    const first = textOf(answer);
    await slack.says(answer, /No longer following: the time is over/);
    await slack.settle();
    expect(textOf(answer)).not.toBe(first);
    expect(answer.edits).toBeGreaterThanOrEqual(2);
    expect(answersIn(slack, channel)).toEqual([answer.ts]);
  });

  it('that are followed go on in the same message after a restart', async () => {
    const { slack } = world();
    const channel = slack.newChannel();
    slack.command(channel, ADA, 'logs ledger -n payments --follow 12s');
    const answer = await slack.answer(channel, /Following until/);
    await slack.stopProgram();
    const { edits } = answer;
    await slack.startProgram();
    await slack.says(answer, /No longer following/);
    await slack.settle();
    expect(answer.edits).toBeGreaterThan(edits + 1);
    expect(answersIn(slack, channel)).toEqual([answer.ts]);
  });

  it('that are followed end when somebody types stop', async () => {
    const { slack } = world();
    const channel = slack.newChannel();
    const ts = slack.slack.mention({ user: ADA, channel, text: 'logs ledger -n payments --follow 5m' });
    const answer = await slack.answer(channel, /Following until/);
    slack.slack.say({ user: ADA, channel, threadTs: ts, text: 'stop' });
    await slack.says(answer, /No longer following: somebody asked me to stop/);
    await slack.settle();
    expect(answersIn(slack, channel)).toHaveLength(2);
  });
});

/** The answers in a channel, without what was asked and without files. */
function answersIn(slack: SlackWorld, channel: string): readonly string[] {
  return slack
    .answers(channel)
    .filter(({ text, files }) => !text.includes('asked `/jamie') && files === undefined)
    .map(({ ts }) => ts);
}
