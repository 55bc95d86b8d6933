import {
  apiVersionOf,
  createPermitOffice,
  KINDS,
  type Kind,
  type PlanId,
  type WriteRequest,
} from '@jamie/core';
import { RecordingLogger } from '@jamie/testing';
import { describe, expect, it } from '@jest/globals';
import { ALICE, RULES } from '../doubles/requests.ts';
import { sentAs } from '../doubles/write-requests.ts';
import type { ApiRequest, ApiTransport } from '../transport/api-request.ts';
import { type ApiOperation, classifyOperation } from './classify-operation.ts';
import { decideRequest } from './decide-request.ts';
import { GuardedTransport } from './guarded-transport.ts';
import { FOREIGN_RESOURCES, KNOWN_SUBRESOURCES } from './known-resources.ts';

const METHODS: Readonly<Record<string, string>> = {
  get: 'GET',
  list: 'GET',
  watch: 'GET',
  create: 'POST',
  update: 'PUT',
  patch: 'PATCH',
  delete: 'DELETE',
  deletecollection: 'DELETE',
};
const VERBS = Object.keys(METHODS);
/** No path lists, watches or empties a subresource. */
const OF_ONE = ['get', 'create', 'update', 'patch', 'delete'];
const kinds = Object.keys(KINDS) as Kind[];
const resources = [
  ...Object.values(KINDS).map(({ group, version, plural }) => `${group}/${version}/${plural}`),
  ...[...FOREIGN_RESOURCES.keys()].map((place) => place.replace('/', '/v1/')),
  ...['metrics.k8s.io/v1beta1/pods', 'metrics.k8s.io/v1beta1/nodes'],
  ...['authorization.k8s.io/v1/subjectaccessreviews', 'authorization.k8s.io/v1/selfsubjectaccessreviews'],
];
const operations: readonly ApiOperation[] = resources.flatMap((place) => {
  const [group = '', version = '', resource = ''] = place.split('/');
  const isOurs = !FOREIGN_RESOURCES.has(`${group}/${resource}`);
  const whole = VERBS.map((verb) => ({ verb, group, version, resource }));
  const parts = isOurs ? [...KNOWN_SUBRESOURCES.keys()] : ['status', 'token', 'approval', 'proxy'];
  return [
    ...whole,
    ...parts.flatMap((subresource) =>
      OF_ONE.map((verb) => ({ verb, group, version, resource, subresource })),
    ),
  ];
});

/** The best-formed requests that could mean this operation: ours where we have a spelling, plain ones everywhere. */
function requestsOf(operation: ApiOperation): readonly ApiRequest[] {
  const { verb, group, version, resource, subresource } = operation;
  const root = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
  const named = verb !== 'list' && verb !== 'watch' && verb !== 'deletecollection';
  const isNamed = named && (verb !== 'create' || subresource !== undefined);
  const tail = `${isNamed ? '/x' : ''}${subresource === undefined ? '' : `/${subresource}`}`;
  const method = METHODS[verb] ?? verb;
  const read = method === 'GET';
  const query = verb === 'watch' ? { query: { watch: 'true' } } : {};
  const body = read ? {} : { contentType: 'application/json', body: '{}', as: ALICE };
  const plain = ['', '/namespaces/shop'].map((scope) => ({
    method,
    path: `${root}${scope}/${resource}${tail}`,
    ...query,
    ...body,
  }));
  return [...plain, ...writesOf(operation).map((write) => sentAs(write))];
}

function writesOf({ verb, group, version, resource, subresource }: ApiOperation): readonly WriteRequest[] {
  const kind = kinds.find(
    (each) =>
      KINDS[each].plural === resource && KINDS[each].group === group && KINDS[each].version === version,
  );
  if (kind === undefined) return [];
  const target = { kind, name: 'x', ...(KINDS[kind].namespaced && { namespace: 'shop' }) };
  const metadata = { name: target.name, namespace: 'shop' };
  const manifest = { apiVersion: apiVersionOf(kind), kind, metadata };
  const patch = (path: string) => [{ op: 'add', path, value: 1 }] as const;
  switch (`${verb}/${subresource ?? ''}`) {
    case 'patch/':
      return [
        { verb: 'patch', target, patch: patch('/metadata/labels/a') },
        { verb: 'apply', target, uid: null, manifest },
      ];
    case 'patch/scale':
      return [{ verb: 'patch', target, subresource: 'scale', patch: patch('/spec/replicas') }];
    case 'patch/resize':
      return [
        {
          verb: 'patch',
          target,
          subresource: 'resize',
          patch: patch('/spec/containers/0/resources/limits/cpu'),
        },
      ];
    case 'create/':
      return [{ verb: 'create', target, manifest }];
    case 'create/eviction':
      return [{ verb: 'evict', target, uid: 'u' }];
    case 'delete/':
      return [{ verb: 'delete', target, uid: 'u', propagation: 'Background' }];
    default:
      return [];
  }
}

describe('classifyOperation', () => {
  it('says of every operation what the guard does with every request for it', () => {
    for (const operation of operations) {
      const { kind } = classifyOperation(operation);
      const decisions = new Set(requestsOf(operation).map((request) => decideRequest(request, RULES).kind));
      expect({ operation, kind, passes: [...decisions].filter((each) => each !== 'refused') }).toEqual({
        operation,
        kind,
        passes: kind === 'refused' ? [] : [kind],
      });
    }
  });

  it('lets no write through the guarded transport without a permit, and none with a permit for another', async () => {
    const sent: ApiRequest[] = [];
    const transport = {
      send: async (request: ApiRequest) => {
        sent.push(request);
        return '{}';
      },
    } as unknown as ApiTransport;
    const office = createPermitOffice();
    const guard = new GuardedTransport({
      cluster: 'test',
      transport,
      permits: office,
      logger: new RecordingLogger(),
      ownNamespace: 'jamie',
    });
    const grant = { planId: 'p-00000000' as PlanId, cluster: 'test', identity: ALICE };
    const permit = office.mint(grant, []);
    const codes: unknown[] = [];
    for (const operation of operations) {
      const { kind } = classifyOperation(operation);
      if (kind === 'read' || kind === 'review') continue;
      for (const request of requestsOf(operation)) {
        for (const offered of [undefined, permit])
          codes.push(await guard.send(request, offered).catch((error: { code?: unknown }) => error.code));
      }
    }
    expect(sent).toEqual([]);
    expect(codes.length).toBeGreaterThan(operations.length);
    expect(new Set(codes)).toEqual(new Set(['policy_denied']));
  });

  it.each([
    { verb: 'get', group: 'example.com', version: 'v1', resource: 'widgets' },
    { verb: 'get', group: '', version: 'v1', resource: 'newthings' },
    { verb: 'get', group: '', version: 'v1', resource: 'pods', subresource: 'checkpoint' },
    { verb: 'impersonate', group: '', version: 'v1', resource: 'users' },
    { verb: 'use', group: '', version: 'v1', resource: 'pods' },
    { verb: 'list', group: 'metrics.k8s.io', version: 'v1beta1', resource: 'services' },
  ])('refuses what it does not know: %j', (operation) => {
    expect(classifyOperation(operation)).toEqual({ kind: 'refused', reason: 'unknown' });
  });

  it('refuses another version of a kind of ours', () => {
    const scaler = {
      verb: 'patch',
      group: 'autoscaling',
      version: 'v1',
      resource: 'horizontalpodautoscalers',
    };
    expect(classifyOperation(scaler)).toEqual({ kind: 'refused', reason: 'other_version' });
  });
});
