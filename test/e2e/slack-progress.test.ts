import { systemClock } from '@jamie/runtime';
import { type EmulatedMessage, type OllamaDouble, startOllamaDouble } from '@jamie/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { DEMO_PEOPLE, type DemoTestCluster, startDemoTestCluster } from '../support/demo-test-cluster.ts';
import { ADA, createWorldOf } from '../support/loop-world.ts';
import { textOf } from '../support/slack-world.ts';

jest.setTimeout(60_000);

const QUESTION = 'why is checkout crashing?';
/** Far longer than any test here. */
const PATIENT_MODEL = { MODEL_TIMEOUT_MS: '100000', MODEL_FIRST_BYTE_TIMEOUT_MS: '100000' };
const WORKERS = 4;

describe.each(['socket', 'http'] as const)('work that takes its time, in Slack over %s', (mode) => {
  let cluster: DemoTestCluster;
  let model: OllamaDouble;
  beforeAll(async () => {
    cluster = await startDemoTestCluster();
    model = await startOllamaDouble({ clock: systemClock });
  });
  const world = createWorldOf(() => ({
    mode,
    cluster,
    people: DEMO_PEOPLE,
    environment: { OLLAMA_HOST: model.host, JOB_CONCURRENCY: String(WORKERS), ...PATIENT_MODEL },
  }));
  afterEach(() => {
    model.fault = undefined;
  });
  afterAll(async () => {
    await model.close();
    await cluster.stop();
  });

  function ask(channel = world().slack.newChannel()) {
    return { channel, threadTs: world().slack.slack.mention({ user: ADA, channel, text: QUESTION }) };
  }

  /** Waits until a stream in this channel says what was found. */
  function streamIn(channel: string): Promise<EmulatedMessage> {
    const { slack } = world().slack;
    return slack.waitFor(() =>
      slack
        .transcript(channel)
        .find(({ stream, text }) => stream !== undefined && text.includes('Found so far')),
    );
  }

  it('streams its steps and what was found, and the answer ends the stream as one message', async () => {
    const { slack } = world();
    model.fault = { kind: 'slow', delayMs: 400 };
    model.script = () => 'checkout crashes soon.';
    const { channel, threadTs } = ask();
    await streamIn(channel);
    const answer = await slack.answer(channel, /Evidence/);
    await slack.settle();
    expect(slack.answers(channel)).toEqual([answer]);
    expect(answer.threadTs).toBe(threadTs);
    expect(answer.stream?.state).toBe('stopped');
    const tasks = [...(answer.stream?.tasks.values() ?? [])];
    expect(tasks.map(({ title }) => title)).toEqual(
      expect.arrayContaining(['Working out what is asked', 'Asking the model to word it']),
    );
    expect(tasks.filter(({ status }) => status === 'in_progress')).toEqual([]);
    expect(textOf(answer)).toContain('required setting CURRENCY_TABLE_URL is not set');
  });

  it('stops within a second of the button, while every worker waits for a model', async () => {
    const { slack } = world();
    model.fault = { kind: 'hang' };
    const asked = Array.from({ length: WORKERS }, () => ask());
    for (const { channel } of asked) await streamIn(channel);
    const [first, ...others] = asked;
    if (first === undefined) throw new Error('nothing was asked');
    const pressedAt = performance.now();
    slack.slack.pressStop({ user: ADA, channel: first.channel, threadTs: first.threadTs });
    await slack.slack.waitFor(() =>
      slack.answers(first.channel).some(({ text }) => text.includes('Stopped.')),
    );
    const tookMs = Math.round(performance.now() - pressedAt);
    console.log(`Stopped after ${tookMs} ms`);
    expect(tookMs).toBeLessThan(1_000);
    const told = slack.answers(first.channel).filter(({ stream }) => stream === undefined);
    expect(told).toHaveLength(1);
    expect(told.map(textOf).join()).toContain(`Stopped: ${QUESTION}`);
    for (const { channel, threadTs } of others) slack.slack.pressStop({ user: ADA, channel, threadTs });
    await slack.settle();
    for (const { channel } of asked) {
      expect(slack.answers(channel).filter(({ text }) => text.includes('Stopped.'))).toHaveLength(1);
      expect(slack.answers(channel).filter(({ stream }) => stream?.state === 'streaming')).toEqual([]);
    }
    await model.untilIdle();
  });

  it('ends its stream with the word when somebody types stop', async () => {
    const { slack } = world();
    model.fault = { kind: 'hang' };
    const { channel, threadTs } = ask();
    const stream = await streamIn(channel);
    slack.slack.say({ user: ADA, channel, threadTs, text: 'stop' });
    await slack.slack.waitFor(() => stream.stream?.state === 'stopped');
    await slack.settle();
    expect(stream.text).toContain('**Stopped.**');
    expect(
      [...(stream.stream?.tasks.values() ?? [])].filter(({ status }) => status === 'in_progress'),
    ).toEqual([]);
  });

  it('loses nothing that is said in the thread in the meantime', async () => {
    const { slack } = world();
    model.fault = { kind: 'slow', delayMs: 400 };
    model.script = () => 'checkout crashes soon.';
    const { channel, threadTs } = ask();
    await streamIn(channel);
    slack.slack.say({ user: ADA, channel, threadTs, text: 'clusters' });
    const second = await slack.answer(channel, /^(?![\s\S]*Evidence)[\s\S]*\btest\b/);
    const first = await slack.answer(channel, /Evidence/);
    await slack.settle();
    expect(slack.answers(channel)).toHaveLength(2);
    expect(first.ts).not.toBe(second.ts);
  });

  it('is answered once after the program went away in the middle of a stream', async () => {
    const { slack } = world();
    model.fault = { kind: 'hang' };
    const { channel } = ask();
    await streamIn(channel);
    await slack.stopProgram();
    model.fault = undefined;
    model.script = () => 'checkout crashes soon.';
    await slack.startProgram();
    await slack.answer(channel, /Evidence/);
    await slack.settle();
    expect(slack.answers(channel).filter((message) => /Evidence/.test(textOf(message)))).toHaveLength(1);
    expect(slack.answers(channel).filter(({ stream }) => stream?.state === 'streaming')).toEqual([]);
  });

  it('shows a first sign within a second, and no stream for what is quick', async () => {
    const { slack } = world();
    const { workspace, calls } = slack.slack;
    const waits: number[] = [];
    for (let count = 0; count < 20; count += 1) {
      const channel = slack.newChannel();
      const before = calls.length;
      const at = performance.now();
      slack.slack.mention({ user: ADA, channel, text: 'clusters' });
      await slack.slack.waitFor(() =>
        calls.slice(before).some(({ method }) => method === 'assistant.threads.setStatus'),
      );
      waits.push(performance.now() - at);
      await slack.answer(channel, /test/);
      expect(slack.answers(channel).filter(({ stream }) => stream !== undefined)).toEqual([]);
    }
    await slack.settle();
    const p95Ms = Math.round(waits.toSorted((one, other) => one - other)[18] ?? Number.NaN);
    console.log(`First sign, p95: ${p95Ms} ms`);
    expect(p95Ms).toBeLessThan(1_000);
    expect(workspace.statuses.size).toBe(0);
  });
});
