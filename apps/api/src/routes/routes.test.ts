import type { CheckResult } from '@jamie/core';
import { OpsError } from '@jamie/core';
import {
  createTemporaryDirectory,
  FakeClock,
  FakeDesk,
  RecordingLogger,
  SequentialIds,
} from '@jamie/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ApiOptions, ClusterRegistration } from '../api-options.ts';
import { startTestApi, type TestApi } from '../testing/start-test-api.ts';

let directory = createTemporaryDirectory();
let desk: FakeDesk;
let logger: RecordingLogger;
let running: TestApi | undefined;

async function start(overrides: Partial<ApiOptions> = {}): Promise<TestApi> {
  running = await startTestApi(
    { desk, logger, ids: new SequentialIds(), dataDir: directory.path },
    overrides,
  );
  return running;
}

beforeEach(() => {
  directory = createTemporaryDirectory();
  desk = new FakeDesk({ clock: new FakeClock(), ids: new SequentialIds() });
  logger = new RecordingLogger();
});
afterEach(async () => {
  await running?.stop();
  directory.remove();
});

const ask = (text: string, more: object = {}) => ({
  method: 'POST',
  path: '/v1/requests',
  json: { text, form: 'command', conversationKey: 'page', ...more },
});

async function makePlan(api: TestApi): Promise<string> {
  await api.call(ask('scale deploy/checkout 5 -n payments'));
  const { json } = await api.call({ path: '/v1/conversations/page' });
  const { messages } = json as { messages: { card?: { planId: string } }[] };
  return messages.at(-1)?.card?.planId ?? 'none';
}

describe('GET /v1/healing', () => {
  it('tells of the cases of self-healing as one answer', async () => {
    const api = await start();
    expect(await api.call({ path: '/v1/healing' })).toMatchObject({
      status: 200,
      json: {
        headline: 'One case of self-healing is open.',
        sections: [{ kind: 'table', rows: [['h-4k7d2m9q', 'waiting', 'p-4k7d2m9q']] }],
      },
    });
  });
});

describe('POST /v1/requests', () => {
  it('hands the request in as the local person and answers 202 with its ids', async () => {
    const api = await start();
    const answer = await api.call(
      ask(' why is checkout crashing? ', { form: 'sentence', idempotencyKey: 'k1' }),
    );
    expect(answer).toMatchObject({ status: 202, json: { requestId: 'req_1', conversationId: 'conv_1' } });
    expect(desk.submissions).toEqual([
      {
        idempotencyKey: 'local:k1',
        principal: expect.objectContaining({ id: 'local', displayName: 'Ada' }),
        place: { surface: 'local', key: 'page' },
        form: 'sentence',
        text: 'why is checkout crashing?',
      },
    ]);
  });

  it('is the same request when the same key comes again, and another without a key', async () => {
    const api = await start();
    const first = await api.call(ask('help', { idempotencyKey: 'k1' }));
    const again = await api.call(ask('help', { idempotencyKey: 'k1' }));
    expect(again.json).toEqual(first.json);
    const [one, two] = [await api.call(ask('help')), await api.call(ask('help'))];
    expect(one.json).not.toEqual(two.json);
  });

  it.each([
    ['an empty text', { text: '  ' }, 'text'],
    ['a long text', { text: 'x'.repeat(4_001) }, 'text'],
    ['an unknown form', { form: 'shout' }, 'form'],
    ['a conversation key with a slash', { conversationKey: 'a/b' }, 'conversationKey'],
    ['a key that is too long', { idempotencyKey: 'k'.repeat(129) }, 'idempotencyKey'],
    ['a member that nobody knows', { principal: 'root' }, 'principal'],
  ])('refuses %s and names the field', async (_what, change, field) => {
    const api = await start();
    const answer = await api.call(ask('help', change));
    expect(answer).toMatchObject({
      status: 400,
      json: { error: { code: 'invalid_input', message: expect.stringContaining(field) } },
    });
    expect(desk.submissions).toEqual([]);
  });

  it('refuses what is not JSON, and JSON that does not say so', async () => {
    const api = await start();
    const headers = { 'content-type': 'application/json' };
    const broken = await api.call({ method: 'POST', path: '/v1/requests', headers, body: '{"text":' });
    expect(broken).toMatchObject({
      status: 400,
      json: { error: { message: expect.stringContaining('JSON') } },
    });
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/jsonx']) {
      const { status } = await api.call({ ...ask('help'), headers: { 'content-type': type } });
      expect(status).toBe(400);
    }
    expect(desk.submissions).toEqual([]);
  });

  it('refuses a body above the cap, announced or not', async () => {
    const api = await start();
    const type = { 'content-type': 'application/json' };
    const post = { method: 'POST', path: '/v1/requests' };
    const body = JSON.stringify({ text: 'x'.repeat(620 * 1024) });
    const announced = await api.call({ ...post, headers: type, body });
    const streamed = await api.call({ ...post, headers: { ...type, 'transfer-encoding': 'chunked' }, body });
    for (const answer of [announced, streamed]) {
      expect(answer).toMatchObject({
        status: 413,
        json: { error: { message: expect.stringContaining('600 KiB') } },
      });
    }
    expect(desk.submissions).toEqual([]);
    expect((await api.call(ask('help'))).status).toBe(202);
  });
});

