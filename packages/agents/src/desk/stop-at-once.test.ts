import type { Clusters, ConversationId, Notifier, RequestId, StopPress } from '@jamie/core';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ADA, AgentsWorld, ListNotifier } from '../agents-world.fixture.ts';
import { createDesk } from './desk.ts';
import { handleRequest } from './handle-request.ts';

let world: AgentsWorld;
let notifier: ListNotifier;

beforeEach(() => {
  world = new AgentsWorld();
  notifier = new ListNotifier();
});

afterEach(() => world.destroy());

const desk = (findNotifier: () => Notifier | undefined = () => notifier) =>
  createDesk(world.context, findNotifier);

function press(traits: Partial<StopPress> = {}): StopPress {
  return { idempotencyKey: 'Ev9', principal: ADA, place: world.place, inboxId: 'in_9', ...traits };
}

async function submit(text: string, key = text) {
  return desk().submit({ idempotencyKey: key, principal: ADA, place: world.place, form: 'command', text });
}

async function repliesIn(conversationId: ConversationId) {
  const messages = await world.store.listMessages(conversationId);
  return messages.flatMap(({ body }) => (body.kind === 'reply' ? [body.reply] : []));
}

/** Handles a request over a cluster that never answers; resolves `reached` once it has been asked. */
function handleForEver(requestId: RequestId) {
  const reached = Promise.withResolvers<void>();
  const snapshot = () => {
    reached.resolve();
    return new Promise<never>(() => undefined);
  };
  const clusters: Clusters = {
    list: () => world.cluster.list(),
    connect: (name) => ({ ...world.cluster.connect(name), snapshots: { snapshot } }),
  };
  const running = handleRequest({ ...world.context, clusters }, requestId, false);
  return { running, reached: reached.promise };
}

describe('stop by a button', () => {
  it('ends what hangs at once, with one message that says so, shown without a worker', async () => {
    const { requestId, conversationId } = await submit('scale basket 3 -n shop');
    const { running, reached } = handleForEver(requestId);
    await reached;
    await desk().stop(press());
    await running;
    expect(await repliesIn(conversationId)).toMatchObject([
      {
        headline: 'Stopped.',
        sections: [
          { lines: ['Ada asked for it.'] },
          { kind: 'list', items: ['Stopped: scale basket 3 -n shop'] },
        ],
      },
    ]);
    expect(notifier.shown).toHaveLength(1);
  });

  it('names in one message everything that it has stopped, and answers every request', async () => {
    const plan = await world.ask('scale deploy/basket 3 -n shop');
    const first = await submit('why checkout -n shop');
    const second = await submit('health shop');
    await desk().stop(press());
    for (const { requestId } of [first, second])
      expect((await world.store.findRequest(requestId))?.status).toBe('answered');
    const replies = await repliesIn(first.conversationId);
    const items = replies.at(-1)?.sections.flatMap((each) => (each.kind === 'list' ? each.items : []));
    expect(items).toEqual([
      'Stopped: health shop',
      'Stopped: why checkout -n shop',
      expect.stringContaining(`Taken back: ${plan.planId}`),
    ]);
    expect(replies.filter(({ headline }) => headline === 'Stopped.')).toHaveLength(2);
  });

  it('takes back a plan that waits where no request is open', async () => {
    const plan = await world.ask('scale deploy/basket 3 -n shop');
    await desk().stop(press());
    const [record] = await world.store.listPlans({ limit: 1 });
    expect(record).toMatchObject({ status: 'cancelled' });
    const conversation = await world.store.findConversationAt(world.place);
    const replies = await repliesIn(conversation?.id ?? ('' as ConversationId));
    expect(JSON.stringify(replies.at(-1)?.sections)).toContain(`Taken back: ${plan.planId}`);
  });

  it('says nothing where nothing is left to stop, and counts a press that comes twice once', async () => {
    const answered = await world.ask('clusters');
    await desk().stop(press());
    const conversation = await world.store.findConversationAt(world.place);
    expect(await repliesIn(conversation?.id ?? ('' as ConversationId))).toEqual([answered]);
    const { conversationId } = await submit('health shop');
    await Promise.all([desk().stop(press()), desk().stop(press())]);
    await desk().stop(press());
    expect((await repliesIn(conversationId)).filter(({ headline }) => headline === 'Stopped.')).toHaveLength(
      1,
    );
  });

  it('leaves alone what was asked after the request that it means had ended', async () => {
    const first = await submit('clusters');
    await handleRequest(world.context, first.requestId, false);
    const next = await submit('health shop');
    await desk().stop(press({ requestId: first.requestId }));
    expect((await world.store.findRequest(next.requestId))?.status).toBe('open');
  });

  it('lets the jobs show it where Slack does not take it now', async () => {
    const { requestId } = await submit('health shop');
    await desk(() => undefined).stop(press());
    const jobs = (await world.store.listOutbox(100)).map(({ job }) => job);
    const shows = jobs.filter(
      ({ name, payload }) =>
        name === 'notifications.show' && String(payload['messageId']).includes(requestId),
    );
    expect(shows).toHaveLength(1);
  });

  it('reaches what runs in another process within a second', async () => {
    const { requestId } = await submit('scale basket 3 -n shop');
    const { running, reached } = handleForEver(requestId);
    await reached;
    const elsewhere = {
      ...world.context,
      running: {
        begin: () => ({ signal: new AbortController().signal, end: () => undefined }),
        abort: () => 0,
      },
    };
    await createDesk(elsewhere).stop(press());
    await world.clock.advance(1_000);
    await running;
    expect((await world.store.findRequest(requestId))?.status).toBe('answered');
  });
});
