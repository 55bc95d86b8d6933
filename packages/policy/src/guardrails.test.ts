import {
  DELETABLE_KINDS,
  KINDS,
  type Kind,
  MARKABLE_KINDS,
  type ObjectRef,
  type WriteRequest,
} from '@jamie/core';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkGuardrails } from './guardrails.ts';

const OWN = 'jamie-scarlet';

function patch(target: ObjectRef, path = '/spec/replicas'): WriteRequest {
  return { verb: 'patch', target, patch: [{ op: 'add', path, value: 1 }] };
}

function everyRequest(target: ObjectRef): readonly WriteRequest[] {
  const { kind, namespace = '', name } = target;
  const manifest = { apiVersion: 'v1', kind, metadata: { namespace, name } };
  return [
    patch(target),
    { verb: 'apply', target, uid: null, manifest },
    { verb: 'create', target, manifest },
    { verb: 'delete', target, uid: 'u', propagation: 'Background' },
    { verb: 'evict', target, uid: 'u' },
  ];
}

describe('checkGuardrails', () => {
  it.each(['kube-system', 'kube-public', 'kube-node-lease'])('denies %s', (namespace) => {
    for (const kind of ['Deployment', 'Pod'] as const)
      for (const request of everyRequest({ kind, namespace, name: 'coredns' }))
        expect(checkGuardrails(request, OWN)).toMatchObject({
          kind: 'deny',
          reason: 'control_plane_namespace',
        });
  });

  it('denies the namespace that we run in', () => {
    for (const request of everyRequest({ kind: 'Pod', namespace: OWN, name: 'jamie' }))
      expect(checkGuardrails(request, OWN)).toMatchObject({ reason: 'own_namespace' });
  });

  it('denies what belongs to the whole cluster', () => {
    for (const request of everyRequest({ kind: 'Namespace', name: 'payments' }))
      expect(checkGuardrails(request, OWN)).toMatchObject({ reason: 'cluster_scoped' });
  });

  it.each([
    '/spec/unschedulable',
    '/metadata/labels/team',
    '/metadata/annotations',
    '/metadata/annotations/a~1b',
  ])('lets %s of a node be written', (path) => {
    expect(checkGuardrails(patch({ kind: 'Node', name: 'n1' }, path), OWN)).toEqual({ kind: 'pass' });
  });

  it.each(['/spec/taints', '/spec/unschedulable/x', '/metadata/finalizers', '/spec', '/metadata/labels/a/b'])(
    'keeps %s of a node as it is',
    (path) => {
      const decision = checkGuardrails(patch({ kind: 'Node', name: 'n1' }, path), OWN);
      expect(decision).toMatchObject({ kind: 'deny', reason: 'cluster_scoped' });
    },
  );

  it('lets no node be deleted, applied or evicted', () => {
    for (const request of everyRequest({ kind: 'Node', name: 'n1' }))
      expect(checkGuardrails(request, OWN).kind).toBe('deny');
  });

  it('passes each verb for its kinds alone, in any other namespace', () => {
    const kinds = Object.keys(KINDS).filter((kind) => KINDS[kind as Kind].namespaced) as Kind[];
    const allowed: Readonly<Record<string, readonly string[]>> = {
      patch: MARKABLE_KINDS,
      delete: [...DELETABLE_KINDS, 'Pod'],
      evict: ['Pod'],
    };
    fc.assert(
      fc.property(
        fc.constantFrom(...kinds),
        fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/),
        (kind, namespace) => {
          fc.pre(!namespace.startsWith('kube-') && namespace !== OWN);
          for (const request of everyRequest({ kind, namespace, name: 'x' })) {
            const passes = checkGuardrails(request, OWN).kind === 'pass';
            const isManifest = request.verb === 'apply' || request.verb === 'create';
            if (!isManifest) expect(passes).toBe(allowed[request.verb]?.includes(kind));
            else if (passes) expect(DELETABLE_KINDS as readonly string[]).toContain(kind);
          }
        },
      ),
    );
  });
});
