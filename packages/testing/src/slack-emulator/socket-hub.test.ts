import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { LogLevel, SocketModeClient } from '@slack/socket-mode';
import { WebSocket } from 'ws';
import { until } from '../contracts/until.ts';
import { FakeClock } from '../fakes/fake-clock.ts';
import { createSlackEmulator, type SlackEmulator } from './slack-emulator.ts';

interface Heard {
  readonly text: string;
  readonly eventId: string;
  readonly attempt: number;
  readonly envelopeId: string;
}

let slack: SlackEmulator;
let clock: FakeClock;
let clients: SocketModeClient[];
let heard: Heard[];

beforeEach(async () => {
  clock = new FakeClock();
  slack = createSlackEmulator({ mode: 'socket', clock, seed: 7 });
  await slack.start();
  slack.workspace.addChannel('C1');
  clients = [];
  heard = [];
});

afterEach(async () => {
  for (const client of clients) await client.disconnect();
  await slack.stop();
});

/** A real client of Slack's, which acknowledges everything unless told otherwise. */
async function connect(
  onHeard: () => void = () => undefined,
  acknowledges = true,
): Promise<SocketModeClient> {
  const client = new SocketModeClient({
    appToken: slack.appToken,
    clientOptions: { slackApiUrl: slack.apiUrl },
    logger: SILENT,
  });
  client.on('slack_event', async (message) => {
    const { ack, body, retry_num: attempt, envelope_id: envelopeId } = message;
    if (acknowledges) await ack();
    onHeard();
    heard.push({ text: body.event?.text, eventId: body.event_id, attempt, envelopeId });
  });
  clients.push(client);
  await client.start();
  return client;
}

/** A bare connection, and what came over it. */
async function openRaw() {
  const opened = await fetch(`${slack.apiUrl}apps.connections.open`, {
    method: 'POST',
    headers: { authorization: `Bearer ${slack.appToken}` },
  });
  const socket = new WebSocket(((await opened.json()) as { url: string }).url);
  const frames: Record<string, unknown>[] = [];
  socket.on('message', (data) => frames.push(JSON.parse(String(data))));
  await until(() => frames.length > 0);
  return { socket, frames };
}

const SILENT = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  setLevel: () => undefined,
  getLevel: () => LogLevel.ERROR,
  setName: () => undefined,
};

function say(...texts: readonly string[]): void {
  for (const text of texts) slack.say({ user: 'U1', channel: 'C1', text });
}

