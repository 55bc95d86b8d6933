import {
  type ConversationId,
  isOpsError,
  type JobRequest,
  type Message,
  type MessageId,
  OpsError,
  type Reply,
} from '@jamie/core';
import { aContainer, aDeployed, aSnapshot, terminated } from '@jamie/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AgentsWorld, ListNotifier } from '../agents-world.fixture.ts';
import { endFollowing } from '../commands/follow.ts';
import { followLog } from './follow-log.ts';
import { showMessage } from './show-message.ts';

const KEY_ID = ['AKIA', 'IOSFODNN7', 'EXAMPLE'].join('');
const PAUSE_MS = 2_000;

let world: AgentsWorld;
let containerLog: AgentsWorld['cluster']['containerLog'];

beforeEach(() => {
  world = new AgentsWorld();
  world.cluster.now = () => world.clock.now();
  containerLog = world.cluster.containerLog;
  containerLog.write('starting');
});

afterEach(() => world.destroy());

/** The look that was asked for last. */
async function nextLook(): Promise<JobRequest | undefined> {
  const jobs = (await world.store.listOutbox(1_000)).map(({ job }) => job);
  return jobs.filter(({ name }) => name === 'requests.follow').at(-1);
}

/** Lets the pause pass and looks once, as a worker would. */
async function look(isLastAttempt = false): Promise<void> {
  const job = await nextLook();
  if (job === undefined) throw new Error('nobody asked for another look');
  await world.clock.advance(Math.max(0, (job.runAt ?? 0) - world.clock.now()));
  await followLog(world.context, job.payload, isLastAttempt);
}

async function message(): Promise<Message> {
  const id = (await nextLook())?.payload['messageId'] as MessageId;
  const found = await world.store.findMessage(id);
  if (found === undefined) throw new Error('no message');
  return found;
}

async function reply(): Promise<Reply> {
  const { body } = await message();
  if (body.kind !== 'reply') throw new Error('no reply');
  return body.reply;
}

const textOf = (shown: Reply) => JSON.stringify(shown.sections);