describe('GET /v1/conversations/{key}', () => {
  it('shows the messages of the conversation, oldest first, with live cards', async () => {
    const api = await start();
    await api.call(ask('help'));
    const planId = await makePlan(api);
    const { status, json } = await api.call({ path: '/v1/conversations/page' });
    expect(status).toBe(200);
    expect(json).toMatchObject({
      conversationId: 'conv_1',
      messages: [
        { message: { author: 'person' } },
        { message: { author: 'jamie', body: { kind: 'reply', reply: { headline: 'You said: help' } } } },
        { message: { author: 'person' } },
        { message: { planId }, card: { planId, status: 'awaiting_approval', actions: ['approve', 'deny'] } },
      ],
    });
  });

  it('answers 404 for a conversation that nobody has begun, and 400 for a key that cannot be one', async () => {
    const api = await start();
    expect((await api.call({ path: '/v1/conversations/nobody' })).status).toBe(404);
    expect((await api.call({ path: '/v1/conversations/a%2Fb' })).status).toBe(400);
  });
});

describe('plans', () => {
  it('shows the card, also when the id is typed in capitals', async () => {
    const api = await start();
    const planId = await makePlan(api);
    const { status, json } = await api.call({ path: `/v1/plans/${planId.toUpperCase()}` });
    expect(status).toBe(200);
    expect(json).toMatchObject({ planId, planHash: `hash-of-${planId}` });
  });

  it('answers 404 for an unknown plan and 400 for what is no plan id', async () => {
    const api = await start();
    expect((await api.call({ path: '/v1/plans/p-00000000' })).status).toBe(404);
    expect(await api.call({ path: '/v1/plans/latest' })).toMatchObject({
      status: 400,
      json: { error: { message: expect.stringContaining('p-4k7d2m9q') } },
    });
  });

  it('counts a vote once and answers 409 with the reason after that', async () => {
    const api = await start();
    const planId = await makePlan(api);
    const vote = { method: 'POST', path: `/v1/plans/${planId}/votes`, json: { decision: 'approve' } };
    const first = await api.call(vote);
    expect(first).toMatchObject({ status: 200, json: { kind: 'counted', card: { status: 'approved' } } });
    const second = await api.call({ ...vote, json: { decision: 'deny', reason: 'too late' } });
    expect(second).toMatchObject({
      status: 409,
      json: { kind: 'refused', message: expect.stringContaining('decided already') },
    });
    expect(desk.ballots[1]).toMatchObject({
      decision: 'deny',
      reason: 'too late',
      principal: { id: 'local' },
    });
  });

  it('passes on the hash that was seen, so that a changed plan refuses the vote', async () => {
    const api = await start();
    const planId = await makePlan(api);
    const json = { decision: 'approve', planHash: 'another' };
    expect((await api.call({ method: 'POST', path: `/v1/plans/${planId}/votes`, json })).status).toBe(409);
  });

  it('refuses a decision that is none', async () => {
    const api = await start();
    const planId = await makePlan(api);
    const json = { decision: 'maybe' };
    expect((await api.call({ method: 'POST', path: `/v1/plans/${planId}/votes`, json })).status).toBe(400);
    expect(desk.ballots).toEqual([]);
  });
});

