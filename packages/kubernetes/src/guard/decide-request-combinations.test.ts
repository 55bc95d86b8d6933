import { KINDS } from '@jamie/core';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  ALICE,
  DEPLOYMENT_PATH,
  PRECONDITION,
  patchRequest,
  REPLICAS,
  RULES,
  realWrite,
} from '../doubles/requests.ts';
import type { ApiRequest } from '../transport/api-request.ts';
import { decideRequest } from './decide-request.ts';

const METHODS = [
  'GET',
  'HEAD',
  'OPTIONS',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'CONNECT',
  'TRACE',
  'get',
  'patch',
  '',
];
const RESOURCES = [
  ...Object.values(KINDS).map(({ group, version, plural }) => `${group}/${version}/${plural}`),
  '/v1/secrets',
  '/v1/serviceaccounts',
  '/v1/persistentvolumes',
  '/v1/bindings',
  '/v1/endpoints',
  '/v1/replicationcontrollers',
  'apps/v1/controllerrevisions',
  'apps/v1beta1/deployments',
  'extensions/v1/deployments',
  'batch/v1/jobs',
  'policy/v1/poddisruptionbudgets',
  'rbac.authorization.k8s.io/v1/roles',
  'rbac.authorization.k8s.io/v1/clusterrolebindings',
  'certificates.k8s.io/v1/certificatesigningrequests',
  'admissionregistration.k8s.io/v1/validatingwebhookconfigurations',
  'apiextensions.k8s.io/v1/customresourcedefinitions',
  'authentication.k8s.io/v1/tokenreviews',
  'metrics.k8s.io/v1beta1/pods',
  'metrics.k8s.io/v1beta1/nodes',
  'metrics.k8s.io/v1/pods',
  'authorization.k8s.io/v1/subjectaccessreviews',
  'authorization.k8s.io/v1/selfsubjectaccessreviews',
];
const SUBRESOURCES =
  'status scale log exec attach portforward proxy eviction binding token ephemeralcontainers finalize approval rollback resize'.split(
    ' ',
  );
const TAILS = ['', '/x', ...SUBRESOURCES.map((subresource) => `/x/${subresource}`)];
const NAMESPACES = ['', 'namespaces/shop/'];

/** Every way to say one thing: bare, as a real write, as a dry run, as a review. */
function requestsOf(
  method: string,
  resource: string,
  namespace: string,
  tail: string,
): readonly ApiRequest[] {
  const [group = '', version = '', plural = ''] = resource.split('/');
  const root = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
  const path = `${root}/${namespace}${plural}${tail}`;
  return [
    { method, path },
    realWrite({ method, path }),
    patchRequest({ method, path }),
    { method, path, contentType: 'application/json', body: '{}' },
  ];
}

describe('decideRequest over every combination', () => {
  it('allows exactly the shapes that exist and refuses all the others', () => {
    const allowed = new Set<string>();
    for (const resource of RESOURCES) {
      const requests = METHODS.flatMap((method) =>
        NAMESPACES.flatMap((namespace) =>
          TAILS.flatMap((tail) => requestsOf(method, resource, namespace, tail)),
        ),
      );
      for (const request of requests) {
        const decision = decideRequest(request, RULES);
        const subresource = /\/x(\/.+)$/.exec(request.path)?.[1] ?? '';
        if (decision.kind !== 'refused')
          allowed.add(`${request.method} ${decision.kind} ${resource}${subresource}`);
        if (decision.kind !== 'refused' && resource.startsWith('metrics'))
          expect(request.path).toMatch(/(pods|nodes)$/);
      }
    }
    const readable = Object.values(KINDS).map(
      ({ group, version, plural }) => `${group}/${version}/${plural}`,
    );
    const scalable = ['apps/v1/deployments/scale', 'apps/v1/statefulsets/scale'];
    const measured = ['metrics.k8s.io/v1beta1/pods', 'metrics.k8s.io/v1beta1/nodes'];
    const writable = ['apps/v1/deployments', 'apps/v1/statefulsets', 'apps/v1/daemonsets', ...scalable];
    const expected = [
      ...[...readable, ...scalable, ...measured, '/v1/pods/log'].map((resource) => `GET read ${resource}`),
      ...['subjectaccessreviews', 'selfsubjectaccessreviews'].map(
        (name) => `POST review authorization.k8s.io/v1/${name}`,
      ),
      ...writable.flatMap((resource) => [`PATCH dry_run ${resource}`, `PATCH write ${resource}`]),
    ];
    expect([...allowed].sort()).toEqual(expected.sort());
  });

  it('never throws, whatever the request says', () => {
    const request = fc.record({
      method: fc.oneof(fc.constantFrom(...METHODS), fc.string()),
      path: fc.oneof(fc.string(), fc.webPath(), fc.constantFrom(DEPLOYMENT_PATH, `${DEPLOYMENT_PATH}/scale`)),
      query: fc.dictionary(fc.string(), fc.string()),
      contentType: fc.oneof(fc.constant('application/json-patch+json'), fc.string()),
      body: fc.oneof(fc.string(), fc.json()),
      as: fc.constant(ALICE),
    });
    fc.assert(
      fc.property(request, (value) => {
        expect(['read', 'review', 'dry_run', 'write', 'refused']).toContain(decideRequest(value, RULES).kind);
      }),
      { numRuns: 500 },
    );
  });

  it('never takes anything but a PATCH with a precondition outside protected namespaces for a write', () => {
    const operation = fc.oneof(
      fc.constant(PRECONDITION),
      fc.constant(REPLICAS),
      fc.record({
        op: fc.constantFrom('add', 'replace', 'remove', 'test'),
        path: fc.string(),
        value: fc.jsonValue(),
      }),
    );
    const namespaces = fc.constantFrom('shop', 'kube-system', 'jamie');
    const property = fc.property(
      fc.constantFrom(...METHODS),
      namespaces,
      fc.array(operation, { maxLength: 4 }),
      fc.boolean(),
      (method, namespace, patch, isDryRun) => {
        const path = `/apis/apps/v1/namespaces/${namespace}/deployments/x/scale`;
        const query = isDryRun ? { dryRun: 'All' } : {};
        const decision = decideRequest(
          patchRequest({ method, path, query, body: JSON.stringify(patch) }),
          RULES,
        );
        if (decision.kind !== 'write') return;
        expect({ method, namespace, isDryRun, first: patch[0] }).toEqual({
          method: 'PATCH',
          namespace: 'shop',
          isDryRun: false,
          first: PRECONDITION,
        });
        expect(decision.write.verb === 'patch' && decision.write.patch).toEqual(patch.slice(1));
      },
    );
    fc.assert(property, { numRuns: 1000 });
  });
});
