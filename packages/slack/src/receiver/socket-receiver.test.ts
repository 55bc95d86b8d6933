import { systemClock } from '@jamie/runtime';
import { createSlackEmulator, FakeClock, RecordingLogger, type SlackEmulator } from '@jamie/testing';
import { until } from '@jamie/testing/contracts';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { SlackPayload } from './delivery-keys.ts';
import type { Receiver, ReceiverHealth } from './receiver.ts';
import { createSocketReceiver, type SocketReceiverOptions } from './socket-receiver.ts';

let slack: SlackEmulator;
/** Slack's time. */
let clock: FakeClock;
let receiver: Receiver;
let stored: SlackPayload[];
let failures: number;
let health: ReceiverHealth[];

beforeEach(async () => {
  stored = [];
  failures = 0;
  health = [];
  clock = new FakeClock();
  slack = createSlackEmulator({ mode: 'socket', clock });
  await slack.start();
  receiver = createReceiver();
});

afterEach(async () => {
  await receiver.stop();
  await slack.stop();
});

function createReceiver(options: Partial<SocketReceiverOptions> = {}): Receiver {
  return createSocketReceiver({
    appToken: slack.appToken,
    slackApiUrl: slack.apiUrl,
    clock: systemClock,
    logger: new RecordingLogger(),
    startTimeoutMs: 25_000,
    reconnectDelaysMs: [10],
    onHealth: (now) => health.push(now),
    onTrouble: () => undefined,
    async store(payload) {
      if (failures > 0) {
        failures -= 1;
        throw new Error('disk full');
      }
      stored.push(payload);
    },
    ...options,
  });
}

describe('createSocketReceiver', () => {
  it('acknowledges nothing that it could not store, so that Slack sends it again', async () => {
    await receiver.start();
    failures = 2;
    slack.say({ user: 'U1', channel: 'C1', text: 'hello' });
    await until(() => failures === 1);
    await clock.advance(3_000);
    await until(() => failures === 0);
    await clock.advance(3_000 + 60_000);
    const acknowledgement = await slack.waitFor(() => slack.acknowledgements[0]);
    expect(acknowledgement.attempt).toBe(2);
    expect(stored).toHaveLength(1);
  });

  it('acknowledges only after the payload was stored', async () => {
    await receiver.start();
    slack.slash({ user: 'U1', channel: 'C1', text: 'status' });
    await slack.waitFor(() => {
      if (slack.acknowledgements.length === 0) return false;
      expect(stored).toHaveLength(1);
      return true;
    });
  });

  it('opens the next connection before Slack closes this one', async () => {
    await receiver.start();
    let fewest = slack.hub.connectionCount;
    slack.hub.refresh('warning', 300);
    await slack.waitFor(() => {
      fewest = Math.min(fewest, slack.hub.connectionCount);
      return slack.calls.filter(({ method }) => method === 'apps.connections.open').length === 2;
    });
    await slack.waitFor(() => {
      fewest = Math.min(fewest, slack.hub.connectionCount);
      return slack.hub.connectionCount === 2;
    });
    await slack.waitFor(() => {
      fewest = Math.min(fewest, slack.hub.connectionCount);
      return slack.hub.connectionCount === 1;
    });
    expect(fewest).toBe(1);
    expect(health).toEqual([{ kind: 'connected' }, { kind: 'connected' }]);
  });

  it('comes back after a refused token, and says meanwhile that it is down', async () => {
    await receiver.start();
    slack.failNext('apps.connections.open', { kind: 'error', error: 'invalid_auth' }, 2);
    slack.failNext('apps.connections.open', { kind: 'http_status', status: 500 });
    slack.failNext('apps.connections.open', { kind: 'rate_limited', retryAfterSeconds: 1 });
    slack.hub.cutAll();
    await slack.waitFor(() => slack.hub.connectionCount === 0);
    await slack.waitFor(() => slack.hub.connectionCount === 1);
    slack.say({ user: 'U1', channel: 'C1', text: 'hello' });
    await slack.waitFor(() => slack.acknowledgements[0]);
    expect(health.at(-1)).toEqual({ kind: 'connected' });
    expect(health.filter(({ kind }) => kind === 'down').length).toBeGreaterThanOrEqual(2);
    expect(JSON.stringify(health)).toContain('SLACK_APP_TOKEN');
  });

  it('gives up a start that Slack does not finish, in its own time', async () => {
    slack.failNext('apps.connections.open', { kind: 'slow', delayMs: 600_000 });
    const ownClock = new FakeClock();
    const impatient = createReceiver({ startTimeoutMs: 100, clock: ownClock });
    const started = impatient.start();
    const refused = expect(started).rejects.toMatchObject({ code: 'timeout' });
    await clock.untilSleeping();
    await ownClock.advance(100);
    await refused;
    await impatient.stop();
    // The call that was too slow comes to its end all the same; no connection may be left from it.
    await clock.advance(600_000);
    await slack.waitFor(() => slack.calls.length === 1);
    await receiver.start();
    await slack.waitFor(() => slack.hub.connectionCount === 1);
  });

  it('names the token to mend when Slack refuses it at the start', async () => {
    slack.setAcceptsAppToken(false);
    await expect(receiver.start()).rejects.toMatchObject({
      code: 'forbidden',
      userMessage: expect.stringContaining('SLACK_APP_TOKEN'),
    });
  });
});
