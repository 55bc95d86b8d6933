import type { LiveStream, RequestId } from '@jamie/core';
import { SILENT_PROGRESS } from '@jamie/core';
import type { SlackEmulatorOptions } from '@jamie/testing';
import { afterEach, describe, expect, it } from '@jest/globals';
import { ProgressWorld } from './slack-progress.fixture.ts';

const REQUEST = 'r_1' as RequestId;

let world: ProgressWorld;

afterEach(() => world.stop());

async function start(options: Partial<SlackEmulatorOptions> = {}) {
  world = new ProgressWorld(options);
  await world.start();
  return world.process();
}

const seconds = (count: number) => world.clock.sleep(count * 1_000);

/** Waits until the program knows that Slack streams. */
async function streaming(): Promise<LiveStream> {
  for (;;) {
    const [stream] = await world.streams.listOf(REQUEST);
    if (stream !== undefined) return stream;
    await seconds(0.1);
  }
}

const findings = (count: number) =>
  Array.from(
    { length: count },
    (_, index) => `Finding number ${index} of checkout-${index} is that it restarts.`,
  );

/** Each text stands in the thread, once. */
function expectEachOnce(texts: readonly string[]): void {
  const { words } = world;
  expect(texts.filter((text) => words.split(text).length !== 2)).toEqual([]);
}

