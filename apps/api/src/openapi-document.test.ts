import {
  createTemporaryDirectory,
  FakeClock,
  FakeDesk,
  RecordingLogger,
  SequentialIds,
} from '@jamie/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { HttpAnswer } from './testing/http-call.ts';
import { startTestApi, type TestApi } from './testing/start-test-api.ts';

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly parameters?: readonly { readonly name: string }[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Record<string, { readonly content?: Content; readonly $ref?: string }>;
}
type Content = Record<string, { readonly schema: Record<string, unknown> }>;
interface Document {
  readonly openapi: string;
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { readonly schemas: { readonly Error: Record<string, unknown> } };
}

const directory = createTemporaryDirectory();
let api: TestApi;
let document: Document;

beforeAll(async () => {
  api = await startTestApi(
    {
      desk: new FakeDesk({ clock: new FakeClock(), ids: new SequentialIds() }),
      logger: new RecordingLogger(),
      ids: new SequentialIds(),
      dataDir: directory.path,
    },
    {
      checks: [async () => ({ name: 'Store', status: 'ok', detail: 'fine', mend: '' })],
      store: { readFreeze: async () => ({ frozen: false, reason: '', at: 0, version: 0 }) },
      registry: {
        register: async ({ name }) => ({
          name,
          environment: 'staging',
          server: 'https://x',
          source: 'registered',
        }),
        remove: async () => undefined,
      },
    },
  );
  document = (await api.call({ path: '/openapi.json' })).json as Document;
});
afterAll(async () => {
  await api.stop();
  directory.remove();
});

/** Fails unless the answer is one that the document promises for this operation. */
function expectDocumented(method: string, path: string, answer: HttpAnswer): void {
  const operation = document.paths[path]?.[method];
  if (operation === undefined) throw new Error(`${method} ${path} is not documented`);
  const documented = operation.responses[String(answer.status)] ?? operation.responses['default'];
  let schema = documented?.content?.['application/json']?.schema;
  if (schema?.['$ref'] === '#/components/schemas/Error') schema = document.components.schemas.Error;
  if (schema === undefined) expect(answer.text).toBe('');
  else expect(z.fromJSONSchema(schema).safeParse(answer.json).error).toBeUndefined();
}

const request = { text: 'scale deploy/checkout 5', form: 'command', conversationKey: 'page' };

async function planId(): Promise<string> {
  await api.call({ method: 'POST', path: '/v1/requests', json: request });
  const { json } = await api.call({ path: '/v1/conversations/page' });
  return (json as { messages: { card?: { planId: string } }[] }).messages.at(-1)?.card?.planId ?? '';
}

describe('GET /openapi.json', () => {
  it('is OpenAPI 3.1 with unique, described operations whose path parameters are all declared', () => {
    expect(document.openapi).toMatch(/^3\.1\./);
    const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.values(methods).map((operation) => ({ path, operation })),
    );
    expect(new Set(operations.map(({ operation }) => operation.operationId)).size).toBe(operations.length);
    for (const { path, operation } of operations) {
      expect(operation.summary.length).toBeGreaterThan(10);
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
      expect((operation.parameters ?? []).map(({ name }) => name)).toEqual(inPath);
    }
  });

  it('documents every route that the server answers', () => {
    const documented = Object.entries(document.paths)
      .flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method} ${path}`))
      .sort();
    expect(documented).toEqual([
      'delete /v1/clusters/{name}',
      'get /v1/clusters',
      'get /v1/commands',
      'get /v1/conversations/{key}',
      'get /v1/doctor',
      'get /v1/healing',
      'get /v1/plans/{planId}',
      'get /v1/requests/{requestId}',
      'get /v1/status',
      'post /v1/audit/exports',
      'post /v1/clusters',
      'post /v1/plans/{planId}/votes',
      'post /v1/requests',
    ]);
  });

  it('says what a request must look like', () => {
    const content = document.paths['/v1/requests']?.['post']?.requestBody?.content['application/json'];
    const schema = z.fromJSONSchema(content?.schema ?? {});
    expect(schema.safeParse(request).success).toBe(true);
    expect(schema.safeParse({ ...request, form: 'shout' }).success).toBe(false);
    expect(schema.safeParse({ ...request, extra: 1 }).success).toBe(false);
  });

  it('matches what the server really answers, good and bad', async () => {
    const id = await planId();
    const votes = `/v1/plans/${id}/votes`;
    const cluster = { name: 'a', kubeconfig: 'k' };
    const calls: [string, string, string, unknown?][] = [
      ['post', '/v1/requests', '/v1/requests', request],
      ['post', '/v1/requests', '/v1/requests', { ...request, text: 'choose' }],
      ['post', '/v1/requests', '/v1/requests', {}],
      ['get', '/v1/conversations/{key}', '/v1/conversations/page'],
      ['get', '/v1/conversations/{key}', '/v1/conversations/nobody'],
      ['get', '/v1/plans/{planId}', `/v1/plans/${id}`],
      ['get', '/v1/plans/{planId}', '/v1/plans/nonsense'],
      ['post', '/v1/plans/{planId}/votes', votes, { decision: 'approve' }],
      ['post', '/v1/plans/{planId}/votes', votes, { decision: 'approve' }],
      ['get', '/v1/clusters', '/v1/clusters'],
      ['post', '/v1/clusters', '/v1/clusters', cluster],
      ['post', '/v1/clusters', '/v1/clusters', { ...cluster, name: '' }],
      ['delete', '/v1/clusters/{name}', '/v1/clusters/a'],
      ['get', '/v1/doctor', '/v1/doctor'],
      ['get', '/v1/status', '/v1/status'],
      ['get', '/v1/commands', '/v1/commands'],
      ['get', '/v1/requests/{requestId}', '/v1/requests/req_1'],
      ['get', '/v1/requests/{requestId}', '/v1/requests/req_none'],
    ];
    const statuses: number[] = [];
    for (const [method, path, address, json] of calls) {
      const answer = await api.call({
        method: method.toUpperCase(),
        path: address,
        ...(json === undefined ? {} : { json }),
      });
      statuses.push(answer.status);
      expectDocumented(method, path, answer);
    }
    expect(statuses).toEqual([
      202, 202, 400, 200, 404, 200, 400, 200, 409, 200, 201, 400, 204, 200, 200, 200, 200, 404,
    ]);
  });
});