describe('clusters', () => {
  it('lists them', async () => {
    const api = await start();
    expect((await api.call({ path: '/v1/clusters' })).json).toEqual({
      clusters: [{ name: 'demo', environment: 'demo', server: 'http://127.0.0.1:1', source: 'demo' }],
    });
  });

  it('adds one through the registry, as production unless told otherwise, and removes it', async () => {
    const registered: ClusterRegistration[] = [];
    const removed: string[] = [];
    const api = await start({
      registry: {
        register: async (registration) => {
          registered.push(registration);
          return {
            name: registration.name,
            environment: 'production',
            server: 'https://x',
            source: 'registered',
          };
        },
        remove: async (name) => void removed.push(name),
      },
    });
    const json = { name: 'prod-eu', kubeconfig: 'k'.repeat(100_000), apiServer: 'https://10.0.0.1:6443' };
    const added = await api.call({ method: 'POST', path: '/v1/clusters', json });
    expect(added).toMatchObject({ status: 201, json: { name: 'prod-eu', source: 'registered' } });
    expect(added.text).not.toContain('kkk');
    expect(registered).toEqual([{ ...json, environment: 'production' }]);
    const gone = await api.call({ method: 'DELETE', path: '/v1/clusters/prod-eu' });
    expect(gone).toMatchObject({ status: 204, text: '' });
    expect(removed).toEqual(['prod-eu']);
  });

  it('says so where clusters cannot be added', async () => {
    const api = await start();
    const json = { name: 'prod-eu', kubeconfig: 'k' };
    expect(await api.call({ method: 'POST', path: '/v1/clusters', json })).toMatchObject({
      status: 503,
      json: { error: { message: expect.stringContaining('CLUSTERS') } },
    });
  });

  it.each([{ name: '' }, { name: '../etc' }, { kubeconfig: '' }, { apiServer: 'file:///etc/passwd' }])(
    'refuses %j',
    async (change) => {
      const api = await start();
      const json = { name: 'prod-eu', kubeconfig: 'k', ...change };
      expect((await api.call({ method: 'POST', path: '/v1/clusters', json })).status).toBe(400);
    },
  );
});

describe('GET /v1/doctor', () => {
  const ok: CheckResult = { name: 'Store', status: 'ok', detail: 'fine', mend: '' };

  it('runs every check; one that throws is a finding and hides no other', async () => {
    async function clusterCheck(): Promise<CheckResult> {
      throw new OpsError('unavailable', 'refused', { userMessage: 'The cluster does not answer.' });
    }
    const api = await start({ checks: [async () => ok, clusterCheck] });
    expect((await api.call({ path: '/v1/doctor' })).json).toEqual({
      checks: [
        ok,
        expect.objectContaining({
          name: 'clusterCheck',
          status: 'failed',
          detail: 'The cluster does not answer.',
        }),
      ],
    });
  });

  it('gives up on a check that hangs', async () => {
    const clock = new FakeClock();
    const api = await start({ clock, checks: [() => new Promise(() => undefined), async () => ok] });
    const sleepingBefore = clock.sleeping;
    const pending = api.call({ path: '/v1/doctor' });
    await clock.untilSleeping(sleepingBefore + 1);
    await clock.advance(10_000);
    expect((await pending).json).toEqual({
      checks: [expect.objectContaining({ status: 'failed', detail: 'no answer within 10 s' }), ok],
    });
  });
});

