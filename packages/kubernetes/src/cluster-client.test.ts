import { createPermitOffice, isOpsError, type OpsError, type PlanId, type WriteRequest } from '@jamie/core';
import { systemClock } from '@jamie/runtime';
import { RecordingLogger } from '@jamie/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { plainAccess } from './access/plain-access.ts';
import { type ClusterClient, createClusterClient } from './cluster-client.ts';
import { apiStatus, inTurn, json, ScriptedApiServer } from './doubles/scripted-api-server.ts';
import type { TransportLimits } from './transport/limits.ts';

const ALICE = { user: 'alice', groups: ['developers', 'oncall'] };
const POD = { kind: 'Pod', namespace: 'shop', name: 'web-1' } as const;
const SCALE: WriteRequest = {
  verb: 'patch',
  target: { kind: 'Deployment', namespace: 'shop', name: 'checkout' },
  subresource: 'scale',
  patch: [{ op: 'replace', path: '/spec/replicas', value: 3 }],
};
const DEPLOYMENT = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'checkout' } };

let server: ScriptedApiServer;
let client: ClusterClient;
const office = createPermitOffice();

async function failure(promise: Promise<unknown>): Promise<OpsError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!isOpsError(error)) throw new Error('expected an OpsError', { cause: error });
  return error;
}

function open(limits: Partial<TransportLimits> = {}): ClusterClient {
  return createClusterClient({
    cluster: 'test',
    access: plainAccess({ url: server.url, token: 'service-token' }),
    permits: office,
    clock: systemClock,
    logger: new RecordingLogger(),
    ownNamespace: 'jamie',
    readsAsItself: 'anything',
    limits,
  });
}

/** Replaces the client by one that waits for nothing long. */
async function loseThePatience(): Promise<void> {
  await client.close();
  client = open({ headersMs: 500, bodyIdleMs: 500, totalMs: 1_500, connectMs: 500 });
}

beforeEach(async () => {
  server = await ScriptedApiServer.start(json(DEPLOYMENT));
  client = open();
});

afterEach(async () => {
  await client.close();
  await server.stop();
});

describe('acting for somebody', () => {
  it('sends user and each group as impersonation headers, our own token beside them', async () => {
    await client.reader.get(SCALE.target, ALICE);
    const [request] = server.seen;
    expect(request?.headers['impersonate-user']).toBe('alice');
    const groups = request?.rawHeaders.filter(
      (_value, index, all) => all[index - 1]?.toLowerCase() === 'impersonate-group',
    );
    expect(groups).toEqual(['developers', 'oncall']);
    expect(request?.headers.authorization).toBe('Bearer service-token');
  });

  it.each([
    { user: '', groups: [] },
    { user: ' ', groups: [] },
    { user: 'alice', groups: [''] },
    { user: 'alice', groups: ['developers', ''] },
    { user: 'alice ', groups: [] },
    { user: 'alice\r\nImpersonate-Group: system:masters', groups: [] },
    { user: 'älice', groups: [] },
  ])('refuses the identity %j before any request', async (identity) => {
    for (const call of [
      client.reader.get(POD, identity),
      client.reader.list('Pod', {}, identity),
      client.reader.reviewAccess(identity, { verb: 'get', target: POD }),
      client.writer.dryRun(SCALE, identity),
    ]) {
      expect((await failure(call)).code).toBe('invalid_input');
    }
    expect(server.seen).toHaveLength(0);
  });
});

describe('retries', () => {
  it('waits as long as the server asks before it repeats a read', async () => {
    const busy = apiStatus(429, 'TooManyRequests', 'slow down', { 'retry-after': '1' });
    server.answerWith(inTurn(busy, json(DEPLOYMENT)));
    const before = performance.now();
    await client.reader.get(SCALE.target);
    expect(performance.now() - before).toBeGreaterThanOrEqual(950);
    expect(server.seen).toHaveLength(2);
  });

  it('gives up after a bounded number of attempts and says when to come back', async () => {
    server.answerWith(apiStatus(429, 'TooManyRequests', 'slow down', { 'retry-after': '0' }));
    const error = await failure(client.reader.get(SCALE.target));
    expect([error.code, error.retryAfterMs]).toEqual(['rate_limited', 0]);
    expect(server.seen).toHaveLength(4);
  });

  it('repeats a dry run but never a real write', async () => {
    server.answerWith(apiStatus(503, 'ServiceUnavailable', 'starting', { 'retry-after': '0' }));
    expect((await failure(client.writer.dryRun(SCALE, ALICE))).code).toBe('unavailable');
    expect(server.seen).toHaveLength(4);
    const permit = office.mint({ planId: 'p-00000000' as PlanId, cluster: 'test', identity: ALICE }, [SCALE]);
    expect((await failure(client.writer.send(SCALE, '7', permit))).code).toBe('unavailable');
    expect(server.seen).toHaveLength(5);
  });

  it('sends a read once more when the connection breaks, a real write never', async () => {
    server.answerWith((_request, response) => response.socket?.resetAndDestroy());
    expect((await failure(client.reader.get(SCALE.target))).code).toBe('unavailable');
    expect(server.seen).toHaveLength(2);
    const permit = office.mint({ planId: 'p-00000000' as PlanId, cluster: 'test', identity: ALICE }, [SCALE]);
    expect((await failure(client.writer.send(SCALE, '7', permit))).code).toBe('unavailable');
    expect(server.seen).toHaveLength(3);
  });
});