describe('Socket Mode, with real clients', () => {
  it('gives every delivery to any one of the connections', async () => {
    const counts = [0, 0, 0];
    for (const index of counts.keys()) await connect(() => counts.splice(index, 1, (counts[index] ?? 0) + 1));
    say(...Array.from({ length: 30 }, (_, index) => String(index)));
    await slack.waitFor(() => slack.acknowledgements.length === 30);
    await until(() => heard.length === 30);
    expect(counts.reduce((sum, count) => sum + count)).toBe(30);
    for (const count of counts) expect(count).toBeGreaterThan(0);
  });

  it('refuses the eleventh connection', async () => {
    const frames: Awaited<ReturnType<typeof openRaw>>['frames'][] = [];
    for (let count = 0; count < 11; count += 1) frames.push((await openRaw()).frames);
    await until(() => frames.every((each) => each.length > 0));
    const first = frames.map(([frame]) => frame ?? {});
    expect(first.filter(({ type }) => type === 'hello').map((frame) => frame['num_connections'])).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
    ]);
    expect(first[10]).toMatchObject({ type: 'disconnect', reason: 'too_many_websockets' });
    expect(slack.hub.connectionCount).toBe(10);
  });

  it('counts the attempts of an event, with the reason', async () => {
    await connect(undefined, false);
    say('x');
    await until(() => heard.length === 1);
    await clock.advance(3_000);
    await until(() => heard.length === 2);
    expect(heard.map(({ attempt }) => attempt)).toEqual([0, 1]);
    expect(new Set(heard.map(({ eventId }) => eventId)).size).toBe(1);
  });

  it('sends the same envelope twice when told so, both as the first attempt', async () => {
    await connect();
    slack.faults.duplicateNext();
    say('x');
    await until(() => heard.length === 2);
    expect(heard[1]).toEqual(heard[0]);
    expect(heard[0]?.attempt).toBe(0);
  });

  it('lets deliveries overtake each other when told so, and holds none back for ever', async () => {
    await connect();
    slack.faults.reorderNext(3);
    say('1', '2', '3', '4');
    await until(() => heard.length === 4);
    expect(heard.map(({ text }) => text)).toEqual(['3', '2', '1', '4']);
    await slack.waitFor(() => slack.hub.pending === 0);
    slack.faults.reorderNext(2);
    say('5');
    expect(slack.hub.pending).toBe(1);
    await clock.advance(200);
    await until(() => heard.length === 5);
  });

  it('sees no acknowledgement while told so, and then delivers again', async () => {
    await connect();
    slack.faults.ignoreAcks();
    say('x');
    await until(() => heard.length === 1);
    await clock.advance(3_000);
    await until(() => heard.length === 2);
    slack.faults.ignoreAcks(false);
    await clock.advance(63_000);
    const { attempt } = await slack.waitFor(() => slack.acknowledgements[0]);
    expect(attempt).toBeGreaterThan(0);
  });

  it('keeps events while nobody is connected; what a person does fails', async () => {
    slack.slash({ user: 'U1', channel: 'C1', text: 'status' });
    say('early');
    expect(slack.hub.pending).toBe(2);
    await clock.advance(3_000);
    expect(slack.hub.pending).toBe(1);
    await connect();
    await until(() => heard.length === 1);
    expect(heard[0]?.text).toBe('early');
  });

  it('adds fields that nobody knows', async () => {
    const bodies: Record<string, unknown>[] = [];
    const client = await connect();
    client.on('slack_event', ({ body }) => bodies.push(body));
    slack.hub.addUnknownFields();
    say('x');
    await until(() => bodies.length === 1);
    expect(bodies[0]).toMatchObject({
      is_zephyr: true,
      event: { zephyr: { kind: 'unheard_of' }, text: 'x' },
    });
  });

  it('refreshes connections again and again: a warning, a request, the end', async () => {
    const end = slack.hub.refreshEvery(10_000, 1_000);
    for (let round = 0; round < 2; round += 1) {
      const { socket, frames } = await openRaw();
      await until(() => frames.length === 1);
      await clock.advance(12_000);
      await until(() => socket.readyState === WebSocket.CLOSED);
      expect(frames.slice(1).map(({ reason }) => reason)).toEqual(['warning', 'refresh_requested']);
    }
    end();
    const { frames } = await openRaw();
    await until(() => frames.length === 1);
    await clock.advance(60_000);
    expect(slack.hub.connectionCount).toBe(1);
  });

  it('brings the same bad weather for the same seed', async () => {
    const storm = async () => {
      await connect();
      heard = [];
      slack.chaos({ seed: 42, duplicateShare: 0.3, reorderShare: 0.3, dropAckShare: 0.2 });
      say(...Array.from({ length: 20 }, (_, index) => String(index)));
      await clock.advance(200);
      await until(() => new Set(heard.map(({ text }) => text)).size === 20);
      slack.chaos();
      for (const client of clients.splice(0)) await client.disconnect();
      return heard.map(({ text }) => text).join();
    };
    const first = await storm();
    expect(first).not.toBe(Array.from({ length: 20 }, (_, index) => String(index)).join());
    expect(first.split(',').length).toBeGreaterThan(20);
    await slack.stop();
    clock = new FakeClock();
    slack = createSlackEmulator({ mode: 'socket', clock, seed: 7 });
    await slack.start();
    expect(await storm()).toBe(first);
  });
});
