import { readApiAddress } from '@jamie/runtime';
import {
  createTemporaryDirectory,
  FakeClock,
  FakeDesk,
  RecordingLogger,
  SequentialIds,
} from '@jamie/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { httpCall } from './testing/http-call.ts';
import { startTestApi, TEST_TOKEN } from './testing/start-test-api.ts';

let directory = createTemporaryDirectory();
const given = () => ({
  desk: new FakeDesk({ clock: new FakeClock(), ids: new SequentialIds() }),
  logger: new RecordingLogger(),
  ids: new SequentialIds(),
  dataDir: directory.path,
});
const configFor = (api: object) => ({
  config: { dataDir: directory.path, api: { host: '127.0.0.1', port: 0, allowedHosts: [], ...api } },
});

beforeEach(() => {
  directory = createTemporaryDirectory();
});
afterEach(() => directory.remove());

describe('createApi', () => {
  it('leaves its address for the CLI while it runs', async () => {
    const api = await startTestApi(given());
    expect(await readApiAddress(directory.path)).toEqual({
      url: api.url,
      token: TEST_TOKEN,
      processId: process.pid,
    });
    await api.stop();
    expect(await readApiAddress(directory.path)).toBeUndefined();
  });

  it('makes a new token at each start when none is configured', async () => {
    const tokens: string[] = [];
    for (let round = 0; round < 2; round += 1) {
      const api = await startTestApi(given(), configFor({}));
      const token = (await readApiAddress(directory.path))?.token ?? '';
      tokens.push(token);
      expect(api.openUrl).toBe(`${api.url}/?token=${token}`);
      expect(
        (await api.raw({ path: '/v1/status', headers: { authorization: `Bearer ${token}` } })).status,
      ).toBe(200);
      await api.stop();
    }
    expect(new Set(tokens).size).toBe(2);
  });

  it('says so when the port is taken, and leaves the address of the other alone', async () => {
    const first = await startTestApi(given());
    const port = Number(new URL(first.url).port);
    await expect(startTestApi(given(), configFor({ port }))).rejects.toMatchObject({
      code: 'unavailable',
      userMessage: expect.stringContaining('JAMIE_PORT'),
    });
    expect(await readApiAddress(directory.path)).toMatchObject({ url: first.url });
    await first.stop();
  });

  it('answers no longer once stopped, and can be stopped again', async () => {
    const api = await startTestApi(given());
    await api.stop();
    await api.stop();
    await expect(httpCall(api.url, { path: '/healthz' })).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});