describe('logs --follow', () => {
  it('answers at once with what there is and says until when it follows', async () => {
    const first = await world.ask('logs basket -n shop --follow 30s');
    expect(first.followingUntil).toBe(world.clock.now() + 30_000);
    expect(textOf(first)).toContain('starting');
    expect(textOf(first)).toContain('Following until 12:00:30 UTC');
    expect(await nextLook()).toMatchObject({ runAt: world.clock.now() + PAUSE_MS, payload: { tick: 1 } });
  });

  it('shows what comes, in the same message, and asks for the next look', async () => {
    await world.ask('logs basket -n shop --follow 30s');
    containerLog.write('ERROR broker gone');
    const { version, id } = await message();
    await look();
    expect((await reply()).headline).toContain('2 lines, one looks like an error: "ERROR broker gone"');
    expect(await message()).toMatchObject({ id, version: version + 1 });
    const shows = (await world.store.listOutbox(100)).filter(({ job }) => job.name === 'notifications.show');
    expect(shows.map(({ job }) => job.payload['version'])).toEqual([version, version + 1]);
    expect((await nextLook())?.payload['tick']).toBe(2);
  });

  it('leaves the message alone when nothing came', async () => {
    await world.ask('logs basket -n shop --follow 30s');
    const before = await message();
    await look();
    await look();
    expect(await message()).toEqual(before);
    expect((await nextLook())?.payload['tick']).toBe(3);
  });

  it('ends when its time is over, with a last look, and asks for no other', async () => {
    await world.ask('logs basket -n shop --follow 3s');
    await look();
    containerLog.write('last words');
    await look();
    expect(textOf(await reply())).toContain('last words');
    expect(textOf(await reply())).toContain('No longer following: the time is over');
    expect((await reply()).followingUntil).toBeUndefined();
    const job = await nextLook();
    const before = await message();
    await followLog(world.context, job?.payload ?? {}, false);
    expect(await message()).toEqual(before);
    expect(await nextLook()).toEqual(job);
  });

  it('gives everything as a file once it has ended, and not before', async () => {
    await world.ask('logs basket -n shop --follow 3s');
    for (let index = 0; index < 200; index += 1) containerLog.write(`line ${index}`);
    await look();
    expect((await reply()).files).toBeUndefined();
    await look();
    expect((await reply()).files?.[0]?.text).toContain('line 0\n');
  });

  it('goes on for the rest of its time after a crash between reading and storing, in one message', async () => {
    await world.ask('logs basket -n shop --follow 30s');
    containerLog.write('one');
    const commit = world.store.commit.bind(world.store);
    world.store.commit = async () => {
      throw new OpsError('unavailable', 'the process died');
    };
    await expect(look()).rejects.toMatchObject({ code: 'unavailable' });
    world.store.commit = commit;
    expect(textOf(await reply())).not.toContain('one');
    await world.clock.advance(10_000);
    await look();
    expect(textOf(await reply())).toContain('one');
    expect((await reply()).followingUntil).toBeDefined();
    await world.clock.advance(30_000);
    await look();
    expect(textOf(await reply())).toContain('the time is over');
    const { conversationId } = await message();
    const answers = (await world.store.listMessages(conversationId)).filter(
      ({ author }) => author === 'jamie',
    );
    expect(answers).toHaveLength(1);
  });

  it('asks for one next look, however often the same look runs', async () => {
    await world.ask('logs basket -n shop --follow 30s');
    containerLog.write('one');
    const job = await nextLook();
    await Promise.allSettled([1, 2, 3].map(() => followLog(world.context, job?.payload ?? {}, false)));
    const looks = (await world.store.listOutbox(100)).filter(
      ({ job: { name } }) => name === 'requests.follow',
    );
    expect(looks.map(({ job: { payload } }) => payload['tick'])).toEqual([1, 2]);
  });

  it('shows nothing more once the person may not read it any more', async () => {
    await world.ask('logs basket -n shop --follow 30s');
    await look();
    containerLog.write('for other eyes');
    world.cluster.mayAccess = () => false;
    await look();
    expect(textOf(await reply())).not.toContain('for other eyes');
    expect(textOf(await reply())).toContain('starting');
    expect(textOf(await reply())).toContain('no longer lets you read logs');
    expect((await reply()).followingUntil).toBeUndefined();
  });

  it('ends when the API server refuses, whatever the review said', async () => {
    await world.ask('logs basket -n shop --follow 30s');
    world.cluster.blind.add('ada');
    containerLog.write('for other eyes');
    await look();
    expect(textOf(await reply())).toContain('no longer lets you read logs');
    expect(textOf(await reply())).not.toContain('for other eyes');
  });

  it('ends when the pod is gone, and keeps what was shown', async () => {
    await world.ask('logs basket -n shop --follow 30s');
    world.cluster.snapshot = aSnapshot().build();
    await look();
    expect(textOf(await reply())).toContain('the pod is gone');
    expect(textOf(await reply())).toContain('starting');
  });

  it('ends with the container, and with its last words', async () => {
    await world.ask('logs basket -n shop --follow 30s');
    containerLog.write('panic: bye');
    const ended = aContainer({ ready: false, state: terminated(1) });
    const { pods } = aDeployed('basket', [
      { revision: 1, pods: [{ containers: [ended] }, { containers: [ended] }] },
    ]);
    world.cluster.snapshot = aSnapshot().with(pods).build();
    await look();
    expect(textOf(await reply())).toContain('panic: bye');
    expect(textOf(await reply())).toContain('the container has ended');
  });

  it('tries again while the cluster is away, and says so in the end', async () => {
    await world.ask('logs basket -n shop --follow 30s');
    world.cluster.beforeRead = () => {
      throw new OpsError('unavailable', 'refused');
    };
    const error = await look().catch((thrown: unknown) => thrown);
    expect(isOpsError(error, 'unavailable')).toBe(true);
    expect((await reply()).followingUntil).toBeDefined();
    await look(true);
    expect(textOf(await reply())).toContain('the cluster does not answer');
  });

  it('never shows half a line, which may hold half a secret', async () => {
    let written = `key ${KEY_ID.slice(0, 10)}`;
    const connection = world.cluster.connect();
    const { reader } = connection;
    const reviewAccess = reader.reviewAccess.bind(reader);
    const torn = Object.assign(Object.create(reader), { readLog: async () => written, reviewAccess });
    world.cluster.connect = () => ({ ...connection, reader: torn });
    const first = await world.ask('logs basket -n shop --follow 30s');
    expect(JSON.stringify(first)).not.toContain('AKIA');
    await look();
    expect(JSON.stringify(await reply())).not.toContain('AKIA');
    written = `key ${KEY_ID}\n-----BEGIN RSA PRIVATE KEY-----\nMIIE${KEY_ID.slice(0, 9)}\n`;
    await look();
    written += `${KEY_ID.slice(0, 9)}\n-----END RSA PRIVATE KEY-----\nafter\n`;
    await look();
    expect(textOf(await reply())).toContain('key [redacted]\\n[redacted]\\nafter');
    expect(JSON.stringify(await world.store.listOutbox(1_000))).not.toContain('AKIA');
    expect(JSON.stringify(await message())).not.toContain('AKIA');
  });

  it('ends at once when somebody stops it, and a look on its way changes nothing', async () => {
    await world.ask('logs basket -n shop --follow 30s');
    const conversationId: ConversationId = (await message()).conversationId;
    expect(await endFollowing(world.store, conversationId, world.clock.now())).toBe(1);
    expect(await endFollowing(world.store, conversationId, world.clock.now())).toBe(0);
    containerLog.write('too late');
    const before = await message();
    await look();
    expect(await message()).toEqual(before);
    expect(textOf(await reply())).toContain('somebody asked me to stop');
    expect((await nextLook())?.payload['tick']).toBe(1);
  });

  it('changes nothing when somebody stops it while it looks', async () => {
    await world.ask('logs basket -n shop --follow 30s');
    const { conversationId } = await message();
    const connection = world.cluster.connect();
    const { reader } = connection;
    const stopped = Object.assign(Object.create(reader), {
      reviewAccess: reader.reviewAccess.bind(reader),
      readLog: async () => {
        await endFollowing(world.store, conversationId, world.clock.now());
        return 'too late\n';
      },
    });
    world.cluster.connect = () => ({ ...connection, reader: stopped });
    await look();
    expect(textOf(await reply())).not.toContain('too late');
    expect(textOf(await reply())).toContain('somebody asked me to stop');
  });

  it('posts one message and repaints it, also when a repaint overtakes the first post', async () => {
    await world.ask('logs basket -n shop --follow 30s');
    const notifier = new ListNotifier();
    const { id } = await message();
    for (let index = 0; index < 4; index += 1) {
      containerLog.write(`line ${index}`);
      const shows = [1, 2].map(() => showMessage(world.context, notifier, id));
      await Promise.allSettled([...shows, look()]);
    }
    await showMessage(world.context, notifier, id);
    expect((await message()).slack?.ts).toBe('1.0');
    expect(notifier.shown.length).toBeGreaterThan(1);
    expect(textOf(await reply())).toContain('line 3');
  });
});