describe('GET /v1/status', () => {
  it('shows the process at a glance', async () => {
    const readFreeze = async () => ({ frozen: true, reason: 'release day', at: 0, version: 2 });
    const api = await start({ store: { readFreeze }, examples: async () => ['why is checkout crashing?'] });
    expect((await api.call({ path: '/v1/status' })).json).toEqual({
      version: '0.1.0',
      startedAt: expect.any(Number),
      uptimeMs: expect.any(Number),
      person: { displayName: 'Ada', kubernetesUser: 'jamie:local', kubernetesGroups: ['jamie-operators'] },
      clusters: ['demo'],
      freeze: { frozen: true, reason: 'release day' },
      examples: ['why is checkout crashing?'],
    });
  });
});

describe('probes and metrics', () => {
  it('is alive and ready without a token', async () => {
    const api = await start();
    expect(await api.raw({ path: '/healthz' })).toMatchObject({ status: 200, json: { status: 'ok' } });
    expect(await api.raw({ path: '/readyz' })).toMatchObject({ status: 200, json: { status: 'ready' } });
  });

  it('is alive but not ready while the store fails or hangs', async () => {
    const failing = await start({
      store: { readFreeze: () => Promise.reject(new OpsError('unavailable', 'locked')) },
    });
    expect(await failing.raw({ path: '/readyz' })).toMatchObject({
      status: 503,
      json: { status: 'not_ready' },
    });
    expect((await failing.raw({ path: '/healthz' })).status).toBe(200);
    await failing.stop();
    const clock = new FakeClock();
    const hanging = await start({ clock, store: { readFreeze: () => new Promise(() => undefined) } });
    const sleepingBefore = clock.sleeping;
    const pending = hanging.raw({ path: '/readyz' });
    await clock.untilSleeping(sleepingBefore + 1);
    await clock.advance(2_000);
    expect((await pending).status).toBe(503);
  });

  it('publishes metrics by route pattern, behind the token', async () => {
    const api = await start();
    const planId = await makePlan(api);
    await api.call({ path: `/v1/plans/${planId}` });
    expect((await api.raw({ path: '/metrics' })).status).toBe(401);
    const { status, headers, text } = await api.call({ path: '/metrics' });
    expect(status).toBe(200);
    expect(headers['content-type']).toContain('text/plain');
    expect(text).toContain(
      'jamie_http_requests_total{method="GET",route="/v1/plans/:planId",status="200"} 1',
    );
    expect(text).toContain('jamie_requests_submitted_total{surface="local",form="command"} 1');
    expect(text).not.toContain(planId);
  });
});

describe('errors', () => {
  it('hide what went wrong inside, and log it once under the reference that the caller gets', async () => {
    const api = await start({
      desk: Object.assign(desk, { readCard: () => Promise.reject(new Error('SQLITE_CORRUPT at /home/x')) }),
    });
    const { status, json, text } = await api.call({ path: '/v1/plans/p-00000000' });
    expect(status).toBe(500);
    expect(text).not.toContain('SQLITE');
    const { referenceId } = (json as { error: { referenceId: string } }).error;
    expect(logger.entries.filter((entry) => entry.level === 'error')).toEqual([
      expect.objectContaining({
        message: 'request failed',
        fields: expect.objectContaining({ referenceId, code: 'internal' }),
      }),
    ]);
  });

  it('say when to come back', async () => {
    const limited = new OpsError('rate_limited', 'slow down', { retryAfterMs: 1_200 });
    const api = await start({ desk: Object.assign(desk, { readCard: () => Promise.reject(limited) }) });
    expect(await api.call({ path: '/v1/plans/p-00000000' })).toMatchObject({
      status: 429,
      headers: { 'retry-after': '2' },
      json: { error: { code: 'rate_limited', message: 'slow down' } },
    });
  });

  it('answer 404 for an address that is none, whatever the method', async () => {
    const api = await start();
    for (const method of ['GET', 'POST', 'PUT', 'OPTIONS']) {
      expect((await api.call({ method, path: '/v1/nothing' })).status).toBe(404);
    }
    expect((await api.call({ method: 'POST', path: '/' })).status).toBe(404);
  });
});
