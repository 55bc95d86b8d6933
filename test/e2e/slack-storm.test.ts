import type { MessageId } from '@jamie/core';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createStormWorld, type StormWorld } from '../support/storm-world.ts';

const CHANNEL = 'C1';
const THREADS = 25;
const MESSAGES = 500;
const PATIENCE_MS = 600_000;

let world: StormWorld;

beforeEach(async () => {
  world = await createStormWorld();
});

afterEach(() => world.stop());

/** The timestamps under which messages stand, once all of them do. */
async function allShown(ids: readonly MessageId[]): Promise<ReadonlyMap<MessageId, string>> {
  const shown = new Map<MessageId, string>();
  for (let passedMs = 0; shown.size < ids.length; passedMs += 1_000) {
    if (passedMs > PATIENCE_MS) throw new Error(`${shown.size} of ${ids.length} messages are shown`);
    await world.pass(1_000);
    for (const id of ids) {
      const { slack } = (await world.store.findMessage(id)) ?? {};
      if (slack?.ts !== undefined && slack.claimedUntil === undefined) shown.set(id, slack.ts);
    }
  }
  return shown;
}

/** Every sixteenth message answers what a person asked. */
function tellAll(threads: readonly string[]): Promise<readonly MessageId[]> {
  const told = Array.from({ length: MESSAGES }, (_, index) => {
    const kind = index % 16 === 0 ? ('answer' as const) : ('ending' as const);
    const threadTs = threads[index % THREADS] ?? '';
    return world.tell({ name: `${kind}-${index}`, channel: CHANNEL, threadTs, kind });
  });
  return Promise.all(told);
}

function nameOf(id: MessageId): string {
  return id.replace(/^m_(closing_|r_)/u, '').replace(/_answer$/u, '');
}

function countCalls(): ReadonlyMap<string, number> {
  const calls = new Map<string, number>();
  for (const { method } of world.slack.calls) calls.set(method, (calls.get(method) ?? 0) + 1);
  return calls;
}

describe('a storm of 500 posts to one channel', () => {
  it('is paced and rolled up: nothing is lost and nothing is hidden', async () => {
    const threads = Array.from({ length: THREADS }, (_, index) =>
      world.slack.say({ user: 'U1', channel: CHANNEL, text: `thread ${index}` }),
    );
    const startedAt = world.clock.now();
    const ids = await tellAll(threads);
    const shown = await allShown(ids);
    const tookMs = world.clock.now() - startedAt;

    const ours = world.slack.transcript(CHANNEL).filter(({ isOurs }) => isOurs);
    const byTs = new Map(ours.map((message) => [message.ts, JSON.stringify(message.blocks)]));
    for (const [id, ts] of shown) expect(byTs.get(ts)).toContain(`Done and verified: ${nameOf(id)}.`);
    expect([...byTs.values()].join().match(/Done and verified: /gu)).toHaveLength(ids.length);
    expect(ours.filter(({ isHidden }) => isHidden === true)).toEqual([]);

    const calls = countCalls();
    const posts = calls.get('chat.postMessage') ?? 0;
    process.stderr.write(
      `storm: ${ids.length} messages became ${ours.length} posts in ${tookMs} ms; ${posts - ours.length} posts were refused; ` +
        `calls ${JSON.stringify(Object.fromEntries(calls))}\n`,
    );
    expect(ours.length).toBeLessThan(MESSAGES / 4);
    expect(posts).toBe(ours.length);
    expect(world.slack.calls.length).toBeLessThan(MESSAGES / 2);
  }, 180_000);
});
