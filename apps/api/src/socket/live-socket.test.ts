import { once } from 'node:events';
import {
  createTemporaryDirectory,
  FakeClock,
  FakeDesk,
  RecordingLogger,
  SequentialIds,
} from '@jamie/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { WebSocket } from 'ws';
import type { ApiOptions } from '../api-options.ts';
import { startTestApi, TEST_TOKEN, type TestApi } from '../testing/start-test-api.ts';

let directory = createTemporaryDirectory();
let desk: FakeDesk;
let api: TestApi;
let clients: WebSocket[] = [];

async function start(overrides: Partial<ApiOptions> = {}): Promise<void> {
  const ids = new SequentialIds();
  api = await startTestApi({ desk, logger: new RecordingLogger(), ids, dataDir: directory.path }, overrides);
}

/** A client that keeps every frame and hands them out in order. */
function connect(headers: Record<string, string> = {}, path = '/ws') {
  const socket = new WebSocket(`${api.url.replace('http', 'ws')}${path}`, { headers });
  clients.push(socket);
  const frames: unknown[] = [];
  const waiting: ((frame: unknown) => void)[] = [];
  socket.on('message', (data) => {
    const frame: unknown = JSON.parse(data.toString());
    const next = waiting.shift();
    if (next === undefined) frames.push(frame);
    else next(frame);
  });
  return {
    socket,
    send: (frame: unknown) => socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame)),
    next: () =>
      frames.length > 0 ? Promise.resolve(frames.shift()) : new Promise((resolve) => waiting.push(resolve)),
    opened: () => once(socket, 'open'),
    closed: async () => {
      const [code, reason] = (await once(socket, 'close')) as [number, Buffer];
      return { code, reason: reason.toString() };
    },
  };
}

/** The HTTP status with which an upgrade is refused. */
async function refusal(headers: Record<string, string>, path = '/ws'): Promise<number> {
  const { socket } = connect(headers, path);
  socket.on('error', () => undefined);
  const [, response] = (await once(socket, 'unexpected-response')) as [unknown, { statusCode: number }];
  return response.statusCode;
}

async function cookie(): Promise<string> {
  const { headers } = await api.raw({ path: `/?token=${TEST_TOKEN}` });
  return headers['set-cookie']?.[0]?.split(';')[0] ?? '';
}

const bearer = { authorization: `Bearer ${TEST_TOKEN}` };
const subscribe = { type: 'subscribe', conversationKey: 'page' };
const submit = { type: 'submit', text: 'help', form: 'command', conversationKey: 'page' };

beforeEach(() => {
  directory = createTemporaryDirectory();
  desk = new FakeDesk({ clock: new FakeClock(), ids: new SequentialIds() });
  clients = [];
});
afterEach(async () => {
  for (const client of clients) client.terminate();
  await api.stop();
  directory.remove();
});

