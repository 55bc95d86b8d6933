import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { until } from '../contracts/until.ts';
import { FakeClock } from '../fakes/fake-clock.ts';
import { type BoltApp, startBoltApp } from './bolt-app.fixture.ts';
import type { Delivery } from './delivery.ts';
import { signSlackRequest } from './signed-request.ts';
import { createSlackEmulator, type SlackEmulator } from './slack-emulator.ts';

interface Received {
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

type Answer = { readonly status: number; readonly headers?: Record<string, string> } | 'never';

let slack: SlackEmulator;
let clock: FakeClock;
let server: Server;
let received: Received[];
/** What the app answers next; 200 after that. */
let answers: Answer[];

beforeEach(async () => {
  clock = new FakeClock();
  slack = createSlackEmulator({ mode: 'http', clock });
  await slack.start();
  slack.workspace.addChannel('C1');
  received = [];
  answers = [];
  server = createServer((request, response) => void take(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  slack.setRequestUrl(`http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`);
});

afterEach(async () => {
  await slack.stop();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  received.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
  const answer = answers.shift() ?? { status: 200 };
  if (answer !== 'never') response.writeHead(answer.status, answer.headers ?? {}).end('');
}

function say(...texts: readonly string[]): void {
  for (const text of texts) slack.say({ user: 'U1', channel: 'C1', text });
}

function retriesOf(list: readonly Received[]): readonly unknown[] {
  return list.map(({ headers }) => [headers['x-slack-retry-num'], headers['x-slack-retry-reason']]);
}

describe('HTTP mode', () => {
  it('signs what it sends', async () => {
    say('x');
    await until(() => received.length === 1);
    const { headers, body } = received[0] as Received;
    const timestamp = Number(headers['x-slack-request-timestamp']);
    expect(timestamp).toBe(Math.floor(clock.now() / 1_000));
    expect(headers['x-slack-signature']).toBe(signSlackRequest(slack.signingSecret, timestamp, body));
    expect(headers['content-type']).toBe('application/json');
  });

  it('sends interactions as a form with one field', async () => {
    slack.shortcut({
      user: 'U1',
      channel: 'C1',
      ts: slack.workspace.addMessage({ channel: 'C1', user: 'U1', text: 'x', isOurs: false, blocks: [] }).ts,
      callbackId: 'ask',
    });
    await until(() => received.length === 1);
    const form = new URLSearchParams(received[0]?.body);
    expect([...form.keys()]).toEqual(['payload']);
    expect(JSON.parse(form.get('payload') ?? '')).toMatchObject({
      type: 'message_action',
      callback_id: 'ask',
    });
  });

  it('sends an event again at once, after a minute and after five, and says why', async () => {
    answers = [{ status: 500 }, 'never', { status: 404 }];
    say('x');
    await until(() => received.length === 2);
    await clock.advance(3_000 + 60_000);
    await until(() => received.length === 3);
    await clock.untilSleeping();
    await until(() => slack.poster.pending === 1);
    await new Promise((resolve) => setImmediate(resolve));
    await clock.advance(300_000);
    await slack.waitFor(() => slack.acknowledgements[0]);
    expect(retriesOf(received)).toEqual([
      [undefined, undefined],
      ['1', 'http_error'],
      ['2', 'http_timeout'],
      ['3', 'http_error'],
    ]);
    expect(slack.acknowledgements[0]).toMatchObject({ attempt: 3 });
  });

  it('sends no more of what the app does not want again', async () => {
    answers = [{ status: 500, headers: { 'x-slack-no-retry': '1' } }];
    say('x');
    await until(() => received.length > 0 && slack.poster.pending === 0);
    await clock.advance(400_000);
    expect(received).toHaveLength(1);
  });

  it('follows no redirect', async () => {
    answers = [{ status: 302, headers: { location: '/elsewhere' } }];
    say('x');
    await slack.waitFor(() => slack.acknowledgements[0]);
    expect(retriesOf(received)[1]).toEqual(['1', 'too_many_redirects']);
  });

  it('repeats, reorders and loses on demand', async () => {
    slack.faults.duplicateNext();
    say('x');
    await until(() => received.length === 2);
    expect(received[1]?.body).toBe(received[0]?.body);
    expect(retriesOf(received)[1]).toEqual(['1', 'http_timeout']);
    slack.faults.reorderNext(2);
    say('first', 'second');
    await until(() => received.length === 4 && slack.poster.pending === 0);
    expect(received.slice(2).map(({ body }) => body.includes('"first"'))).toEqual([false, true]);
    slack.faults.dropAtNextAck();
    say('lost');
    await until(() => received.length === 6);
    expect(received.slice(4).every(({ body }) => body.includes('"lost"'))).toBe(true);
  });
});

describe('HTTP mode, with a real Bolt app', () => {
  let bolt: BoltApp;
  const delivery: Delivery = {
    kind: 'events_api',
    payload: { type: 'event_callback', event: { type: 'x' } },
  };

  beforeEach(async () => {
    await slack.stop();
    // Bolt compares the time of a request with its own.
    clock = new FakeClock(Date.now());
    slack = createSlackEmulator({ mode: 'http', clock });
    await slack.start();
    bolt = await startBoltApp(slack, 'http', (app) => {
      app.command('/jamie', async ({ ack }) => ack('On it.'));
    });
  });

  afterEach(() => bolt.stop());

  it('proves that the URL is its own, and answers the check of its certificate', async () => {
    expect(await slack.poster.verifyUrl()).toBe(true);
    expect(await slack.poster.checkSsl()).toBe(200);
  });

  it('is not believed when it sends forgeries', async () => {
    for (const forgery of ['bad', 'tampered', 'stale', 'unsigned'] as const) {
      expect([forgery, await slack.poster.sendForged(delivery, forgery)]).toEqual([forgery, 401]);
    }
  });

  it('is believed by Bolt alone when it comes from the future or again', async () => {
    expect(await slack.poster.sendForged(delivery, 'future')).toBe(200);
    slack.slash({ user: 'U1', channel: 'C1', text: 'status' });
    await slack.waitFor(() => slack.acknowledgements[0]);
    expect(await slack.poster.replayLast()).toBe(200);
  });

  it('shows the person what the app says in its answer', async () => {
    slack.slash({ user: 'U1', channel: 'C1', text: 'status' });
    expect(await slack.waitFor(() => slack.acknowledgements[0])).toMatchObject({ response: 'On it.' });
  });
});
