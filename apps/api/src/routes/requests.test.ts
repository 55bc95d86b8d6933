import {
  createTemporaryDirectory,
  FakeClock,
  FakeDesk,
  RecordingLogger,
  SequentialIds,
} from '@jamie/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startTestApi, type TestApi } from '../testing/start-test-api.ts';

let directory = createTemporaryDirectory();
let desk: FakeDesk;
let api: TestApi;

beforeEach(async () => {
  directory = createTemporaryDirectory();
  desk = new FakeDesk({ clock: new FakeClock(), ids: new SequentialIds() });
  const ids = new SequentialIds();
  api = await startTestApi({ desk, logger: new RecordingLogger(), ids, dataDir: directory.path }, {});
});
afterEach(async () => {
  await api.stop();
  directory.remove();
});

const ask = (text: string) => ({
  method: 'POST',
  path: '/v1/requests',
  json: { text, form: 'command', conversationKey: 'page' },
});

describe('GET /v1/requests/{requestId}', () => {
  it('shows what that request has brought, and nothing of others', async () => {
    const first = (await api.call(ask('help'))).json as { requestId: string };
    await api.call(ask('health'));
    const { status, json } = await api.call({ path: `/v1/requests/${first.requestId}` });
    expect(status).toBe(200);
    expect(json).toMatchObject({
      conversationId: 'conv_1',
      messages: [{ message: { author: 'person' } }, { message: { author: 'jamie' } }],
    });
  });

  it('answers 404 for a request that nobody made, and for one that was made in Slack', async () => {
    expect((await api.call({ path: '/v1/requests/req_none' })).status).toBe(404);
    const { requestId } = await desk.submit({
      idempotencyKey: 'Ev1',
      principal: {
        id: 'slack:T1:U1',
        displayName: 'Eve',
        kubernetes: { user: 'eve', groups: [] },
        source: 'slack',
      },
      place: { surface: 'slack', teamId: 'T1', channelId: 'C1', threadTs: '1.0' },
      form: 'command',
      text: 'help',
    });
    expect((await api.call({ path: `/v1/requests/${requestId}` })).status).toBe(404);
  });
});
