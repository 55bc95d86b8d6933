import type { ConversationId, MessageId, RequestId, Submission } from '@jamie/core';
import { OpsError } from '@jamie/core';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ADA, AgentsWorld, ListNotifier } from '../agents-world.fixture.ts';
import { createDesk } from './desk.ts';
import { answerOverdue, handleRequest } from './handle-request.ts';
import { showMessage } from './show-message.ts';

let world: AgentsWorld;

beforeEach(() => {
  world = new AgentsWorld();
});

afterEach(() => world.destroy());

const submission: Submission = {
  idempotencyKey: 'Ev1',
  principal: ADA,
  place: { surface: 'slack', teamId: 'T1', channelId: 'C1', threadTs: '1.0' },
  form: 'command',
  text: 'help',
};

const outbox = async () => (await world.store.listOutbox(100)).map(({ job }) => job.name);

describe('submit', () => {
  it('makes one request of the same submission, however often it comes', async () => {
    const desk = createDesk(world.context);
    const results = await Promise.all([1, 2, 3, 4].map(() => desk.submit(submission)));
    expect(new Set(results.map((result) => result.requestId)).size).toBe(1);
    expect(await outbox()).toEqual(['requests.handle']);
  });

  it('keeps conversations of different threads apart', async () => {
    const desk = createDesk(world.context);
    const first = await desk.submit(submission);
    const place = { ...submission.place, threadTs: '2.0' } as Submission['place'];
    const second = await desk.submit({ ...submission, idempotencyKey: 'Ev2', place });
    expect(second.conversationId).not.toBe(first.conversationId);
  });

  it('refuses a text that is too long, with what to do', async () => {
    const text = 'x'.repeat(8_001);
    await expect(createDesk(world.context).submit({ ...submission, text })).rejects.toMatchObject({
      code: 'invalid_input',
      userMessage: expect.stringContaining('at most 8000'),
    });
  });
});

describe('handleRequest', () => {
  const handle = (requestId: RequestId, isLast = false) => handleRequest(world.context, requestId, isLast);

  it('answers a request once, also when it is handled twice at the same time', async () => {
    const { requestId, conversationId } = await createDesk(world.context).submit(submission);
    await Promise.allSettled([handle(requestId), handle(requestId)]);
    await handle(requestId);
    const answers = (await world.store.listMessages(conversationId)).filter(
      (message) => message.author === 'jamie',
    );
    expect(answers).toHaveLength(1);
  });

  it('makes one plan of one request, also when it is handled twice', async () => {
    const { requestId } = await createDesk(world.context).submit({
      ...submission,
      text: 'scale basket 3 -n shop',
    });
    await Promise.allSettled([handle(requestId), handle(requestId)]);
    expect(await world.store.listPlans({ limit: 10 })).toHaveLength(1);
  });

  it('tries again when the cluster is away, and says so on the last attempt', async () => {
    const { requestId, conversationId } = await createDesk(world.context).submit({
      ...submission,
      text: 'scale basket 3 -n shop',
    });
    world.cluster.beforeRead = () => {
      throw new OpsError('unavailable', 'refused', { userMessage: 'The cluster test does not answer.' });
    };
    await expect(handle(requestId)).rejects.toMatchObject({ code: 'unavailable' });
    await handle(requestId, true);
    const last = (await world.store.listMessages(conversationId)).at(-1);
    expect(last?.body).toMatchObject({
      reply: {
        tone: 'error',
        headline: 'The cluster test does not answer.',
        referenceId: expect.any(String),
      },
    });
  });

  it('never shows an internal message to people', async () => {
    const { requestId, conversationId } = await createDesk(world.context).submit({
      ...submission,
      text: 'scale basket 3 -n shop',
    });
    world.cluster.beforeRead = () => {
      throw new Error('password=hunter2');
    };
    await handle(requestId);
    const text = JSON.stringify((await world.store.listMessages(conversationId)).at(-1));
    expect(text).toContain('wrong on my side');
    expect(text).not.toContain('hunter2');
  });
});

describe('readRequest', () => {
  it('shows what one request has brought, of a conversation with others', async () => {
    const desk = createDesk(world.context);
    const first = await desk.submit(submission);
    const second = await desk.submit({ ...submission, idempotencyKey: 'Ev2', text: 'clusters' });
    for (const { requestId } of [first, second]) await handleRequest(world.context, requestId, true);
    const shown = await desk.readRequest(second.requestId);
    expect(shown.map(({ message }) => [message.requestId, message.author])).toEqual([
      [second.requestId, 'person'],
      [second.requestId, 'jamie'],
    ]);
    expect(await desk.readRequest('r_none' as RequestId)).toEqual([]);
  });
});

