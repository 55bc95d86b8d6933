import type { MessageId, Notifier, PostingLine, RequestId, ShownMessage, ShownPlace } from '@jamie/core';
import { OpsError } from '@jamie/core';
import { aConversation, aMessage, aRequest, FakePostingLine, type RecordingLogger } from '@jamie/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ShowContext } from '../agents-context.ts';
import { AgentsWorld, ListNotifier } from '../agents-world.fixture.ts';
import { showMessage } from './show-message.ts';
import { listUndeliverable, resumeUndeliverable } from './undeliverable.ts';

let world: AgentsWorld;
let line: PostingLine;
let context: ShowContext;

beforeEach(() => {
  world = new AgentsWorld();
  line = new FakePostingLine(world.clock);
  context = { ...world.context, postingLine: line };
});

afterEach(() => world.destroy());

/** Stores a message of a thread of its own; `answer`: what a person asked for. */
async function told(name: string, kind: 'answer' | 'ending' = 'ending'): Promise<MessageId> {
  const conversation = aConversation({ id: `c_${name}` as never });
  const requestId = `r_${name}` as RequestId;
  const id = (kind === 'answer' ? `m_${requestId}_answer` : `m_closing_${name}`) as MessageId;
  await world.store.commit([
    { kind: 'conversation.insert', conversation },
    { kind: 'request.insert', request: aRequest({ id: requestId, conversationId: conversation.id }) },
    { kind: 'message.insert', message: aMessage({ id, conversationId: conversation.id, requestId }) },
  ]);
  return id;
}

/** A notifier whose channel is full for what nobody waits for. */
class FullNotifier extends ListNotifier {
  readonly digests: (readonly MessageId[])[] = [];
  digestFailure: OpsError | undefined;

  override async findPostWait(_shown?: ShownMessage, isUrgent = false): Promise<number> {
    return isUrgent ? 0 : 5_000;
  }

  override async showDigest(messages: Parameters<Notifier['showDigest']>[0]) {
    if (this.digestFailure !== undefined) throw this.digestFailure;
    this.digests.push(messages.map(({ message }) => message.id));
    return { ts: `digest-${this.digests.length}`, isDigest: true as const };
  }
}

/** A notifier that takes as long as a test wants. */
class SlowNotifier extends ListNotifier {
  readonly #started: (() => void)[] = [];
  finish: (place: ShownPlace) => void = () => undefined;

