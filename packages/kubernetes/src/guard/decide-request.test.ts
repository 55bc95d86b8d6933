import { describe, expect, it } from '@jest/globals';
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

function reasonOf(request: ApiRequest): string {
  const decision = decideRequest(request, RULES);
  return decision.kind === 'refused' ? decision.reason : decision.kind;
}

describe('decideRequest', () => {
  it.each([
    ['/version', {}],
    ['/readyz', {}],
    ['/apis', {}],
    ['/apis/apps/v1', {}],
    ['/api/v1/pods', { limit: '500', continue: 'abc', labelSelector: 'app=web' }],
    ['/api/v1/namespaces/shop/pods', { fieldSelector: 'spec.nodeName=a' }],
    ['/api/v1/namespaces/shop/pods/web-1', {}],
    ['/api/v1/namespaces/shop', {}],
    ['/api/v1/nodes/worker-1.example.com', {}],
    ['/api/v1/namespaces/shop/pods/web-1/log', { container: 'web', tailLines: '10', limitBytes: '10' }],
    ['/api/v1/namespaces/shop/pods/web-1/log', { previous: 'true', sinceSeconds: '60', timestamps: 'true' }],
    ['/apis/metrics.k8s.io/v1beta1', {}],
    ['/apis/metrics.k8s.io/v1beta1/nodes', {}],
    ['/apis/metrics.k8s.io/v1beta1/pods', {}],
    ['/apis/metrics.k8s.io/v1beta1/namespaces/shop/pods', {}],
    [`${DEPLOYMENT_PATH}/scale`, {}],
    ['/apis/apps/v1/deployments', { watch: 'true', allowWatchBookmarks: 'true', resourceVersion: '5' }],
  ])('reads %s', (path, query) => {
    expect(decideRequest({ method: 'GET', path, query }, RULES)).toEqual({ kind: 'read' });
  });

  it('lets access reviews through without a permit', () => {
    for (const review of ['subjectaccessreviews', 'selfsubjectaccessreviews']) {
      const path = `/apis/authorization.k8s.io/v1/${review}`;
      const request = { method: 'POST', path, contentType: 'application/json', body: '{}' };
      expect(decideRequest(request, RULES)).toEqual({ kind: 'review' });
    }
  });

  it('recognises a dry run and the write request in it', () => {
    expect(decideRequest(patchRequest(), RULES)).toEqual({
      kind: 'dry_run',
      write: {
        verb: 'patch',
        target: { kind: 'Deployment', namespace: 'shop', name: 'checkout' },
        subresource: 'scale',
        patch: [REPLICAS],
      },
    });
  });

  it('recognises a real write, without its precondition, and as whom it runs', () => {
    const patch = [
      { op: 'test', path: '/metadata/uid', value: 'u' },
      { op: 'add', path: '/spec/template/metadata/annotations', value: { a: 'b' } },
    ];
    const body = JSON.stringify([PRECONDITION, ...patch]);
    expect(decideRequest(realWrite({ path: DEPLOYMENT_PATH, body }), RULES)).toEqual({
      kind: 'write',
      write: { verb: 'patch', target: { kind: 'Deployment', namespace: 'shop', name: 'checkout' }, patch },
      as: ALICE,
    });
  });

  it.each([
    '/api/v1/namespaces/shop/secrets',
    '/api/v1/namespaces/shop/secrets/token',
    '/api/v1/secrets',
    '/api/v1/namespaces/shop/serviceaccounts/x/token',
    '/api/v1/namespaces/shop/pods/web-1/exec',
    '/api/v1/namespaces/shop/pods/web-1/attach',
    '/api/v1/namespaces/shop/pods/web-1/portforward',
    '/api/v1/namespaces/shop/pods/web-1/proxy',
    '/api/v1/namespaces/shop/services/web/proxy',
    '/api/v1/nodes/worker-1/proxy',
    '/api/v1/namespaces/shop/nodes/worker-1',
    '/api/v1/pods/web-1',
    '/apis/rbac.authorization.k8s.io/v1/clusterroles',
    '/apis/apps/v1beta1/deployments',
    '/apis/apps/v1/namespaces/shop/deployments/checkout/status',
    '/apis/apps/v1/namespaces/shop/daemonsets/agent/scale',
    '/api/v1/watch/pods',
    '/apis/metrics.k8s.io/v1beta1/namespaces/shop/pods/web-1',
    '/apis/metrics.k8s.io/v1beta1/nodes/worker-1',
    '/apis/metrics.k8s.io/v1beta1/namespaces/shop/nodes',
    '/apis/metrics.k8s.io/v1beta1/services',
    '/apis/metrics.k8s.io/v1/pods',
    '/apis/custom.metrics.k8s.io/v1beta1/namespaces/shop/pods',
  ])('refuses to read %s', (path) => {
    expect(reasonOf({ method: 'GET', path })).toBe('resource_not_allowed');
  });

  it.each([
    '/api/v1/namespaces/shop/pods/web-1/proxy/metrics',
    '/api/v1/proxy/namespaces/shop/pods/web-1/x',
    '/logs/kubelet.log',
    '/metrics',
    '/debug/pprof',
    '/openapi/v2',
  ])('refuses the unknown path %s', (path) => {
    expect(['path_unknown', 'resource_not_allowed', 'path_malformed']).toContain(
      reasonOf({ method: 'GET', path }),
    );
  });

  it.each([
    '/api/v1/namespaces/shop/pods/..%2f..%2fsecrets',
    '/api/v1/namespaces/shop/pods/../secrets',
    '/api/v1/namespaces/shop/pods/./web',
    '/api/v1//namespaces/shop/pods',
    '//api/v1/pods',
    '/api/v1/pods/',
    '/api/v1/Pods',
    '/API/v1/pods',
    '/api/v1/namespaces/shop/pods/web;x',
    '/api/v1/namespaces/shop/pods/web?watch=true',
    '/api/v1/namespaces/shop/pods/web#x',
    '/api/v1/namespaces/shop/pods/web\r\nX: y',
    '/api/v1/namespaces/shop/pods/we b',
    '/api/v1/namespaces/shop/pods\\web',
    'api/v1/pods',
    'http://elsewhere/api/v1/pods',
    '/api/v1/namespaces/shop/pods/wéb',
    '',
    '/',
    `/api/v1/namespaces/shop/pods/${'a'.repeat(254)}`,
    `/api/v1/${'a/'.repeat(2000)}a`,
  ])('refuses the path trick %j', (path) => {
    expect(['path_malformed', 'path_unknown']).toContain(reasonOf({ method: 'GET', path }));
  });

  it.each([
    [{ follow: 'true' }, '/api/v1/namespaces/shop/pods/web-1/log'],
    [{ follow: 'true', limitBytes: '10' }, '/api/v1/namespaces/shop/pods/web-1/log'],
    [{ follow: '', limitBytes: '10' }, '/api/v1/namespaces/shop/pods/web-1/log'],
    [{ timestamps: 'yes' }, '/api/v1/namespaces/shop/pods/web-1/log'],
    [{ insecureSkipTLSVerifyBackend: 'true' }, '/api/v1/namespaces/shop/pods/web-1/log'],
    [{ watch: 'true' }, '/apis/metrics.k8s.io/v1beta1/pods'],
    [{ limit: '500' }, '/apis/metrics.k8s.io/v1beta1/pods'],
    [{ labelSelector: 'app=web' }, '/apis/metrics.k8s.io/v1beta1/pods'],
    [{ watch: '1' }, '/api/v1/pods'],
    [{ watch: 'true' }, '/api/v1/namespaces/shop/pods/web-1'],
    [{ dryRun: 'All' }, '/api/v1/pods'],
    [{ pretty: 'true' }, '/version'],
  ])('refuses the query %j', (query, path) => {
    expect(['query_not_allowed', 'resource_not_allowed']).toContain(reasonOf({ method: 'GET', path, query }));
  });

  it.each(['POST', 'PUT', 'PATCH', 'DELETE', 'HEAD'])('refuses %s of a log and of usage', (method) => {
    for (const path of [
      '/api/v1/namespaces/shop/pods/web-1/log',
      '/apis/metrics.k8s.io/v1beta1/namespaces/shop/pods',
    ]) {
      const request = { method, path, contentType: 'application/json', body: '{}', as: ALICE };
      expect(['method_not_allowed', 'resource_not_allowed', 'content_type_not_allowed']).toContain(
        reasonOf(request),
      );
    }
  });

  it('refuses every write to a protected namespace, dry runs too', () => {
    for (const namespace of ['kube-system', 'jamie']) {
      const path = `/apis/apps/v1/namespaces/${namespace}/deployments/x/scale`;
      expect(reasonOf(patchRequest({ path }))).toBe('protected_namespace');
      expect(reasonOf(realWrite({ path }))).toBe('protected_namespace');
    }
  });

  it.each([
    ['another content type', { contentType: 'application/json' }, 'content_type_not_allowed'],
    ['an apply of a scale', { contentType: 'application/apply-patch+yaml' }, 'resource_not_allowed'],
    [
      'a strategic merge',
      { contentType: 'application/strategic-merge-patch+json' },
      'content_type_not_allowed',
    ],
    ['a merge patch', { contentType: 'application/merge-patch+json' }, 'content_type_not_allowed'],
    ['a half dry run', { query: { dryRun: 'None' } }, 'query_not_allowed'],
    ['force', { query: { dryRun: 'All', force: 'true' } }, 'query_not_allowed'],
    ['another field manager', { query: { dryRun: 'All', fieldManager: 'kubectl' } }, 'query_not_allowed'],
    ['weaker validation', { query: { dryRun: 'All', fieldValidation: 'Ignore' } }, 'query_not_allowed'],
    ['no body', { body: undefined }, 'body_malformed'],
    ['no JSON', { body: '{' }, 'body_malformed'],
    ['no list', { body: '{}' }, 'body_malformed'],
    ['an empty patch', { body: '[]' }, 'body_malformed'],
    [
      'a member that is there twice',
      { body: '[{"op":"test","op":"replace","path":"/spec/replicas","value":1}]' },
      'body_malformed',
    ],
    ['white space', { body: '[ ]' }, 'body_malformed'],
    ['an unknown operation', { body: '[{"op":"copy","path":"/spec/replicas","value":1}]' }, 'body_malformed'],
    [
      'an extra member',
      { body: '[{"op":"replace","path":"/spec/replicas","value":1,"x":1}]' },
      'body_malformed',
    ],
    [
      'all labels at once',
      { path: DEPLOYMENT_PATH, body: '[{"op":"remove","path":"/metadata/labels"}]' },
      'body_touches_forbidden_field',
    ],
    [
      'owners',
      { path: DEPLOYMENT_PATH, body: '[{"op":"remove","path":"/metadata/ownerReferences"}]' },
      'body_touches_forbidden_field',
    ],
    ['a query that ours has not', { query: { dryRun: 'All' } }, 'spelling_not_ours'],
    [
      'finalizers',
      { path: DEPLOYMENT_PATH, body: '[{"op":"remove","path":"/metadata/finalizers"}]' },
      'body_touches_forbidden_field',
    ],
    [
      'status',
      { path: DEPLOYMENT_PATH, body: '[{"op":"add","path":"/status/replicas","value":1}]' },
      'body_touches_forbidden_field',
    ],
    [
      'the whole object',
      { path: DEPLOYMENT_PATH, body: '[{"op":"add","path":"","value":{}}]' },
      'body_touches_forbidden_field',
    ],
    [
      'more than replicas through scale',
      { body: '[{"op":"add","path":"/spec/template","value":{}}]' },
      'body_touches_forbidden_field',
    ],
    ['nobody to act as', { as: undefined }, 'identity_missing'],
  ])('refuses a dry run with %s', (_what, changes, reason) => {
    const request = { ...patchRequest(), ...changes } as ApiRequest;
    expect(reasonOf(request)).toBe(reason);
  });

  it.each(['', '0', '-1', '1e3', 'latest'])('refuses a real write whose precondition is %j', (value) => {
    const body = JSON.stringify([{ ...PRECONDITION, value }, REPLICAS]);
    expect(reasonOf(realWrite({ body }))).toBe('body_malformed');
  });

  it('refuses a real write without a precondition, or with one that comes late or twice', () => {
    expect(reasonOf(realWrite({ body: JSON.stringify([REPLICAS]) }))).toBe('precondition_missing');
    expect(reasonOf(realWrite({ body: JSON.stringify([REPLICAS, PRECONDITION]) }))).toBe(
      'body_touches_forbidden_field',
    );
    const twice = JSON.stringify([PRECONDITION, PRECONDITION, REPLICAS]);
    expect(reasonOf(realWrite({ body: twice }))).toBe('body_touches_forbidden_field');
  });
});