describe('errors', () => {
  it.each([
    [400, 'invalid_input'],
    [401, 'forbidden'],
    [403, 'forbidden'],
    [404, 'not_found'],
    [405, 'invalid_input'],
    [409, 'conflict'],
    [410, 'unavailable'],
    [422, 'invalid_input'],
    [500, 'unavailable'],
    [504, 'timeout'],
  ])('translates %i into %s', async (status, code) => {
    server.answerWith(apiStatus(status, 'Reason', 'what the server says'));
    const error = await failure(client.reader.get(POD));
    expect([error.code, error.details['status']]).toEqual([code, status]);
    expect(error.userMessage).toContain('what the server says');
  });

  it('says when nothing listens', async () => {
    const { url } = server;
    await server.stop();
    const error = await failure(client.reader.version());
    expect(error.code).toBe('unavailable');
    expect(error.userMessage).toContain(url);
    server = await ScriptedApiServer.start(json({}));
  });

  it('gives up on a server that is silent', async () => {
    await loseThePatience();
    server.answerWith(() => undefined);
    expect((await failure(client.reader.get(POD))).code).toBe('timeout');
  });

  it('gives up on a body that trickles on and on', async () => {
    await loseThePatience();
    server.answerWith((_request, response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write(' '), 50);
      response.on('close', () => clearInterval(timer));
    });
    expect((await failure(client.reader.get(POD))).code).toBe('timeout');
  });

  it.each([
    ['garbage', '<html>welcome</html>'],
    ['truncated JSON', '{"kind":"Pod","metadata":{"na'],
    ['something else', '[1]'],
    ['an object without metadata', '{"kind":"Pod","apiVersion":"v1"}'],
  ])('answers unavailable to %s', async (_what, body) => {
    server.answerWith((_request, response) => response.end(body));
    expect((await failure(client.reader.get(POD))).code).toBe('unavailable');
  });

  it('refuses a body larger than its cap', async () => {
    await client.close();
    client = open({ maxBytes: 1024 * 1024 });
    server.answerWith((_request, response) => response.end(Buffer.alloc(1024 * 1024 + 1, 32)));
    const error = await failure(client.reader.get(POD));
    expect([error.code, error.retryable]).toEqual(['unavailable', false]);
  });

  it('keeps object content and credentials in error texts to itself', async () => {
    const object = JSON.stringify(JSON.stringify({ env: [{ name: 'PASSWORD', value: 'canary-1' }] }));
    server.answerWith(
      apiStatus(
        422,
        'Invalid',
        `" " is invalid: patch: Invalid value: ${object}: token=canary-2 Bearer canary-3canary`,
      ),
    );
    const error = await failure(client.writer.dryRun(SCALE, ALICE));
    expect(error.code).toBe('invalid_input');
    expect(JSON.stringify([error.message, error.userMessage, error.details])).not.toContain('canary');
  });
});

describe('lists', () => {
  const page = (names: readonly string[], next = '') =>
    json({
      metadata: { resourceVersion: '9', continue: next },
      items: names.map((name) => ({ metadata: { name } })),
    });

  it('follows continue tokens and completes the items', async () => {
    server.answerWith(inTurn(page(['a', 'b'], 'next'), page(['c'])));
    const objects = await client.reader.list('Deployment', { namespace: 'shop', labelSelector: 'app=web' });
    expect(objects.map(({ apiVersion, kind, metadata }) => `${apiVersion} ${kind} ${metadata.name}`)).toEqual(
      ['apps/v1 Deployment a', 'apps/v1 Deployment b', 'apps/v1 Deployment c'],
    );
    expect(server.seen.map(({ target }) => target)).toEqual([
      '/apis/apps/v1/namespaces/shop/deployments?limit=500&labelSelector=app%3Dweb',
      '/apis/apps/v1/namespaces/shop/deployments?limit=500&labelSelector=app%3Dweb&continue=next',
    ]);
  });

  it('starts again when a continue token has expired, and not for ever', async () => {
    const gone = apiStatus(410, 'Expired', 'too old');
    server.answerWith(inTurn(page(['a'], 'next'), gone, page(['b'])));
    expect((await client.reader.list('Pod')).map(({ metadata }) => metadata.name)).toEqual(['b']);
    server.answerWith(gone);
    await failure(client.reader.list('Pod'));
    expect(server.seen).toHaveLength(3 + 4);
  });
});

