import type { ChatModel, ClusterConnection, ConversationId, Reply, RequestId } from '@jamie/core';
import { OpsError, SILENT_BOARD } from '@jamie/core';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ADA, AgentsWorld } from '../agents-world.fixture.ts';
import { createDesk } from '../desk/desk.ts';
import { handleRequest } from '../desk/handle-request.ts';
import { createRunningRequests } from '../desk/running-requests.ts';
import { sweepGraphs } from '../desk/sweep-graphs.ts';
import { Death } from '../graphs/dying-saver.fixture.ts';

const QUESTION = 'why is checkout crashing in shop?';

let world: AgentsWorld;
/** How often a log was read: once for each run of the node that gathers. */
let reads: number;

beforeEach(() => {
  reads = 0;
  world = new AgentsWorld({
    toClusters: (cluster) => ({
      list: () => cluster.list(),
      connect: (name) => counting(cluster.connect(name)),
    }),
  });
});

afterEach(() => world.destroy());

/** The object with one member in another's place. */
function replacing<Whole extends object, Name extends keyof Whole>(
  whole: Whole,
  name: Name,
  member: Whole[Name],
): Whole {
  return new Proxy(whole, {
    get: (target, property) => {
      if (property === name) return member;
      const value: unknown = Reflect.get(target, property, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

function counting(connection: ClusterConnection): ClusterConnection {
  const { reader } = connection;
  const readLog: typeof reader.readLog = (query, as) => {
    reads += 1;
    return reader.readLog(query, as);
  };
  return { ...connection, reader: replacing(reader, 'readLog', readLog) };
}

let submissions = 0;
async function submit(text: string) {
  submissions += 1;
  return createDesk(world.context).submit({
    idempotencyKey: `jamie-${submissions}`,
    principal: ADA,
    place: { surface: 'slack', teamId: 'T1', channelId: 'C1', threadTs: `${submissions}.0` },
    form: 'sentence',
    text,
  });
}

async function answersIn(conversationId: ConversationId): Promise<readonly Reply[]> {
  const messages = await world.store.listMessages(conversationId);
  return messages.flatMap(({ author, body }) =>
    author === 'jamie' && body.kind === 'reply' ? [body.reply] : [],
  );
}

/** The same store and cluster, seen by a process that will die. */
function dying(death: Death) {
  return {
    ...world.context,
    checkpoints: world.openCheckpoints((saver) => death.stalk(saver)),
    running: createRunningRequests(),
    progress: SILENT_BOARD,
  };
}

async function countBoundaries(): Promise<readonly string[]> {
  const death = new Death();
  const { requestId } = await submit(QUESTION);
  await handleRequest(dying(death), requestId, false);
  return death.boundaries;
}

describe('the graph of Jamie', () => {
  it('answers as the command does, says that the model is off, and leaves no checkpoint', async () => {
    const typed = await world.ask('why checkout -n shop');
    const reply = await world.ask(QUESTION, 'sentence');
    expect(reply.headline).toBe(typed.headline);
    expect(reply.sections.at(-1)).toMatchObject({
      lines: [expect.any(String), 'No model was used: it is off.'],
    });
    expect(JSON.stringify(reply).match(/No model/g)).toHaveLength(1);
    expect(await world.context.checkpoints.list('', 10)).toEqual([]);
  });

  it('goes on after a death at any write, with the same answer, and runs no finished node again', async () => {
    const boundaries = await countBoundaries();
    // The input, understand, gather, compose: each stores what it wrote, then the checkpoint.
    const gathered = [...boundaries.entries()].filter(([, name]) => name === 'putWrites')[2]?.[0];
    expect(boundaries.length).toBeGreaterThan(5);
    const { conversationId: undisturbed } = await submit(QUESTION);
    for (const [boundary] of boundaries.entries()) {
      for (const moment of ['before', 'after'] as const) {
        reads = 0;
        const { requestId, conversationId } = await submit(QUESTION);
        const death = new Death(boundary, moment);
        expect(await death.orEndOf(handleRequest(dying(death), requestId, false))).toBe('died');
        expect(await answersIn(conversationId)).toEqual([]);
        await handleRequest(world.context, requestId, false);
        const [answer, ...more] = await answersIn(conversationId);
        expect(answer?.headline).toContain('Deployment shop/checkout');
        expect(more).toEqual([]);
        expect({ boundary, moment, reads }).toEqual({
          boundary,
          moment,
          reads: boundary === gathered && moment === 'before' ? 2 : 1,
        });
      }
    }
    expect(await answersIn(undisturbed)).toEqual([]);
  });

  it('keeps what it gathered while the store refuses the answer', async () => {
    const { requestId, conversationId } = await submit(QUESTION);
    const refusing = replacing(world.store, 'commit', () =>
      Promise.reject(new OpsError('unavailable', 'disk full')),
    );
    await expect(
      handleRequest({ ...world.context, store: refusing }, requestId, false),
    ).rejects.toMatchObject({
      code: 'unavailable',
    });
    await handleRequest(world.context, requestId, false);
    expect(reads).toBe(1);
    expect(await answersIn(conversationId)).toHaveLength(1);
  });

  it('begins anew where a checkpoint is of another version', async () => {
    const { requestId } = await submit(QUESTION);
    const saver = await world.context.checkpoints.loadSaver();
    const death = new Death(5, 'after');
    await death.orEndOf(handleRequest(dying(death), requestId, false));
    const tuple = await saver.getTuple({ configurable: { thread_id: requestId } });
    if (tuple === undefined) throw new Error('no checkpoint');
    const { checkpoint, config, metadata } = tuple;
    const foreign = { ...checkpoint, channel_values: { ...checkpoint.channel_values, format: 0 } };
    if (metadata === undefined) throw new Error('no metadata');
    await saver.put(config, { ...foreign, id: `${checkpoint.id.slice(0, -1)}f` }, metadata, { format: 9 });
    await handleRequest(world.context, requestId, false);
    expect(reads).toBe(2);
  });

  it('answers a request once, and rightly, that three workers run at the same time', async () => {
    for (let trial = 0; trial < 10; trial += 1) {
      const { requestId, conversationId } = await submit(QUESTION);
      const workers = [0, 1, 2].map(async (index) => {
        for (let turn = 0; turn < index * trial; turn += 1) await Promise.resolve();
        await handleRequest(dying(new Death()), requestId, false);
      });
      await Promise.allSettled(workers);
      await handleRequest(world.context, requestId, false);
      expect(await answersIn(conversationId)).toMatchObject([
        { tone: 'answer', headline: expect.stringContaining('Deployment shop/checkout') },
      ]);
    }
    await sweepGraphs(world.context);
    expect(await world.context.checkpoints.list('', 100)).toEqual([]);
  });

  it('sweeps what a crash left behind after the answer, and nothing that is still open', async () => {
    const open = await submit(QUESTION);
    const half = new Death(3, 'after');
    await half.orEndOf(handleRequest(dying(half), open.requestId, false));
    const done = await submit(QUESTION);
    const { checkpoints } = world.context;
    const forgetful = {
      ...checkpoints,
      delete: () => Promise.reject(new OpsError('unavailable', 'died here')),
    };
    await handleRequest({ ...world.context, checkpoints: forgetful }, done.requestId, false).catch(
      () => undefined,
    );
    expect(await checkpoints.list('', 10)).toHaveLength(2);
    expect(await sweepGraphs(world.context)).toBe(1);
    expect(await checkpoints.list('', 10)).toEqual([open.requestId]);
  });

  it('keeps no secret, no snapshot and no live object in its checkpoints', async () => {
    world.cluster.log = 'Error: cannot log in password=hunter2\n';
    const { requestId } = await submit(QUESTION);
    const death = new Death(6, 'after');
    await death.orEndOf(handleRequest(dying(death), requestId, false));
    const saver = await world.context.checkpoints.loadSaver();
    const texts: string[] = [];
    for await (const tuple of saver.list({ configurable: { thread_id: requestId } })) {
      texts.push(JSON.stringify([tuple.checkpoint, tuple.metadata, tuple.pendingWrites]));
    }
    expect(texts.join('')).toContain('cannot log in');
    expect(texts.join('')).not.toContain('hunter2');
    expect(texts.join('')).not.toContain('resourceVersion');
    expect(Math.max(...texts.map((text) => text.length))).toBeLessThan(20_000);
  });

  it('never lets a typed command in, in whatever form it comes', async () => {
    const graphless = {
      ...world.context,
      checkpoints: {
        ...world.context.checkpoints,
        loadSaver: () => Promise.reject(new Error('a command entered a graph')),
      },
    };
    for (const text of ['status', 'scale deploy/basket 3 -n shop', 'undo', 'health']) {
      const { requestId, conversationId } = await submit(text);
      await handleRequest(graphless, requestId, true);
      const [answer] = await answersIn(conversationId);
      expect(answer?.tone).not.toBe('error');
    }
  });

  it('takes a question for a question, though it reads like a command', async () => {
    for (const text of [
      'restart checkout?',
      'scale deploy/basket 3 -n shop?',
      'undo?',
      'freeze everything?',
    ]) {
      await world.ask(text, 'sentence');
    }
    expect(await world.store.listPlans({ limit: 1 })).toEqual([]);
    expect((await world.store.readFreeze()).frozen).toBe(false);
  });

  it('answers what follows ask as it answers a sentence', async () => {
    const reply = await world.ask(`ask ${QUESTION}`);
    expect(reply.headline).toContain('Deployment shop/checkout');
    expect((await world.ask('ask ask')).tone).toBe('refusal');
  });
});

describe('stopping', () => {
  it('ends a running question within a second, with one answer that says so', async () => {
    const { requestId, conversationId } = await submit(QUESTION);
    const reached = Promise.withResolvers<void>();
    const hanging = {
      ...world.context,
      clusters: {
        list: () => world.cluster.list(),
        connect: (name?: string) => {
          const connection = world.cluster.connect(name);
          return { ...connection, reader: replacing(connection.reader, 'readLog', hang) };
        },
      },
    };
    function hang(): Promise<string> {
      reached.resolve();
      return new Promise(() => undefined);
    }
    const running = handleRequest(hanging, requestId, false);
    await reached.promise;
    const stopId = await stopIn(conversationId);
    await handleRequest(world.context, stopId, false);
    await running;
    expect((await answersIn(conversationId)).map(({ headline }) => headline)).toEqual([
      'Stopped.',
      'Stopped.',
    ]);
    expect(await world.context.checkpoints.list('', 10)).toEqual([]);
  });

  it('aborts a call of the model that is under way', async () => {
    const asked = Promise.withResolvers<AbortSignal>();
    const model: ChatModel = {
      name: 'slow',
      chat: ({ signal }) => {
        asked.resolve(signal);
        return new Promise((_, reject) => {
          signal.addEventListener('abort', () => reject(new OpsError('cancelled', 'aborted')), {
            once: true,
          });
        });
      },
    };
    const { requestId, conversationId } = await submit(QUESTION);
    const running = handleRequest({ ...world.context, model }, requestId, false);
    const signal = await asked.promise;
    expect(signal.aborted).toBe(false);
    await handleRequest(world.context, await stopIn(conversationId), false);
    await running;
    expect(signal.aborted).toBe(true);
    expect((await answersIn(conversationId))[0]?.headline).toBe('Stopped.');
  });

  it('lets a run go that its worker has to let go, without an answer, for another to take up', async () => {
    const worker = new AbortController();
    const { requestId, conversationId } = await submit(QUESTION);
    const running = handleRequest(world.context, requestId, true, worker.signal);
    worker.abort(new OpsError('cancelled', 'the worker is stopping'));
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
    expect(await answersIn(conversationId)).toEqual([]);
    await handleRequest(world.context, requestId, false);
    expect(await answersIn(conversationId)).toHaveLength(1);
  });

  async function stopIn(conversationId: ConversationId): Promise<RequestId> {
    const conversation = await world.store.findConversation(conversationId);
    if (conversation === undefined) throw new Error('no conversation');
    submissions += 1;
    const { requestId } = await createDesk(world.context).submit({
      idempotencyKey: `stop-${submissions}`,
      principal: ADA,
      place: conversation.place,
      form: 'command',
      text: 'stop',
    });
    return requestId;
  }
});
