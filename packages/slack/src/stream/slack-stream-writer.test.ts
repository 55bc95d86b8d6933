import type { RequestId } from '@jamie/core';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type CallFate, StreamingSlack } from './streaming-slack.fixture.ts';

const REQUEST = 'r_1' as RequestId;
const minutes = (count: number) => count * 60_000;

describe('SlackStreamWriter', () => {
  it('shows a card at once, before anything was said', async () => {
    const slack = new StreamingSlack();
    const writer = slack.writer();
    writer.push({ kind: 'text', text: 'Three pods crash.' });
    writer.open();
    await slack.clock.advance(0);
    expect(slack.messages[0]?.chunks).toMatchObject([{ type: 'task_update', status: 'in_progress' }]);
    await slack.runUntil(writer.finish());
    expect(slack.text).toBe('Three pods crash.');
  });

  it('coalesces what comes within a second into one call', async () => {
    const slack = new StreamingSlack();
    const writer = slack.writer();
    writer.open();
    for (let count = 0; count < 40; count += 1) {
      writer.push({ kind: 'text', text: `Line ${count}. ` });
      await slack.clock.advance(100);
    }
    await slack.runUntil(writer.finish());
    expect(slack.calls.filter(({ method }) => method === 'append').length).toBeLessThanOrEqual(6);
    expect(slack.text).toBe(Array.from({ length: 40 }, (_, count) => `Line ${count}. `).join(''));
  });

  it('rolls over before four minutes and takes the cards that are under way along', async () => {
    const slack = new StreamingSlack();
    const writer = slack.writer();
    writer.push({ kind: 'task', task: { id: 'a', title: 'Reading pods', status: 'in_progress' } });
    writer.open();
    await slack.clock.advance(minutes(6));
    const [first, second] = slack.messages;
    expect(slack.messages).toHaveLength(2);
    expect((second?.startedAt ?? 0) - (first?.startedAt ?? 0)).toBeLessThan(minutes(4));
    expect(first?.isLive).toBe(false);
    expect(slack.cardsOf(first)).toEqual({ 'Reading pods': 'complete' });
    expect(slack.cardsOf(second)).toEqual({ 'Reading pods': 'in_progress' });
    expect(await slack.streams.listOf(REQUEST)).toMatchObject([{ ts: second?.ts }]);
  });

  it('leaves no card under way when it has finished, and the last stream open for the answer', async () => {
    const slack = new StreamingSlack();
    const writer = slack.writer();
    writer.push({ kind: 'task', task: { id: 'a', title: 'Reading pods', status: 'in_progress' } });
    writer.open();
    await slack.runUntil(writer.finish());
    expect(slack.cardsOf(slack.messages[0])).toEqual({ 'Reading pods': 'complete' });
    expect(slack.messages[0]?.isLive).toBe(true);
    expect(await slack.streams.listOf(REQUEST)).toHaveLength(1);
  });

  it('keeps the answer waiting for no pause of its own', async () => {
    const slack = new StreamingSlack();
    const writer = slack.writer();
    writer.open();
    await slack.clock.advance(1);
    writer.push({ kind: 'text', text: 'One.' });
    const before = slack.clock.now();
    await slack.runUntil(writer.finish(), 0);
    expect(slack.clock.now()).toBe(before);
    expect(slack.text).toBe('One.');
  });

  it('waits as long as Slack asks, and keeps nobody waiting who hands something in', async () => {
    const slack = new StreamingSlack();
    const writer = slack.writer();
    slack.fates = ['ok', 'limited', 'ok'];
    writer.open();
    writer.push({ kind: 'text', text: 'One.' });
    await slack.clock.advance(2_900);
    expect(slack.text).toBe('');
    await slack.clock.advance(200);
    expect(slack.text).toBe('One.');
  });

  it('replays only what was not confirmed when a stream has ended before its time', async () => {
    const slack = new StreamingSlack();
    const writer = slack.writer();
    slack.fates = ['ok', 'ok', 'ended'];
    writer.open();
    writer.push({ kind: 'text', text: 'First finding. ' });
    await slack.clock.advance(1_500);
    writer.push({ kind: 'text', text: 'Second finding. ' });
    await slack.runUntil(writer.finish());
    expect(slack.messages).toHaveLength(2);
    expect(slack.text).toBe('First finding. Second finding. ');
  });

  it('writes nothing more once somebody else has ended its stream', async () => {
    const slack = new StreamingSlack();
    const writer = slack.writer();
    writer.open();
    await slack.clock.advance(1_500);
    const [first] = slack.messages;
    if (first === undefined) throw new Error('no stream');
    first.isLive = false;
    await slack.streams.remove('C1', first.ts);
    writer.push({ kind: 'text', text: 'Too late.' });
    await slack.runUntil(writer.finish());
    expect(slack.messages).toHaveLength(1);
    expect(slack.text).toBe('');
  });

  it.each(['unknown_method', 'not_agent_app', 'feature_disabled', 'missing_scope'])(
    'changes one posted message in place where streams are refused with %s, and remembers it',
    async (word) => {
      const slack = new StreamingSlack();
      slack.refusal = word;
      const writer = slack.writer();
      writer.push({ kind: 'task', task: { id: 'a', title: 'Reading pods', status: 'in_progress' } });
      writer.open();
      for (let count = 0; count < 20; count += 1) {
        writer.push({ kind: 'text', text: `Line ${count}. ` });
        await slack.clock.advance(500);
      }
      await slack.runUntil(writer.finish());
      expect([...slack.posts.values()]).toEqual([
        `Done: Reading pods\n${Array.from({ length: 20 }, (_, count) => `Line ${count}. `).join('')}`,
      ]);
      const updates = slack.calls.filter(({ method }) => method === 'update').map(({ at }) => at);
      expect(updates.length).toBeLessThanOrEqual(5);
      const again = slack.writer();
      again.open();
      await slack.runUntil(again.finish());
      expect(slack.calls.filter(({ method }) => method === 'start')).toHaveLength(1);
    },
  );

  it('gives up in silence where it may not write at all', async () => {
    const slack = new StreamingSlack();
    slack.refusal = 'is_archived';
    const writer = slack.writer();
    writer.open();
    writer.push({ kind: 'text', text: 'One.' });
    await slack.runUntil(writer.finish());
    expect(slack.posts.size + slack.messages.length).toBe(0);
    expect(slack.unsupported.size).toBe(0);
  });

  it('stops a stream whose start was answered when nobody waited any more', async () => {
    const slack = new StreamingSlack();
    const writer = slack.writer();
    writer.open();
    writer.abandon();
    await slack.clock.advance(1_000);
    expect(slack.messages.filter(({ isLive }) => isLive)).toEqual([]);
    expect(await slack.streams.listOf(REQUEST)).toEqual([]);
  });

  const fate = fc.constantFrom<CallFate>('ok', 'ok', 'ok', 'limited', 'lost', 'cut', 'ended', 'full');
  const word = fc.stringMatching(/^[a-z]{1,12}$/);
  const event = fc.oneof(
    fc.record({ kind: fc.constant('say' as const), words: fc.array(word, { minLength: 1, maxLength: 400 }) }),
    fc.record({ kind: fc.constant('step' as const), title: word }),
    fc.record({ kind: fc.constant('rest' as const), forMs: fc.integer({ min: 1, max: 100_000 }) }),
  );

  it('shows every word exactly once and in order, whatever fails and however often it rolls over', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(event, { minLength: 1, maxLength: 25 }),
        fc.array(fate, { maxLength: 30 }),
        async (events, fates) => {
          const slack = new StreamingSlack();
          slack.fates = [...fates];
          const writer = slack.writer();
          writer.open();
          let said = '';
          for (const [index, each] of events.entries()) {
            if (each.kind === 'rest') await slack.clock.advance(each.forMs);
            else if (each.kind === 'step') {
              const task = {
                id: `${index}`,
                title: `${each.title} ${index}`,
                status: 'in_progress' as const,
              };
              writer.push({ kind: 'task', task });
            } else {
              // Each sentence differs, as in life: Slack can only be asked whether a text stands there.
              const text = `${index} ${each.words.join(' ')} ${index}.\n\n`;
              said += text;
              writer.push({ kind: 'text', text });
            }
          }
          await slack.runUntil(writer.finish());
          expect(slack.text).toBe(said);
          for (const message of slack.messages) {
            const texts = message.chunks.flatMap((chunk) =>
              chunk.type === 'markdown_text' ? [chunk.text] : [],
            );
            // Never in the middle of a word.
            expect(texts.filter((text) => !/\s$/u.test(text))).toEqual([]);
            expect(
              new Set(message.chunks.flatMap((chunk) => (chunk.type === 'task_update' ? [chunk.id] : [])))
                .size,
            ).toBeLessThanOrEqual(50);
          }
        },
      ),
      { numRuns: 200 },
    );
  }, 60_000);
});
