import type { Reply } from '@jamie/core';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { later, NotifierWorld, wordsOf } from './notifier-world.fixture.ts';

let world: NotifierWorld;

beforeEach(async () => {
  world = new NotifierWorld();
  await world.start();
});

afterEach(() => world.slack.stop());

/** Text of so many characters, in lines that all differ. */
function linesOf(characters: number, pad = 'the container exits with code 137 &'): readonly string[] {
  const lines: string[] = [];
  for (let length = 0; length < characters; ) {
    const line = `${String(lines.length).padStart(5, '0')} ${pad}`;
    lines.push(line);
    length += line.length + 1;
  }
  return lines;
}

const answer = (characters: number): Partial<Reply> => ({
  headline: 'It crashes',
  sections: [{ kind: 'text', title: 'What I saw', lines: linesOf(characters) }],
});

function said(): string {
  return world.ours().map(wordsOf).join('\n').replaceAll('&amp;', '&');
}

describe('an answer that is too long for one message', () => {
  it('of 20,000 characters stands whole in its thread, in order, each part with its number', async () => {
    const reply = answer(20_000);
    const place = await world.show(world.reply(reply), { isFirst: true });
    const parts = world.ours();
    expect(parts.length).toBeGreaterThan(1);
    expect(parts.length).toBeLessThanOrEqual(3);
    expect(parts.every(({ threadTs }) => threadTs === world.threadTs)).toBe(true);
    expect([place.ts, ...(place.parts ?? [])]).toEqual(parts.map(({ ts }) => ts));
    const numbers = [...said().matchAll(/(\d{5}) the container exits with code 137 &/gu)].map(
      ([, number]) => number,
    );
    expect(numbers).toEqual(linesOf(20_000).map((line) => line.slice(0, 5)));
    for (const [index, part] of parts.entries()) {
      expect(wordsOf(part)).toContain(`Part ${index + 1} of ${parts.length}`);
    }
    expect(parts[1]?.text).toMatch(/^Part 2 of \d: It crashes$/u);
  });

  it('of 20,000 characters of code closes and opens its fence in every block', async () => {
    const code = linesOf(20_000, 'panic: <nil>').join('\n');
    await world.show(world.reply({ sections: [{ kind: 'code', text: code }] }), { isFirst: true });
    const blocks = world.ours().flatMap((message) => message.blocks);
    const fences = blocks.map((block) => JSON.stringify(block).match(/```/gu)?.length ?? 0);
    expect(fences.every((count) => count === 0 || count === 2)).toBe(true);
    const text = world.ours().map(wordsOf).join('\n').replaceAll('&lt;', '<').replaceAll('&gt;', '>');
    for (const line of code.split('\n')) expect(text).toContain(line);
  });

  it('beyond three messages is a file, and its beginning stands in the thread', async () => {
    const reply = answer(60_000);
    const place = await world.show(world.reply(reply), { isFirst: true });
    expect(place.parts).toBeUndefined();
    const [message, upload] = world.ours();
    expect(world.ours()).toHaveLength(2);
    expect(wordsOf(message)).toContain('00000 the container');
    expect(wordsOf(message)).toContain('This is the beginning. The whole is in `answer-in-full-');
    const whole = upload?.files?.[0]?.text ?? '';
    for (const line of linesOf(60_000)) expect(whole).toContain(line);
  });

  it('sends the rows that a table does not show as a file', async () => {
    const rows = Array.from({ length: 80 }, (_, index) => [`pod-${index}`, 'Running']);
    await world.show(world.reply({ sections: [{ kind: 'table', columns: ['Pod', 'State'], rows }] }), {
      isFirst: true,
    });
    const [message, upload] = world.ours();
    expect(wordsOf(message)).toContain('60 more rows are not shown');
    expect(upload?.files?.[0]?.text).toContain('pod-79\tRunning');
  });

  it('keeps its parts when it is shown again, posts those that are new and deletes those that are not', async () => {
    const shown = world.reply(answer(20_000));
    const first = await world.show(shown, { isFirst: true });
    const again = await world.show(later(shown, first));
    expect(again).toEqual(first);
    const withBody = (characters: number) => ({
      ...shown,
      message: { ...shown.message, body: world.reply(answer(characters)).message.body },
    });
    const shorter = await world.show(later(withBody(500), again));
    expect(shorter).toEqual({ ts: first.ts });
    expect(world.ours()).toMatchObject([{ ts: first.ts }]);
    const longer = await world.show(later(withBody(28_000), shorter));
    expect(longer.parts).toHaveLength(2);
    expect(world.ours()).toHaveLength(3);
  });

  it('says what is still missing when a further part has to wait, and brings it later', async () => {
    const shown = world.reply(answer(20_000));
    const notifier = world.notifier();
    world.slack.failNext('chat.postMessage', { kind: 'slow', delayMs: 0 });
    world.slack.failNext('chat.postMessage', { kind: 'rate_limited', retryAfterSeconds: 5 });
    const first = await notifier.show(shown, { isFirst: true });
    expect(first.failure).toMatchObject({ code: 'rate_limited', retryAfterMs: 5_000 });
    expect(world.ours()).toHaveLength(1);
    const second = await notifier.show(later(shown, first));
    expect(second.failure).toBeUndefined();
    expect(second.ts).toBe(first.ts);
    expect(world.ours()).toHaveLength(2);
  });

  it('has each part once when the answer to a post is lost', async () => {
    const shown = world.reply(answer(28_000));
    world.slack.failNext('chat.postMessage', { kind: 'slow', delayMs: 0 });
    world.slack.failNext('chat.postMessage', { kind: 'lost_response' });
    const first = await world.show(shown, { isFirst: true });
    expect(first.failure).toMatchObject({ retryable: true });
    await world.show(later(shown, first));
    expect(world.ours()).toHaveLength(3);
  });

  it('is found whole by a process that knows nothing of what another one posted', async () => {
    const shown = world.reply(answer(28_000));
    const first = await world.show(shown, { isFirst: true });
    expect(await world.show(shown)).toEqual(first);
    expect(world.ours()).toHaveLength(3);
  });
});

describe('a card that is too long for one message', () => {
  it('is one message all the same, with its buttons, and the whole plan is a file that comes once', async () => {
    const diff = linesOf(20_000).join('\n');
    const shown = world.card({ diff });
    const first = await world.show(shown, { isFirst: true });
    const approved = world.card({ diff, status: 'approved', statusLine: 'Approved.' });
    await world.show(later({ ...approved, message: shown.message }, first));
    const [card, upload, ...more] = world.ours();
    expect(more).toEqual([]);
    expect(wordsOf(card)).toContain('Approved.');
    expect(wordsOf(card)).toContain('plan-p-4k7d2m9q-in-full-');
    for (const line of diff.split('\n')) expect(upload?.files?.[0]?.text).toContain(line);
  });
});