describe('writes', () => {
  it('sends the resourceVersion as precondition, as the permit’s identity, marked with the plan', async () => {
    const permit = office.mint({ planId: 'p-0abcdefg' as PlanId, cluster: 'test', identity: ALICE }, [SCALE]);
    await client.writer.send(SCALE, '7', permit);
    const [request] = server.seen;
    expect(request?.target).toBe(
      '/apis/apps/v1/namespaces/shop/deployments/checkout/scale?fieldManager=jamie-scarlet&fieldValidation=Strict',
    );
    expect(JSON.parse(request?.body ?? '')).toEqual([
      { op: 'add', path: '/metadata/resourceVersion', value: '7' },
      { op: 'replace', path: '/spec/replicas', value: 3 },
    ]);
    expect(request?.headers['impersonate-user']).toBe('alice');
    expect(request?.headers['user-agent']).toBe('jamie-scarlet (p-0abcdefg)');
  });

  it('refuses a write that no permit covers, and sends nothing', async () => {
    const grant = { planId: 'p-00000000' as PlanId, cluster: 'test', identity: ALICE };
    const permit = office.mint(grant, [SCALE]);
    const other: WriteRequest = { ...SCALE, patch: [{ op: 'replace', path: '/spec/replicas', value: 4 }] };
    const attempts = [
      client.writer.send(other, '7', permit),
      client.writer.send({ ...SCALE, target: { ...SCALE.target, name: 'payments' } }, '7', permit),
      client.writer.send(SCALE, '7', { ...permit }),
      client.writer.send(SCALE, '7', grant),
      client.writer.send(SCALE, '7', office.mint({ ...grant, cluster: 'other' }, [SCALE])),
      client.writer.send(SCALE, '7', createPermitOffice().mint(grant, [SCALE])),
    ];
    for (const attempt of attempts) expect((await failure(attempt)).code).toBe('policy_denied');
    expect(server.seen).toHaveLength(0);
  });

  it.each(['kube-system', 'kube-public', 'kube-node-lease', 'jamie'])(
    'never writes to %s',
    async (namespace) => {
      const request: WriteRequest = { ...SCALE, target: { ...SCALE.target, namespace } };
      const permit = office.mint({ planId: 'p-00000000' as PlanId, cluster: 'test', identity: ALICE }, [
        request,
      ]);
      expect((await failure(client.writer.send(request, '7', permit))).code).toBe('policy_denied');
      expect((await failure(client.writer.dryRun(request, ALICE))).code).toBe('policy_denied');
      expect(server.seen).toHaveLength(0);
    },
  );

  it.each(['', '0', 'abc'])('refuses %j as precondition', async (resourceVersion) => {
    const permit = office.mint({ planId: 'p-00000000' as PlanId, cluster: 'test', identity: ALICE }, [SCALE]);
    expect((await failure(client.writer.send(SCALE, resourceVersion, permit))).code).toBe('invalid_input');
    expect(server.seen).toHaveLength(0);
  });

  it('calls a failed test operation a conflict', async () => {
    server.answerWith(
      apiStatus(422, 'Invalid', 'the server rejected our request due to an error in our request'),
    );
    expect((await failure(client.writer.dryRun(SCALE, ALICE))).code).toBe('conflict');
  });
});

describe('names', () => {
  it.each(['../secrets', 'a/b', '', 'A', 'a%2fb', 'a'.repeat(254)])(
    'refuses %j before any request',
    async (name) => {
      expect((await failure(client.reader.get({ ...POD, name }))).code).toBe('invalid_input');
      expect((await failure(client.reader.get({ ...POD, namespace: name }))).code).toBe('invalid_input');
      expect(server.seen).toHaveLength(0);
    },
  );
});

describe('logs', () => {
  const query = {
    namespace: 'shop',
    pod: 'web-1',
    container: 'web',
    previous: false,
    tailLines: 5,
    limitBytes: 99,
  };

  it('never returns more than was asked for, nor half a character', async () => {
    server.answerWith((_request, response) => response.end('äöü'));
    expect(await client.reader.readLog({ ...query, previous: true, limitBytes: 3 })).toBe('ä');
    expect(server.seen[0]?.target).toBe(
      '/api/v1/namespaces/shop/pods/web-1/log?container=web&tailLines=5&limitBytes=3&previous=true',
    );
  });

  it('refuses bounds and names that cannot be, before any request', async () => {
    for (const bad of [
      { limitBytes: 0 },
      { tailLines: 0 },
      { sinceSeconds: 0 },
      { sinceSeconds: 1.5 },
      { sinceSeconds: -1 },
      { pod: '../x' },
      { container: '' },
    ])
      expect((await failure(client.reader.readLog({ ...query, ...bad }))).code).toBe('invalid_input');
    expect(server.seen).toHaveLength(0);
  });

  it('asks for a stretch of time and for times', async () => {
    await client.reader.readLog({ ...query, sinceSeconds: 60, timestamps: true });
    expect(server.seen[0]?.target).toBe(
      '/api/v1/namespaces/shop/pods/web-1/log?container=web&tailLines=5&limitBytes=99&sinceSeconds=60&timestamps=true',
    );
  });
});
