import type { JsonObject, WriteRequest } from '@jamie/core';
import { describe, expect, it } from '@jest/globals';
import { ALICE, RULES } from '../doubles/requests.ts';
import { CONFIG_MAP, deploymentOf, JOB, sentAs, WRITES, withBody } from '../doubles/write-requests.ts';
import type { ApiRequest } from '../transport/api-request.ts';
import { decideRequest } from './decide-request.ts';

function reasonOf(request: ApiRequest): string {
  const decision = decideRequest(request, RULES);
  return decision.kind === 'refused' ? decision.reason : decision.kind;
}

const names = Object.keys(WRITES);
const write = (name: string): WriteRequest => WRITES[name] as WriteRequest;
const bodyOf = (request: ApiRequest): JsonObject => JSON.parse(request.body ?? '') as JsonObject;
const applied = (manifest: JsonObject): ApiRequest =>
  sentAs({
    verb: 'apply',
    target: { kind: 'Deployment', namespace: 'shop', name: 'checkout' },
    uid: null,
    manifest,
  });

describe('decideRequest on every verb', () => {
  it.each(names)('reads %s back from its bytes, as whom it runs and whether it is a dry run', (name) => {
    expect(decideRequest(sentAs(write(name)), RULES)).toEqual({
      kind: 'write',
      write: write(name),
      as: ALICE,
    });
    // The dry run of an apply has no precondition: an earlier step may be about to make or take the object.
    const dry = { ...write(name), ...(name === 'apply' && { uid: null }) };
    expect(decideRequest(sentAs(write(name), { dryRun: true }), RULES)).toEqual({
      kind: 'dry_run',
      write: dry,
    });
  });

  it('takes the precondition of an apply for what it is', () => {
    const request = sentAs(write('apply'), { resourceVersion: '7' });
    expect(decideRequest(request, RULES)).toEqual({ kind: 'write', write: write('apply'), as: ALICE });
    expect(reasonOf(sentAs(write('apply'), { resourceVersion: '0' }))).toBe('body_malformed');
  });

  it('refuses an apply without a precondition, and one to an object without its uid', () => {
    expect(reasonOf(withBody(sentAs(write('apply')), CONFIG_MAP))).toBe('precondition_missing');
    const metadata = { ...(CONFIG_MAP['metadata'] as JsonObject), resourceVersion: '42' };
    expect(reasonOf(withBody(sentAs(write('apply')), { ...CONFIG_MAP, metadata }))).toBe('spelling_not_ours');
  });

  it.each(names)('refuses %s as nobody', (name) => {
    expect(reasonOf({ ...sentAs(write(name)), as: undefined } as unknown as ApiRequest)).toBe(
      'identity_missing',
    );
  });

  it.each(names.filter((name) => name !== 'cordon'))(
    'refuses %s in a protected namespace, dry runs too',
    (name) => {
      for (const dryRun of [true, false]) {
        const request = sentAs(write(name), { dryRun });
        for (const namespace of ['kube-system', 'jamie']) {
          const path = request.path.replace('/namespaces/shop/', `/namespaces/${namespace}/`);
          expect(reasonOf({ ...request, path })).toBe('protected_namespace');
        }
      }
    },
  );

  it.each(names)('refuses %s with force, half a dry run, or another spelling', (name) => {
    const request = sentAs(write(name));
    const { query = {}, body = '' } = request;
    for (const extra of [
      { force: 'true' },
      { force: 'false' },
      { dryRun: 'None' },
      { dryRun: '' },
      { x: '' },
    ])
      expect(['query_not_allowed', 'spelling_not_ours']).toContain(
        reasonOf({ ...request, query: { ...query, ...extra } }),
      );
    expect(reasonOf({ ...request, body: ` ${body}` })).toBe('body_malformed');
    expect(reasonOf({ ...request, body: body.replace(/(["}])(\]?\}?)$/, '$1 $2') })).toBe('body_malformed');
    expect(reasonOf({ ...request, path: `${request.path}/status` })).not.toBe('write');
  });

  it.each(['delete', 'delete pod'])('refuses to %s with a dry run in the query: it would delete', (name) => {
    expect(reasonOf({ ...sentAs(write(name)), query: { dryRun: 'All' } })).toBe('query_not_allowed');
    expect(reasonOf({ ...sentAs(write(name), { dryRun: true }), query: { dryRun: 'All' } })).toBe(
      'query_not_allowed',
    );
  });

  it('refuses an eviction whose query and body do not agree on the dry run', () => {
    expect(reasonOf({ ...sentAs(write('evict')), query: { dryRun: 'All' } })).toBe('spelling_not_ours');
    expect(reasonOf({ ...sentAs(write('evict'), { dryRun: true }), query: {} })).toBe('spelling_not_ours');
  });

  it('refuses a delete and an eviction without a uid', () => {
    const options = { apiVersion: 'v1', kind: 'DeleteOptions', propagationPolicy: 'Background' };
    expect(reasonOf(withBody(sentAs(write('delete')), options))).toBe('precondition_missing');
    const preconditions = { resourceVersion: '7' };
    expect(reasonOf(withBody(sentAs(write('delete')), { ...options, preconditions }))).toBe(
      'precondition_missing',
    );
    expect(reasonOf(withBody(sentAs(write('delete')), { ...options, preconditions: { uid: '' } }))).toBe(
      'precondition_missing',
    );
    expect(reasonOf(withBody(sentAs(write('evict')), { deleteOptions: {} }))).toBe('precondition_missing');
    expect(reasonOf({ ...sentAs(write('delete')), body: undefined } as unknown as ApiRequest)).toBe(
      'body_malformed',
    );
  });

  it('refuses a delete with a grace period of its own, and one of a whole collection', () => {
    const request = sentAs(write('delete pod'));
    expect(reasonOf(withBody(request, { ...bodyOf(request), gracePeriodSeconds: 0 }))).toBe(
      'spelling_not_ours',
    );
    expect(reasonOf({ ...request, path: '/api/v1/namespaces/shop/pods' })).toBe('resource_not_allowed');
  });

  it.each([
    ['another name', { metadata: { name: 'other', namespace: 'shop' } }],
    ['another namespace', { metadata: { name: 'flags', namespace: 'payments' } }],
    ['no namespace', { metadata: { name: 'flags' } }],
    ['another kind', { kind: 'Secret' }],
    ['another version', { apiVersion: 'v2' }],
  ])('refuses a manifest with %s than its path', (_what, change) => {
    const request = sentAs(write('apply'));
    expect(reasonOf(withBody(request, { ...CONFIG_MAP, ...change }))).toBe('manifest_of_another_object');
  });

  it.each([
    ['finalizers', ['example.com/hold']],
    ['ownerReferences', [{ apiVersion: 'v1', kind: 'Pod', name: 'x', uid: 'u' }]],
    ['generateName', 'flags-'],
    ['managedFields', []],
    ['uid', 'u'],
    ['deletionTimestamp', null],
  ])('refuses a manifest that sets metadata.%s', (field, value) => {
    const metadata = { name: 'flags', namespace: 'shop', [field]: value };
    const manifest = { ...CONFIG_MAP, metadata };
    const applying = withBody(sentAs(write('apply'), { dryRun: true }), manifest);
    expect(reasonOf(applying)).toBe('body_touches_forbidden_field');
    const post = { ...sentAs(write('create')), path: '/api/v1/namespaces/shop/configmaps' };
    expect(reasonOf(withBody(post, manifest))).toBe('body_touches_forbidden_field');
  });

  it('refuses a manifest that sets a status, and a Job whose owner is no CronJob', () => {
    expect(reasonOf(withBody(sentAs(write('apply')), { ...CONFIG_MAP, status: {} }))).toBe(
      'body_touches_forbidden_field',
    );
    for (const owner of [
      { apiVersion: 'apps/v1', kind: 'Deployment', name: 'x', uid: 'u' },
      { apiVersion: 'batch/v1', kind: 'CronJob', name: 'x', uid: 'u', blockOwnerDeletion: true },
    ]) {
      const metadata = { name: 'report-now', namespace: 'shop', ownerReferences: [owner] };
      expect(reasonOf(withBody(sentAs(write('create')), { ...JOB, metadata }))).toBe(
        'body_touches_forbidden_field',
      );
    }
  });

  it.each([
    ['a privileged container', { containers: [{ name: 'a', securityContext: { privileged: true } }] }],
    [
      'a privileged init container',
      { initContainers: [{ name: 'a', securityContext: { privileged: true } }] },
    ],
    ['the network of the host', { hostNetwork: true }],
    ['the processes of the host', { hostPID: true }],
    ['the memory of the host', { hostIPC: true }],
    ['a path of the host', { volumes: [{ name: 'v', hostPath: { path: '/' } }] }],
    ['a port of the host', { containers: [{ name: 'a', ports: [{ containerPort: 1, hostPort: 1 }] }] }],
    [
      'a capability',
      { containers: [{ name: 'a', securityContext: { capabilities: { add: ['NET_ADMIN'] } } }] },
    ],
    ['all of /proc', { containers: [{ name: 'a', securityContext: { procMount: 'Unmasked' } }] }],
  ])('refuses %s, applied, created, or patched', (_what, podSpec: JsonObject) => {
    const manifest = deploymentOf(podSpec);
    expect(reasonOf(applied(manifest))).toBe('body_grants_node_access');
    const target = { kind: 'Deployment', namespace: 'shop', name: 'checkout' } as const;
    expect(reasonOf(sentAs({ verb: 'create', target, manifest }))).toBe('body_grants_node_access');
    const replace = { op: 'replace', path: '/spec/template/spec', value: podSpec } as const;
    expect(reasonOf(sentAs({ verb: 'patch', target, patch: [replace] }))).toBe('body_grants_node_access');
    // Going back to what is there already opens nothing.
    const tested = { op: 'test', path: '/spec/template/spec', value: { ...podSpec, nodeName: 'a' } } as const;
    expect(reasonOf(sentAs({ verb: 'patch', target, patch: [tested, replace] }))).toBe('write');
  });

  it('refuses access to the node at the end of a path, and for a container that had none', () => {
    const target = { kind: 'DaemonSet', namespace: 'shop', name: 'agent' } as const;
    const path = '/spec/template/spec/containers/0/securityContext/privileged';
    const patch = [{ op: 'add', path, value: true }] as const;
    expect(reasonOf(sentAs({ verb: 'patch', target, patch }))).toBe('body_grants_node_access');
    const containers = (name: string) => [{ name, securityContext: { privileged: true } }];
    const swap = [
      { op: 'test', path: '/spec/template/spec/containers', value: containers('agent') },
      { op: 'replace', path: '/spec/template/spec/containers', value: containers('intruder') },
    ] as const;
    expect(reasonOf(sentAs({ verb: 'patch', target, patch: swap }))).toBe('body_grants_node_access');
  });

  it('allows dropped capabilities and a pod spec that stays within its container', () => {
    const securityContext = { privileged: false, capabilities: { drop: ['ALL'], add: [] } };
    expect(
      reasonOf(applied(deploymentOf({ hostNetwork: false, containers: [{ name: 'a', securityContext }] }))),
    ).toBe('write');
  });

  it.each([
    ['the taints of a node', { kind: 'Node', name: 'worker-1' }, '/spec/taints'],
    ['the provider of a node', { kind: 'Node', name: 'worker-1' }, '/spec/providerID'],
    [
      'the template of a CronJob',
      { kind: 'CronJob', namespace: 'shop', name: 'report' },
      '/spec/jobTemplate',
    ],
    [
      'the target of an autoscaler',
      { kind: 'HorizontalPodAutoscaler', namespace: 'shop', name: 'web' },
      '/spec/scaleTargetRef',
    ],
    ['the selector of a Service', { kind: 'Service', namespace: 'shop', name: 'web' }, '/spec/selector'],
    ['the data of a ConfigMap', { kind: 'ConfigMap', namespace: 'shop', name: 'flags' }, '/data/dark'],
    ['the image of a pod', { kind: 'Pod', namespace: 'shop', name: 'web-1' }, '/spec/containers/0/image'],
  ] as const)('refuses to patch %s', (_what, target, path) => {
    const patch = [{ op: 'add', path, value: 'x' }] as const;
    expect(reasonOf(sentAs({ verb: 'patch', target, patch }))).toBe('body_touches_forbidden_field');
  });

  it('lets a resize change resources and nothing else', () => {
    const target = { kind: 'Pod', namespace: 'shop', name: 'web-1' } as const;
    for (const path of [
      '/spec/containers/0/image',
      '/spec/nodeName',
      '/spec/containers/0/resourcesX',
      '/spec',
    ]) {
      const patch = [{ op: 'add', path, value: 'x' }] as const;
      expect(reasonOf(sentAs({ verb: 'patch', target, subresource: 'resize', patch }))).toBe(
        'body_touches_forbidden_field',
      );
    }
  });
});
