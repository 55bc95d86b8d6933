import { createServer, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { randomToken } from '@jamie/runtime';
import {
  anInstallation,
  createSlackEmulator,
  FakeClock,
  FakeInstallations,
  RecordingLogger,
  type SlackEmulator,
} from '@jamie/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { BOT_SCOPES } from './bot-scopes.ts';
import { createInstallDesk, type InstallDeskOptions } from './install-desk.ts';
import { createInstallServer, type InstallServer } from './install-server.ts';
import { STATE_LIFETIME_MS } from './install-state.ts';

const PUBLIC_URL = 'https://jamie.example.com';
const TEAM = 'T0SECOND';

let slack: SlackEmulator;
let installations: FakeInstallations;
let clock: FakeClock;
let logger: RecordingLogger;
let server: InstallServer;

async function serve(traits: Partial<InstallDeskOptions> = {}): Promise<void> {
  const desk = createInstallDesk({
    clientId: slack.client.id,
    clientSecret: slack.client.secret,
    stateSecret: 'a-state-secret-of-enough-characters',
    publicUrl: PUBLIC_URL,
    slackApiUrl: slack.apiUrl,
    installations,
    clock,
    logger,
    makeToken: randomToken,
    ...traits,
  });
  server = createInstallServer({ desk, port: 0 });
  await server.start();
}

beforeEach(async () => {
  slack = createSlackEmulator({ mode: 'socket', rotatesTokens: true });
  await slack.start();
  slack.addWorkspace(TEAM);
  installations = new FakeInstallations();
  clock = new FakeClock();
  logger = new RecordingLogger();
  await serve();
});

afterEach(async () => {
  await server.stop();
  await slack.stop();
});

function open(path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(`http://127.0.0.1:${server.port}${path}`, { redirect: 'manual', ...init });
}

/** Begins an installation in a browser; gives what Slack and what the browser hold then. */
async function begin() {
  const response = await open('/slack/install');
  const target = new URL(response.headers.get('location') ?? '');
  const cookie = (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  return { response, target, cookie, state: target.searchParams.get('state') ?? '' };
}

function comeBack(query: Record<string, string>, cookie?: string): Promise<Response> {
  const path = `/slack/oauth_redirect?${new URLSearchParams(query).toString()}`;
  return open(path, cookie === undefined ? {} : { headers: { cookie } });
}

const approve = () => slack.approveInstall({ user: 'U7', team: TEAM });

async function install(): Promise<Response> {
  const { cookie, state } = await begin();
  return comeBack({ code: approve(), state }, cookie);
}

describe('/slack/install', () => {
  it('sends the browser to Slack with the scopes of the manifest and the configured way back', async () => {
    const { response, target, cookie } = await begin();
    expect(response.status).toBe(302);
    expect(target.origin + target.pathname).toBe('https://slack.com/oauth/v2/authorize');
    expect(Object.fromEntries(target.searchParams)).toEqual({
      client_id: slack.client.id,
      scope: BOT_SCOPES.join(','),
      redirect_uri: `${PUBLIC_URL}/slack/oauth_redirect`,
      state: expect.stringMatching(/^[\w-]+\.\d+\.[\w-]+$/u),
    });
    expect(cookie).toMatch(/^__Host-jamie-install=[\w-]{43}$/u);
    expect(response.headers.get('set-cookie')).toMatch(
      /Max-Age=600; Path=\/; HttpOnly; SameSite=Lax; Secure$/u,
    );
  });

  it('goes to Slack whatever the request says of hosts and targets', async () => {
    const path = '/slack/install?redirect_uri=https://evil.example&next=https://evil.example&state=mine';
    const response = await open(path, { headers: { 'x-forwarded-host': 'evil.example' } });
    expect(response.headers.get('location')).toMatch(/^https:\/\/slack\.com\/oauth\/v2\/authorize\?/u);
    expect(response.headers.get('location')).not.toContain('evil');
  });

  it('takes a cookie without TLS on this machine only', async () => {
    await server.stop();
    await serve({ publicUrl: 'http://127.0.0.1:3000' });
    const { response, state, cookie } = await begin();
    expect(response.headers.get('set-cookie')).not.toContain('Secure');
    expect((await comeBack({ code: approve(), state }, cookie)).status).toBe(200);
  });
});

describe('/slack/oauth_redirect', () => {
  it('stores the workspace and says what comes next', async () => {
    const response = await install();
    const page = await response.text();
    expect(response.status).toBe(200);
    expect(page).toContain('Jamie is installed in t0second');
    expect(page).toMatch(/principals file, with the team T0SECOND/u);
    expect(await installations.find(TEAM)).toEqual({
      teamId: TEAM,
      teamName: 't0second',
      botUserId: 'U0SECONDBOT',
      botId: 'B0SECONDBOT',
      botToken: expect.stringMatching(/^xoxe\.xoxb-/u),
      refreshToken: expect.stringMatching(/^xoxe-/u),
      expiresAt: clock.now() + 43_200_000,
      scopes: [...BOT_SCOPES],
      installedBy: 'U7',
      installedAt: clock.now(),
      version: 1,
    });
  });

  it('replaces an older installation, also one that changes at the same time', async () => {
    await installations.put(anInstallation({ teamId: TEAM, botToken: 'xoxb-old' }), 0);
    expect((await install()).status).toBe(200);
    expect(await installations.find(TEAM)).toMatchObject({
      botToken: expect.stringMatching(/^xoxe\.xoxb-/u),
      version: 2,
    });
  });

  it('protects every answer against framing, caching, sniffing and telling its address', async () => {
    const { cookie, state } = await begin();
    const answers = await Promise.all([
      open('/slack/install'),
      comeBack({ state: 'x' }),
      comeBack({ code: approve(), state }, cookie),
      open('/slack/install', { method: 'POST' }),
    ]);
    for (const { headers } of answers) {
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('content-security-policy')).toMatch(/default-src 'none'.+frame-ancestors 'none'/u);
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-frame-options')).toBe('DENY');
    }
  });

  it('takes each state once, and forgets the cookie', async () => {
    const { cookie, state } = await begin();
    const first = await comeBack({ code: approve(), state }, cookie);
    expect(first.headers.get('set-cookie')).toMatch(/^__Host-jamie-install=; Max-Age=0/u);
    const again = await comeBack({ code: approve(), state }, cookie);
    expect(again.status).toBe(400);
    expect(await again.text()).toContain('completed already');
  });

  it('refuses a state of another browser, none, and one that is too old, without asking Slack', async () => {
    const [mine, theirs] = [await begin(), await begin()];
    const code = approve();
    const foreign = await comeBack({ code, state: theirs.state }, mine.cookie);
    const bare = await comeBack({ code, state: theirs.state });
    const stateless = await comeBack({ code }, mine.cookie);
    for (const response of [foreign, bare, stateless]) {
      expect(response.status).toBe(400);
      expect(await response.text()).toContain('not reached from an installation that began in this browser');
    }
    await clock.advance(STATE_LIFETIME_MS);
    const late = await comeBack({ code, state: mine.state }, mine.cookie);
    expect(await late.text()).toContain('more than ten minutes ago');
    expect(slack.calls).toEqual([]);
    expect(await installations.list()).toEqual([]);
  });

  it('says so when somebody cancelled, and shows nothing of what else came', async () => {
    const first = await begin();
    const cancelled = await comeBack({ error: 'access_denied', state: first.state }, first.cookie);
    expect(cancelled.status).toBe(400);
    expect(await cancelled.text()).toContain('cancelled on the page of Slack');
    const second = await begin();
    const word = '<script>alert(1)</script>';
    const odd = await comeBack({ error: word, state: second.state }, second.cookie);
    expect(await odd.text()).not.toMatch(/script|alert/u);
    const third = await begin();
    expect((await comeBack({ state: third.state }, third.cookie)).status).toBe(400);
  });

  it('says so when Slack has taken the code before', async () => {
    const { cookie, state } = await begin();
    const response = await comeBack({ code: 'never-given', state }, cookie);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('this one is used up');
  });

  it('blames the configuration where it is to blame', async () => {
    await server.stop();
    await serve({ clientSecret: 'a-wrong-client-secret' });
    const response = await install();
    expect(response.status).toBe(500);
    expect(await response.text()).toContain('SLACK_CLIENT_SECRET');
  });

  it.each(['oauth.v2.access', 'auth.test'])('asks for patience while Slack fails at %s', async (method) => {
    slack.failNext(method, { kind: 'http_status', status: 503 });
    const response = await install();
    expect(response.status).toBe(503);
    expect(await response.text()).toContain('start again');
    expect(await installations.list()).toEqual([]);
    expect((await install()).status).toBe(200);
  });

  it('asks for patience while the store fails', async () => {
    installations.failures = 1;
    expect((await install()).status).toBe(503);
    expect((await install()).status).toBe(200);
  });

  it('escapes the name of the workspace', async () => {
    await installAnswered({ team: { id: 'T9', name: '<img src=x>' } }, async (page) => {
      expect(page).toContain('&lt;img src=x&gt;');
      expect(page).not.toContain('<img');
    });
  });

  it.each([
    ['is_enterprise_install', { team: null, enterprise: { id: 'E1' }, is_enterprise_install: true }],
    ['no team', { team: null }],
  ])('refuses a whole organisation and says to choose a workspace: %s', async (_how, answer) => {
    await installAnswered(answer, async (page, status) => {
      expect(status).toBe(400);
      expect(page).toMatch(/whole organisation.+Choose one workspace/su);
      expect(await installations.list()).toEqual([]);
    });
  });

  it('refuses an app without a bot', async () => {
    await installAnswered({ access_token: undefined, bot_user_id: undefined }, async (page) => {
      expect(page).toContain('deploy/slack/manifest.json');
      expect(await installations.list()).toEqual([]);
    });
  });

  it('writes no token, no code, no state and no secret to the log or to a page', async () => {
    const { cookie, state } = await begin();
    const code = approve();
    const pages = [
      await (await comeBack({ code, state }, cookie)).text(),
      await (await comeBack({ code, state }, cookie)).text(),
      await (await install()).text(),
    ];
    await comeBack({ code: 'never-given', state: (await begin()).state });
    const told = JSON.stringify([logger.entries, pages]);
    expect(told).toContain('slack app was installed');
    for (const secret of [code, state, 'xox', slack.client.secret, 'never-given']) {
      expect(told).not.toContain(secret);
    }
  });
});

describe('everything else', () => {
  it.each(['POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS'])('is not answered to %s', async (method) => {
    for (const path of ['/slack/install', '/slack/oauth_redirect']) {
      const response = await open(path, { method });
      expect(response.status).toBe(405);
      expect(response.headers.get('allow')).toBe('GET');
    }
    expect(slack.calls).toEqual([]);
  });

  it.each(['/', '/slack', '/slack/install/', '/slack/events', '//evil.example/slack/install', '/%2e%2e/'])(
    'is not found: %s',
    async (path) => {
      expect((await open(path)).status).toBe(404);
    },
  );

  it('survives addresses that are none', async () => {
    for (const path of ['//', '/slack/install?%E0%A4%A', '/slack/oauth_redirect?state=%zz&code=%', '*']) {
      expect(await statusOf(path)).toBeGreaterThanOrEqual(300);
    }
    expect((await open('/slack/install')).status).toBe(302);
  });
});

/** Sends a path as it is; fetch would mend it. */
function statusOf(path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ port: server.port, host: '127.0.0.1', path }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    request.on('error', reject).end();
  });
}

/** Installs over a Slack that gives this answer to the code, which the emulator would not. */
async function installAnswered(
  answer: object,
  look: (page: string, status: number) => Promise<void>,
): Promise<void> {
  const team = { id: 'T9', name: 'Ninth' };
  const given = {
    ok: true,
    team,
    access_token: 'xoxb-9',
    bot_user_id: 'UBOT',
    bot_id: 'BBOT',
    scope: 'commands',
  };
  const other: Server = createServer((_request, response) => {
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify({ ...given, ...answer }));
  });
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  await server.stop();
  await serve({ slackApiUrl: `http://127.0.0.1:${(other.address() as AddressInfo).port}/api/` });
  try {
    const response = await install();
    await look(await response.text(), response.status);
  } finally {
    other.closeAllConnections();
    other.close();
  }
}
