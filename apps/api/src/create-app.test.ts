import {
  createTemporaryDirectory,
  FakeClock,
  FakeDesk,
  RecordingLogger,
  SequentialIds,
} from '@jamie/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApi, TEST_TOKEN, type TestApi } from './testing/start-test-api.ts';

const directory = createTemporaryDirectory();
const desk = new FakeDesk({ clock: new FakeClock(), ids: new SequentialIds() });
let api: TestApi;

beforeAll(async () => {
  const logger = new RecordingLogger();
  api = await startTestApi({ desk, logger, ids: new SequentialIds(), dataDir: directory.path });
});
afterAll(async () => {
  await api.stop();
  directory.remove();
});

async function signIn(): Promise<string> {
  const { headers } = await api.raw({ path: new URL(api.openUrl).search.replace(/^/, '/') });
  return headers['set-cookie']?.[0]?.split(';')[0] ?? '';
}

const GUARDED = [
  '/v1/status',
  '/v1/clusters',
  '/v1/doctor',
  '/v1/conversations/a',
  '/metrics',
  '/openapi.json',
];

describe('authentication', () => {
  it.each(GUARDED)('keeps %s behind the token', async (path) => {
    const answer = await api.raw({ path });
    expect(answer).toMatchObject({ status: 401, json: { error: { code: 'forbidden' } } });
  });

  it.each([
    'Bearer wrong',
    `Bearer ${TEST_TOKEN}x`,
    `Bearer ${TEST_TOKEN.slice(0, -1)}`,
    `Basic ${TEST_TOKEN}`,
    `${TEST_TOKEN}`,
    'Bearer ',
  ])('refuses "%s"', async (authorization) => {
    expect((await api.raw({ path: '/v1/status', headers: { authorization } })).status).toBe(401);
  });

  it('lets the token in, whatever the case of Bearer', async () => {
    const headers = { authorization: `bearer ${TEST_TOKEN}` };
    expect((await api.raw({ path: '/v1/status', headers })).status).toBe(200);
  });

  it('does not take the token from the address of an API call', async () => {
    expect((await api.raw({ path: `/v1/status?token=${TEST_TOKEN}` })).status).toBe(401);
  });

  it('does not run a handler for somebody unknown', async () => {
    const body = JSON.stringify({ text: 'help', form: 'command', conversationKey: 'a' });
    const headers = { 'content-type': 'application/json' };
    expect((await api.raw({ method: 'POST', path: '/v1/requests', headers, body })).status).toBe(401);
    expect(desk.submissions).toEqual([]);
  });
});

describe('the printed link', () => {
  it('signs the browser in with a strict, script-proof cookie and leads to the page without the token', async () => {
    const { status, headers } = await api.raw({ path: `/?token=${TEST_TOKEN}` });
    expect(status).toBe(303);
    expect(headers.location).toBe('/');
    const cookie = headers['set-cookie']?.[0] ?? '';
    for (const part of ['HttpOnly', 'SameSite=Strict', 'Path=/']) expect(cookie).toContain(part);
    expect(cookie).not.toContain(TEST_TOKEN);
    expect(headers['referrer-policy']).toBe('no-referrer');
  });

  it('opens the API with the cookie', async () => {
    const cookie = `other=1; ${await signIn()}; more=2`;
    expect((await api.raw({ path: '/v1/status', headers: { cookie } })).status).toBe(200);
  });

  it('opens nothing with a cookie that was made up', async () => {
    const name = (await signIn()).split('=')[0];
    for (const value of ['', 'x', TEST_TOKEN]) {
      const headers = { cookie: `${name}=${value}` };
      expect((await api.raw({ path: '/v1/status', headers })).status).toBe(401);
    }
  });

  it('says so when it is no longer valid, and sets no cookie', async () => {
    const { status, headers, text } = await api.raw({ path: '/?token=old-token-of-enough-characters' });
    expect(status).toBe(401);
    expect(headers['set-cookie']).toBeUndefined();
    expect(text).toContain('no longer valid');
  });
});

describe('Host and Origin', () => {
  const authorization = `Bearer ${TEST_TOKEN}`;

  it.each(['evil.example', 'localhost.evil.example:8000', '169.254.169.254'])(
    'answers 421 to the host %s, also with the token',
    async (host) => {
      for (const path of ['/', `/?token=${TEST_TOKEN}`, '/v1/status', '/assets/x.js']) {
        const answer = await api.raw({ path, headers: { host, authorization } });
        expect(answer.status).toBe(421);
        expect(answer.headers['set-cookie']).toBeUndefined();
      }
    },
  );

  it('answers under a configured host name', async () => {
    const headers = { host: 'jamie.example.com', authorization };
    expect((await api.raw({ path: '/v1/status', headers })).status).toBe(200);
  });

  it.each(['http://evil.example', 'null', 'http://127.0.0.1:1'])(
    'answers 403 to the origin %s, also with the cookie',
    async (origin) => {
      const headers = { origin, cookie: await signIn(), 'content-type': 'application/json' };
      const body = JSON.stringify({ text: 'help', form: 'command', conversationKey: 'a' });
      const before = desk.submissions.length;
      expect((await api.raw({ method: 'POST', path: '/v1/requests', headers, body })).status).toBe(403);
      expect(desk.submissions).toHaveLength(before);
    },
  );

  it('answers its own origin', async () => {
    const headers = { origin: api.url, cookie: await signIn() };
    expect((await api.raw({ path: '/v1/status', headers })).status).toBe(200);
  });

  it('lets probes through that ask by address, and a scraper that shows the token', async () => {
    const host = '10.2.3.4:8000';
    expect((await api.raw({ path: '/healthz', headers: { host } })).status).toBe(200);
    expect((await api.raw({ path: '/readyz', headers: { host } })).status).toBe(200);
    expect((await api.raw({ path: '/metrics', headers: { host } })).status).toBe(421);
    expect((await api.raw({ path: '/metrics', headers: { host, authorization } })).status).toBe(200);
  });

  it('survives a host that is no host', async () => {
    const answer = await api.raw({ path: '/v1/status', headers: { host: 'a b<>"', authorization } });
    expect([400, 421]).toContain(answer.status);
  });
});

describe('response headers', () => {
  it.each(['/', '/v1/status', '/healthz', '/v1/nothing', '/assets/nothing.js'])(
    'protect %s',
    async (path) => {
      const { headers } = await api.call({ path });
      const policy = String(headers['content-security-policy']);
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).toContain("script-src 'self'");
      expect(policy).not.toContain('unsafe');
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['access-control-allow-origin']).toBeUndefined();
      expect(headers['cache-control']).toMatch(/^no-(store|cache)$/);
    },
  );

  it('share nothing with other origins, also when asked', async () => {
    const headers = { origin: api.url, 'access-control-request-method': 'POST' };
    const answer = await api.call({ method: 'OPTIONS', path: '/v1/requests', headers });
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    expect(answer.headers['access-control-allow-methods']).toBeUndefined();
  });
});