describe('createSlackProgress', () => {
  it('streams an investigation of six minutes without losing or doubling a word, and its answer ends it', async () => {
    const { begin, notifier } = await start();
    const progress = begin();
    const texts = findings(72);
    await world.clock.fast(async () => {
      for (const [index, text] of texts.entries()) {
        const step = progress.step(`Reading pods of shop-${index}`);
        await seconds(5);
        step.done(`${index} pods`);
        progress.say(text);
      }
    });
    await progress.end();
    await notifier.show(world.answer('checkout crashes.'));
    expectEachOnce(texts);
    expectEachOnce(['**checkout crashes.**']);
    expect(world.ours.length).toBeGreaterThanOrEqual(2);
    expect(world.ours.map(({ stream }) => stream?.state)).toEqual(world.ours.map(() => 'stopped'));
    const tasks = world.ours.flatMap(({ stream }) => [...(stream?.tasks.values() ?? [])]);
    expect(tasks.filter(({ status }) => status !== 'complete')).toEqual([]);
    expect(await world.streams.listOf(REQUEST)).toEqual([]);
  }, 30_000);

  it('shows nothing of what is done in a moment', async () => {
    const { begin, notifier } = await start();
    const progress = begin();
    progress.step('Reading pods').done();
    progress.say('Found.');
    await progress.end();
    await seconds(10);
    await notifier.show(world.answer('All is well.'));
    expect(world.called('chat.startStream')).toBe(0);
    expect(world.ours).toHaveLength(1);
    expect(world.words).not.toContain('Found.');
  });

  it('makes the timeline and the answer one message, which is found by its mark and changed in place later', async () => {
    const { begin, notifier } = await start();
    const progress = begin();
    progress.step('Reading pods');
    await streaming();
    await progress.end();
    const { ts } = await notifier.show(world.answer('checkout crashes.'));
    expect(world.ours).toMatchObject([{ ts, text: expect.stringContaining('**checkout crashes.**') }]);
    expect(world.words).toContain('It exits with code 1.');
    expect(world.words).not.toContain('*checkout crashes.*"');
    const again = await notifier.show(world.answer('checkout crashes again.'));
    expect(again.ts).toBe(ts);
    expect(world.ours).toHaveLength(1);
  });

  it('finds an answer whose end of the stream was not confirmed, instead of posting another', async () => {
    const { begin, notifier } = await start();
    const progress = begin();
    progress.step('Reading pods');
    await streaming();
    await progress.end();
    world.slack.failNext('chat.stopStream', { kind: 'lost_response' });
    await expect(notifier.show(world.answer('checkout crashes.'))).rejects.toMatchObject({ retryable: true });
    await notifier.show(world.answer('checkout crashes.'));
    expect(world.ours).toHaveLength(1);
    expect(world.words).toContain('checkout crashes.');
    expect(await world.streams.listOf(REQUEST)).toEqual([]);
  });

  it.each([
    'message_not_in_streaming_state',
    'stopped_by_user',
    'unknown_method',
    'internal_error_of_a_new_kind',
  ])('posts the answer in the ordinary way where the stream does not take it: %s', async (error) => {
    const { begin, notifier } = await start();
    const progress = begin();
    progress.step('Reading pods');
    await streaming();
    await progress.end();
    world.slack.failNext('chat.stopStream', { kind: 'error', error });
    await notifier.show(world.answer('checkout crashes.'));
    const answers = world.ours.filter(({ stream }) => stream === undefined);
    expect(answers).toMatchObject([{ text: 'checkout crashes.' }]);
  });

  it('keeps nobody waiting for a pause that Slack asks of streams, and closes the stream later', async () => {
    const { begin, notifier, sweep } = await start();
    const progress = begin();
    progress.step('Reading pods');
    await streaming();
    await progress.end();
    world.slack.failNext('chat.stopStream', { kind: 'rate_limited', retryAfterSeconds: 60 }, 2);
    await notifier.show(world.answer('checkout crashes.'));
    expect(world.ours.filter(({ text }) => text.includes('checkout crashes.'))).toHaveLength(1);
    await world.clock.fast(() => seconds(255));
    await sweep(true);
    expect(await world.streams.listOf(REQUEST)).toEqual([]);
  });

  it('gives files a message of their own, and leaves no stream open', async () => {
    const { begin, notifier } = await start();
    const progress = begin();
    progress.step('Reading the log');
    await streaming();
    await progress.end();
    const files = [{ name: 'app.log', title: 'The log', text: 'line\n' }];
    await notifier.show(world.answer('This is the log.', { files }));
    const [stream, answer] = world.ours;
    expect(stream?.stream?.state).toBe('stopped');
    expect(answer?.text).toBe('This is the log.');
  });

  it('answers once when the process dies in the middle of a stream, and says in it that the work goes on', async () => {
    const dead = await start();
    dead.begin().step('Reading pods');
    await streaming();
    const alive = world.process();
    const progress = alive.begin();
    progress.step('Reading pods once more');
    await world.slack.waitFor(() => world.called('chat.startStream') > 1);
    await progress.end();
    await alive.notifier.show(world.answer('checkout crashes.'));
    const [first, second] = world.ours;
    expect(first?.text).toContain('Interrupted here.');
    expect(second?.text).toContain('**checkout crashes.**');
    expect(world.ours).toHaveLength(2);
    // The dead one was only asleep: what it does now reaches nobody.
    await dead.progress.settle(REQUEST);
    expect(world.ours).toHaveLength(2);
  });

  it('ends the stream of a dead process with the answer of a quick one', async () => {
    const dead = await start();
    dead.begin().step('Reading pods');
    await streaming();
    const alive = world.process();
    await alive.begin().end();
    await alive.notifier.show(world.answer('checkout crashes.'));
    expect(world.ours).toHaveLength(1);
    expect(world.ours[0]?.stream?.state).toBe('stopped');
  });

  it('sweeps a stream that nobody ends, with a sentence', async () => {
    const { begin, sweep } = await start({ streamLifetimeMs: 3_600_000 });
    begin().step('Reading pods');
    const stream = await streaming();
    expect(await world.process().sweep(false)).toBe(0);
    await world.streams.remove(stream.channelId, stream.ts);
    await world.streams.add({ ...stream, startedAt: stream.startedAt - 260_000 });
    expect(await sweep(false)).toBe(1);
    expect(world.ours[0]?.text).toContain('The work goes on');
    expect(world.ours[0]?.stream?.state).toBe('stopped');
  });

  it('hears of a stop in the stream, and writes nothing after it', async () => {
    const { begin } = await start();
    const progress = begin();
    progress.step('Reading pods');
    await streaming();
    world.slack.pressStop({ user: 'U1', channel: 'C1', threadTs: world.threadTs });
    progress.say('Too late.');
    await progress.end();
    expect(world.stopped).toHaveLength(1);
    expect(world.ours).toHaveLength(1);
    expect(world.words).not.toContain('Too late.');
  });

  it('shows the current step as status where there are no streams, and refreshes it before Slack forgets it', async () => {
    const { begin } = await start({ hasStreaming: false });
    const progress = begin();
    progress.step('Reading pods in payments');
    const status = () => world.slack.workspace.statuses.get(`C1:${world.threadTs}`)?.text;
    await world.slack.waitFor(() => status() === 'is reading pods in payments…');
    await world.clock.fast(() => seconds(200));
    expect(status()).toBe('is reading pods in payments…');
    progress.say('Three pods crash.');
    await progress.end();
    expect(world.ours).toMatchObject([{ text: expect.stringContaining('Three pods crash.') }]);
    expect(world.ours[0]?.edits).toBeLessThan(4);
  });

  it('is silent for what nobody asked in a thread of Slack', async () => {
    const { progress } = await start();
    const { request, conversation } = world.work;
    const { slackPerson: _nobody, ...unasked } = request;
    const local = { ...conversation, place: { surface: 'local', key: 'page' } as const };
    expect(progress.begin({ request, conversation: local })).toBe(SILENT_PROGRESS);
    expect(progress.begin({ request: unasked, conversation })).toBe(SILENT_PROGRESS);
  });
});
