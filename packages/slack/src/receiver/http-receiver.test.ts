import { FakeClock, signSlackRequest } from '@jamie/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { SlackPayload } from './delivery-keys.ts';
import { createHttpReceiver, type HttpReceiver } from './http-receiver.ts';

const SECRET = 'a-signing-secret';
const clock = new FakeClock();
let receiver: HttpReceiver;
let stored: SlackPayload[];
let isFailing: boolean;

beforeEach(async () => {
  stored = [];
  isFailing = false;
  receiver = createHttpReceiver({
    signingSecret: SECRET,
    port: 0,
    maximumBodyBytes: 10_000,
    clock,
    onHealth: () => undefined,
    onTrouble: () => undefined,
    answer: async ({ type }) =>
      type === 'block_suggestion' ? { isStored: false, body: { options: [] } } : undefined,
    store: async (payload) => {
      if (isFailing) throw new Error('disk full');
      stored.push(payload);
    },
  });
  await receiver.start();
});

afterEach(async () => {
  await receiver.stop();
});

function post(body: string, contentType = 'application/json', path = '/slack/events') {
  const timestamp = Math.floor(clock.now() / 1000);
  return fetch(`http://127.0.0.1:${receiver.port}${path}`, {
    method: 'POST',
    body,
    headers: {
      'content-type': contentType,
      'x-slack-request-timestamp': String(timestamp),
      'x-slack-signature': signSlackRequest(SECRET, timestamp, body),
    },
  });
}

const FORM = 'application/x-www-form-urlencoded';

describe('createHttpReceiver', () => {
  it('answers the challenge of Slack and stores nothing', async () => {
    const response = await post('{"type":"url_verification","challenge":"abc"}');
    expect([response.status, await response.text()]).toEqual([200, 'abc']);
    expect(stored).toEqual([]);
  });

  it('reads events, clicks and commands', async () => {
    await post('{"type":"event_callback","event":{"type":"message"}}');
    await post(`payload=${encodeURIComponent('{"type":"block_actions"}')}`, FORM);
    await post('command=%2Fjamie&text=scale+a%26b', FORM);
    expect(stored).toEqual([
      { type: 'event_callback', event: { type: 'message' } },
      { type: 'block_actions' },
      { command: '/jamie', text: 'scale a&b' },
    ]);
  });

  it('answers with content where Slack waits for some', async () => {
    const response = await post(
      `payload=${encodeURIComponent('{"type":"block_suggestion","user":{"id":"U1"}}')}`,
      FORM,
    );
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect([response.status, await response.json()]).toEqual([200, { options: [] }]);
    expect(stored).toEqual([]);
  });

  it('asks Slack to come again when a payload could not be stored', async () => {
    isFailing = true;
    expect((await post('{"type":"event_callback","event":{}}')).status).toBe(503);
  });

  it.each([
    ['a body that is too large', () => post(JSON.stringify({ text: 'x'.repeat(20_000) })), 413],
    ['another path', () => post('{}', 'application/json', '/elsewhere'), 404],
    ['another method', () => fetch(`http://127.0.0.1:${receiver.port}/slack/events`), 405],
    ['text that is not JSON', () => post('hello'), 400],
    ['JSON that is not an object', () => post('[1]'), 400],
    ['a check of the certificate', () => post('ssl_check=1', FORM), 200],
    ['a request without a signature', unsigned, 401],
  ])('stores nothing of %s', async (_what, send, status) => {
    expect((await send()).status).toBe(status);
    expect(stored).toEqual([]);
  });

  it('does not start without a secret', () => {
    const make = () =>
      createHttpReceiver({
        signingSecret: '',
        port: 0,
        clock,
        store: async () => undefined,
        onHealth: () => undefined,
        onTrouble: () => undefined,
      });
    expect(make).toThrow(expect.objectContaining({ code: 'config_invalid' }));
  });
});

function unsigned() {
  return fetch(`http://127.0.0.1:${receiver.port}/slack/events`, { method: 'POST', body: '{}' });
}