describe('/ws', () => {
  it('pushes the messages of the subscribed conversation and answers what is submitted', async () => {
    await start();
    const client = connect({ origin: api.url, cookie: await cookie() });
    await client.opened();
    client.send(subscribe);
    expect(await client.next()).toEqual({ type: 'subscribed', conversationKey: 'page' });
    client.send({ ...submit, idempotencyKey: 'k1' });
    const frames = [await client.next(), await client.next(), await client.next()];
    expect(frames).toEqual([
      expect.objectContaining({
        type: 'message',
        shown: expect.objectContaining({ conversation: expect.anything() }),
      }),
      expect.objectContaining({ type: 'message' }),
      { type: 'submitted', requestId: 'req_1', conversationId: 'conv_1', idempotencyKey: 'k1' },
    ]);
    expect(desk.submissions[0]).toMatchObject({ idempotencyKey: 'local:k1', principal: { id: 'local' } });
  });

  it('pushes nothing of other conversations', async () => {
    await start();
    const client = connect(bearer);
    await client.opened();
    client.send({ ...subscribe, conversationKey: 'mine' });
    await client.next();
    client.send({ ...submit, conversationKey: 'theirs' });
    expect(await client.next()).toMatchObject({ type: 'submitted' });
    client.send({ ...submit, conversationKey: 'mine' });
    expect(await client.next()).toMatchObject({
      type: 'message',
      shown: { conversation: { place: { key: 'mine' } } },
    });
  });

  it('pushes a card again when its plan moves', async () => {
    await start();
    const client = connect(bearer);
    await client.opened();
    client.send(subscribe);
    client.send({ ...submit, text: 'scale deploy/checkout 5' });
    await client.next();
    await client.next();
    const shown = (await client.next()) as {
      shown: { card: { planId: Parameters<FakeDesk['readCard']>[0] } };
    };
    await client.next();
    desk.movePlan(shown.shown.card.planId, 'succeeded', 'Done.');
    expect(await client.next()).toMatchObject({
      shown: { card: { status: 'succeeded', actions: ['undo'] } },
    });
  });

  it('takes the token in the first message from a client that is no browser', async () => {
    await start();
    const client = connect();
    await client.opened();
    client.send({ type: 'authenticate', token: TEST_TOKEN });
    expect(await client.next()).toEqual({ type: 'authenticated' });
    client.send(subscribe);
    expect(await client.next()).toMatchObject({ type: 'subscribed' });
  });

  it.each([{ type: 'authenticate', token: 'wrong' }, subscribe, submit])(
    'lets go of a client that is not known and sends %j',
    async (frame) => {
      await start();
      const client = connect();
      await client.opened();
      client.send(frame);
      expect(await client.closed()).toMatchObject({ code: 1008 });
      expect(desk.submissions).toEqual([]);
    },
  );

  it('lets go of a client that stays unknown for too long', async () => {
    const clock = new FakeClock();
    await start({ clock });
    const before = clock.sleeping;
    const client = connect();
    await client.opened();
    await clock.untilSleeping(before + 1);
    const closed = client.closed();
    await clock.advance(5_000);
    expect(await closed).toEqual({ code: 1008, reason: 'authenticate first' });
  });

  it('refuses foreign origins, unknown hosts, pages without the cookie and other paths before they open', async () => {
    await start();
    const signedIn = { cookie: await cookie() };
    expect(await refusal({ ...signedIn, origin: 'http://evil.example' })).toBe(403);
    expect(await refusal({ ...signedIn, origin: 'null' })).toBe(403);
    expect(await refusal({ ...signedIn, host: 'evil.example', origin: 'http://evil.example' })).toBe(421);
    expect(await refusal({ origin: api.url })).toBe(401);
    expect(await refusal(bearer, '/agent')).toBe(404);
  });

  it.each(['not json', '[]', '{"type":"approve"}', '{"type":"subscribe","conversationKey":"a/b"}'])(
    'says so when it does not understand %s, and goes on',
    async (text) => {
      await start();
      const client = connect(bearer);
      await client.opened();
      client.send(text);
      expect(await client.next()).toMatchObject({ type: 'error', error: { code: 'invalid_input' } });
      client.send(subscribe);
      expect(await client.next()).toMatchObject({ type: 'subscribed' });
    },
  );

  it('ends a connection that sends too much at once or too often', async () => {
    await start();
    const large = connect(bearer);
    await large.opened();
    large.send({ ...submit, text: 'x'.repeat(70_000) });
    expect(await large.closed()).toMatchObject({ code: 1009 });
    const often = connect(bearer);
    await often.opened();
    for (let count = 0; count <= 100; count += 1) often.send(subscribe);
    expect(await often.closed()).toMatchObject({ code: 1008, reason: 'too many messages' });
    expect(desk.submissions).toEqual([]);
  });

  it('takes text only', async () => {
    await start();
    const client = connect(bearer);
    await client.opened();
    client.socket.send(Buffer.from([1, 2, 3]));
    expect(await client.closed()).toMatchObject({ code: 1003 });
  });

  it('ends a connection whose peer is gone without a word', async () => {
    const clock = new FakeClock();
    await start({ clock });
    const deaf = connect(bearer);
    const lively = connect(bearer);
    await Promise.all([deaf.opened(), lively.opened()]);
    deaf.socket.pause();
    const pinged = once(lively.socket, 'ping');
    await clock.advance(30_000);
    await pinged;
    lively.send(subscribe);
    await lively.next();
    const again = once(lively.socket, 'ping');
    await clock.advance(30_000);
    await again;
    deaf.socket.resume();
    expect((await deaf.closed()).code).toBe(1006);
    expect(lively.socket.readyState).toBe(WebSocket.OPEN);
  });

  it('tells open connections when it stops', async () => {
    await start();
    const client = connect(bearer);
    await client.opened();
    const closed = client.closed();
    await api.stop();
    expect([1001, 1006]).toContain((await closed).code);
  });

  it('counts open connections', async () => {
    await start();
    const client = connect(bearer);
    await client.opened();
    const { text } = await api.call({ path: '/metrics' });
    expect(text).toContain('jamie_websocket_connections 1');
    client.socket.close();
    await client.closed();
  });
});