describe('answerOverdue', () => {
  it('tells the others though one request has lost its conversation', async () => {
    const lost = await createDesk(world.context).submit(submission);
    const place = { ...submission.place, threadTs: '2.0' } as Submission['place'];
    const other = await createDesk(world.context).submit({ ...submission, idempotencyKey: 'Ev2', place });
    await world.clock.advance(60_001);
    const store = new Proxy(world.store, {
      get: (target, property) => {
        const value: unknown = Reflect.get(target, property, target);
        if (typeof value !== 'function') return value;
        if (property !== 'findConversation') return value.bind(target);
        return async (id: ConversationId) =>
          id === lost.conversationId ? undefined : target.findConversation(id);
      },
    });
    expect(await answerOverdue({ ...world.context, store }, 60_000)).toBe(1);
    expect((await world.store.findRequest(other.requestId))?.status).toBe('answered');
  });

  it('tells a person whose request was never answered, once, and leaves young requests alone', async () => {
    const { requestId, conversationId } = await createDesk(world.context).submit(submission);
    expect(await answerOverdue(world.context, 60_000)).toBe(0);
    await world.clock.advance(60_001);
    expect(await answerOverdue(world.context, 60_000)).toBe(1);
    expect(await answerOverdue(world.context, 60_000)).toBe(0);
    await handleRequest(world.context, requestId, true);
    const answers = (await world.store.listMessages(conversationId)).filter(
      (message) => message.author === 'jamie',
    );
    expect(answers).toMatchObject([
      { body: { reply: { tone: 'error', headline: expect.stringContaining('Ask again') } } },
    ]);
  });
});

describe('showMessage', () => {
  async function answered(text = 'help'): Promise<MessageId> {
    const { requestId, conversationId } = await createDesk(world.context).submit({ ...submission, text });
    await handleRequest(world.context, requestId, true);
    const shown = (await world.store.listMessages(conversationId)).find(
      (message) => message.author === 'jamie',
    );
    if (shown === undefined) throw new Error('no answer');
    return shown.id;
  }

  it('posts a message once, however often it is asked to', async () => {
    const notifier = new ListNotifier();
    const id = await answered();
    await Promise.allSettled([1, 2, 3].map(() => showMessage(world.context, notifier, id)));
    await showMessage(world.context, notifier, id);
    expect(notifier.shown).toHaveLength(1);
    expect(await world.store.findMessage(id)).toMatchObject({ slack: { ts: '1.0' } });
  });

  it('repaints a card when its plan has moved, and only then', async () => {
    const notifier = new ListNotifier();
    const id = await answered('scale basket 3 -n shop');
    await showMessage(world.context, notifier, id);
    await showMessage(world.context, notifier, id);
    expect(notifier.shown).toHaveLength(1);
    const [record] = await world.store.listPlans({ limit: 1 });
    if (record === undefined) throw new Error('no plan');
    await world.context.operations.vote({ planId: record.plan.id, principal: ADA, decision: 'deny' });
    await showMessage(world.context, notifier, id);
    expect(notifier.shown).toHaveLength(2);
  });

  it('lets go of a message that could not be posted, so that the next try may', async () => {
    const notifier = new ListNotifier();
    const id = await answered();
    notifier.failure = new OpsError('rate_limited', 'slow down');
    await expect(showMessage(world.context, notifier, id)).rejects.toMatchObject({ code: 'rate_limited' });
    notifier.failure = undefined;
    await showMessage(world.context, notifier, id);
    expect(notifier.shown).toHaveLength(1);
  });

  it('leaves what people wrote, and the local page, alone', async () => {
    const notifier = new ListNotifier();
    const id = await answered();
    await showMessage(world.context, notifier, id.replace('_answer', '_asked') as MessageId);
    expect(notifier.shown).toEqual([]);
  });

  it('keeps the work while Slack is away', async () => {
    const id = await answered();
    await expect(showMessage(world.context, undefined, id)).rejects.toMatchObject({
      code: 'unavailable',
      retryable: true,
    });
  });
});
