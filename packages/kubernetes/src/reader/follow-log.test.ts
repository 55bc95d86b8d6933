import type { ServerResponse } from 'node:http';
import { createPermitOffice, isOpsError, type LogQuery } from '@jamie/core';
import { systemClock } from '@jamie/runtime';
import { RecordingLogger } from '@jamie/testing';
import { observe } from '@jamie/testing/contracts';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { plainAccess } from '../access/plain-access.ts';
import { type ClusterClient, createClusterClient } from '../cluster-client.ts';
import { apiStatus, json, ScriptedApiServer } from '../doubles/scripted-api-server.ts';

const QUERY: LogQuery = {
  namespace: 'shop',
  pod: 'web-1',
  container: 'web',
  previous: false,
  tailLines: 5,
  limitBytes: 1_000,
};
const HEADERS_MS = 500;

let server: ScriptedApiServer;
let client: ClusterClient;
let log: ServerResponse | undefined;
let heard: string[];
let stop: AbortController;

beforeEach(async () => {
  heard = [];
  log = undefined;
  stop = new AbortController();
  server = await ScriptedApiServer.start((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/plain' });
    log = response;
  });
  client = createClusterClient({
    cluster: 'test',
    access: plainAccess({ url: server.url, token: 'service-token' }),
    permits: createPermitOffice(),
    clock: systemClock,
    logger: new RecordingLogger(),
    limits: { headersMs: HEADERS_MS, bodyIdleMs: 500, totalMs: 1_000 },
  });
});

afterEach(async () => {
  stop.abort();
  await client.close();
  await server.stop();
});

async function listen(query: Partial<LogQuery> = {}): Promise<string> {
  for await (const text of client.reader.followLog({ ...QUERY, ...query }, stop.signal, ALICE))
    heard.push(text);
  return heard.join('');
}

async function codeOf(listening: Promise<unknown>): Promise<string> {
  const error = await listening.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return isOpsError(error) ? error.code : 'no error';
}

async function untilHeard(text: string): Promise<void> {
  await observe(
    async () => heard.join(''),
    (sofar) => sofar === text,
  );
}

/** The connection that carried the log; the pool may hold others for what comes next. */
async function untilClosed(): Promise<void> {
  await observe(
    async () => log?.closed,
    (closed) => closed === true,
  );
}

const ALICE = { user: 'alice', groups: [] };

describe('followLog', () => {
  it('hands on what is written when it is written, and ends with the container', async () => {
    const listening = listen();
    await server.untilSeen(1);
    log?.write('one\n');
    await untilHeard('one\n');
    log?.end('two\n');
    expect(await listening).toBe('one\ntwo\n');
    expect(server.seen[0]?.target).toBe(
      '/api/v1/namespaces/shop/pods/web-1/log?container=web&tailLines=5&limitBytes=1000&follow=true',
    );
    expect(server.seen[0]?.headers['impersonate-user']).toBe('alice');
  });

  it('waits longer for a silent container than for any other answer', async () => {
    const listening = listen();
    await server.untilSeen(1);
    await systemClock.sleep(3 * HEADERS_MS);
    log?.end('at last\n');
    expect(await listening).toBe('at last\n');
  });

  it('ends without an error when it is told to, and closes the connection', async () => {
    const listening = listen();
    await server.untilSeen(1);
    log?.write('one\n');
    await untilHeard('one\n');
    stop.abort();
    expect(await listening).toBe('one\n');
    await untilClosed();
  });

  it('ends without an error while nothing has been answered yet', async () => {
    const listening = listen();
    await server.untilSeen(1);
    stop.abort();
    expect(await listening).toBe('');
    await untilClosed();
  });

  it('asks nothing once it has been told to end', async () => {
    stop.abort();
    expect(await listen()).toBe('');
    expect(server.seen).toHaveLength(0);
  });

  it('closes the connection when nobody listens any more', async () => {
    server.answerWith((_request, response) => {
      log = response;
      response.write('one\n');
    });
    for await (const _text of client.reader.followLog(QUERY, stop.signal)) break;
    await untilClosed();
  });

  it('takes no more bytes than it may, keeps characters whole, and closes the connection', async () => {
    server.answerWith((_request, response) => {
      log = response;
      const bytes = Buffer.from('aä€🙂'.repeat(20), 'utf8');
      for (const byte of bytes) response.write(Buffer.of(byte));
    });
    expect(await listen({ limitBytes: 15 })).toBe('aä€🙂aä');
    await untilClosed();
  });

  it('translates what goes wrong', async () => {
    server.answerWith(apiStatus(400, 'BadRequest', 'container web is waiting to start'));
    expect(await codeOf(listen())).toBe('invalid_input');
    server.answerWith(apiStatus(404, 'NotFound', 'pods "web-1" not found'));
    expect(await codeOf(listen())).toBe('not_found');
    server.answerWith(apiStatus(403, 'Forbidden', 'alice cannot'));
    expect(await codeOf(listen())).toBe('forbidden');
    server.answerWith((_request, response) =>
      response.write('one\n', () => response.socket?.resetAndDestroy()),
    );
    expect(await codeOf(listen())).toBe('unavailable');
  });

  it('refuses bounds and names that cannot be, before any request', async () => {
    for (const bad of [
      { limitBytes: 0 },
      { tailLines: 0 },
      { pod: '../x' },
      { container: '' },
      { sinceSeconds: 0 },
    ])
      expect(await codeOf(listen(bad))).toBe('invalid_input');
    expect(server.seen).toHaveLength(0);
    server.answerWith(json({}));
  });
});