  override show(): Promise<ShownPlace> {
    for (const notify of this.#started) notify();
    return new Promise((resolve) => {
      this.finish = resolve;
    });
  }

  started(): Promise<void> {
    return new Promise((resolve) => this.#started.push(resolve));
  }
}

const slackOf = async (id: MessageId) => (await world.store.findMessage(id))?.slack;

describe('a message that nobody can be told', () => {
  const revoked = new OpsError('forbidden', 'nobody can be told', {
    userMessage: 'The bot token was revoked.',
    details: { reason: 'token_revoked' },
  });

  it('ends its job, and is on record with the reason', async () => {
    const notifier = new ListNotifier();
    notifier.failure = revoked;
    const id = await told('a', 'answer');
    await showMessage(context, notifier, id);
    const [record, ...more] = await listUndeliverable(context);
    expect(more).toEqual([]);
    expect(record?.entry).toMatchObject({
      kind: 'message.undeliverable',
      details: { messageId: id, teamId: 'T1', reason: 'token_revoked', why: 'The bot token was revoked.' },
    });
    expect((context.logger as RecordingLogger).entries).toContainEqual(
      expect.objectContaining({ level: 'error', message: 'nobody could be told' }),
    );
  });

  it('is tried again while the failure may pass, and on record after the last attempt', async () => {
    const notifier = new ListNotifier();
    notifier.failure = new OpsError('unavailable', 'slack cannot be reached');
    const id = await told('a', 'answer');
    await expect(showMessage(context, notifier, id)).rejects.toMatchObject({ code: 'unavailable' });
    expect(await listUndeliverable(context)).toEqual([]);
    await showMessage(context, notifier, id, true);
    expect(await listUndeliverable(context)).toHaveLength(1);
  });

  it('is on its way again when the workspace is there again, and no other workspace is', async () => {
    const notifier = new ListNotifier();
    notifier.failure = revoked;
    const id = await told('a', 'answer');
    await showMessage(context, notifier, id);
    expect(await resumeUndeliverable(context, 'T9')).toBe(0);
    expect(await resumeUndeliverable(context, 'T1')).toBe(1);
    expect(await resumeUndeliverable(context, 'T1')).toBe(1);
    const jobs = (await world.store.listOutbox(10)).filter(({ job }) => job.payload['messageId'] === id);
    expect(jobs).toHaveLength(1);
    notifier.failure = undefined;
    await showMessage(context, notifier, id);
    expect(await resumeUndeliverable(context, 'T1')).toBe(0);
  });
});

describe('the claim of a message', () => {
  it('lasts as long as the work does, and what it prolonged is not taken for a new version', async () => {
    const id = await told('a', 'answer');
    const slow = new SlowNotifier();
    const begun = slow.started();
    const showing = showMessage(context, slow, id);
    await begun;
    await world.clock.advance(20_000);
    await expect(showMessage(context, new ListNotifier(), id)).rejects.toMatchObject({ retryAfterMs: 300 });
    slow.finish({ ts: '1.0' });
    await showing;
    const message = await world.store.findMessage(id);
    expect(message?.slack).toEqual({ ts: '1.0', shownVersion: message?.version });
  });

  it('of a worker that died is over within seconds, and the next one looks before it posts', async () => {
    const id = await told('a', 'answer');
    const message = await world.store.findMessage(id);
    if (message === undefined) throw new Error('it was stored');
    const slack = { shownVersion: 0, claimedUntil: world.clock.now() + 6_000 };
    await world.store.commit([
      { kind: 'message.update', message: { ...message, slack, version: 2 }, expectedVersion: 1 },
    ]);
    const attempts: unknown[] = [];
    class LookingNotifier extends ListNotifier {
      override show(shown: ShownMessage, attempt?: unknown) {
        attempts.push(attempt);
        return super.show(shown);
      }
    }
    await expect(showMessage(context, new LookingNotifier(), id)).rejects.toMatchObject({
      code: 'unavailable',
    });
    await world.clock.advance(6_000);
    await showMessage(context, new LookingNotifier(), id);
    expect(attempts).toEqual([{ isUrgent: true, isFirst: false }]);
  });

  it('that ends far away, because the clock was set back, is no longer than any other', async () => {
    const id = await told('a', 'answer');
    const message = await world.store.findMessage(id);
    if (message === undefined) throw new Error('it was stored');
    const slack = { shownVersion: 0, claimedUntil: world.clock.now() + 600_000 };
    await world.store.commit([
      { kind: 'message.update', message: { ...message, slack, version: 2 }, expectedVersion: 1 },
    ]);
    await expect(showMessage(context, new ListNotifier(), id)).rejects.toMatchObject({ code: 'unavailable' });
    await world.clock.advance(6_000);
    await showMessage(context, new ListNotifier(), id);
    expect(await slackOf(id)).toMatchObject({ ts: '1.0' });
  });

  it('leaves no mark of an attempt when Slack took nothing', async () => {
    const id = await told('a', 'answer');
    const notifier = new ListNotifier();
    notifier.failure = new OpsError('rate_limited', 'slow down', { retryAfterMs: 5_000 });
    await expect(showMessage(context, notifier, id)).rejects.toMatchObject({ retryAfterMs: 5_000 });
    expect(await slackOf(id)).toBeUndefined();
    notifier.failure = new OpsError('timeout', 'slack did not answer in time');
    await expect(showMessage(context, notifier, id)).rejects.toMatchObject({ code: 'timeout' });
    expect(await slackOf(id)).toEqual({ shownVersion: 0 });
  });
});

describe('a message of which a part is missing', () => {
  it('is known by what stands already, and shown again', async () => {
    const id = await told('a', 'answer');
    const failure = new OpsError('rate_limited', 'slow down', { retryAfterMs: 2_000 });
    class PartialNotifier extends ListNotifier {
      override async show(): Promise<ShownPlace> {
        return { ts: '1.0', parts: ['2.0'], failure };
      }
    }
    await expect(showMessage(context, new PartialNotifier(), id)).rejects.toBe(failure);
    expect(await slackOf(id)).toEqual({ ts: '1.0', parts: ['2.0'], shownVersion: 0 });
    const notifier = new ListNotifier();
    await showMessage(context, notifier, id);
    expect(notifier.shown).toHaveLength(1);
  });
});

describe('a channel in which too much waits', () => {
  async function wait(notifier: Notifier, count: number): Promise<readonly MessageId[]> {
    const ids: MessageId[] = [];
    for (let index = 0; index < count; index += 1) {
      const id = await told(`n${index}`);
      ids.push(id);
      await showMessage(context, notifier, id).catch((error: unknown) => {
        expect(error).toMatchObject({ code: 'rate_limited', retryable: true });
      });
    }
    return ids;
  }

  it('keeps up to fifteen in line, each with the time at which it may come back', async () => {
    const notifier = new FullNotifier();
    await wait(notifier, 15);
    expect(notifier.digests).toEqual([]);
    const id = await told('answer', 'answer');
    await showMessage(context, notifier, id);
    expect(notifier.shown).toEqual([`${id}@2`]);
  });

  it('gets one message that lists them all, and each is on record as shown there', async () => {
    const notifier = new FullNotifier();
    const ids = await wait(notifier, 40);
    for (const id of ids) await showMessage(context, notifier, id).catch(() => undefined);
    const listed = notifier.digests.flat();
    expect(new Set(listed).size).toBe(listed.length);
    expect(listed.length).toBeGreaterThan(15);
    for (const [index, digest] of notifier.digests.entries()) {
      for (const id of digest) {
        const message = await world.store.findMessage(id);
        expect(message?.slack).toEqual({
          ts: `digest-${index + 1}`,
          isDigest: true,
          shownVersion: message?.version,
        });
      }
    }
  });

  it('lists nothing that somebody waits for', async () => {
    const notifier = new FullNotifier();
    for (let index = 0; index < 20; index += 1) {
      const id = await told(`a${index}`, 'answer');
      await showMessage(context, notifier, id);
    }
    expect(notifier.digests).toEqual([]);
    expect(notifier.shown).toHaveLength(20);
  });

  it('lets each message find its own way when it refuses the digest', async () => {
    const notifier = new FullNotifier();
    notifier.digestFailure = new OpsError('forbidden', 'refused', { details: { slackError: 'is_archived' } });
    const ids = await wait(notifier, 17);
    expect(await line.listRollable('T1:C1', 99)).not.toContain(ids[0]);
    for (const id of ids) expect((await slackOf(id))?.ts).toBeUndefined();
  });
});
