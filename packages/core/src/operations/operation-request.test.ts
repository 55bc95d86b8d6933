import { describe, expect, it } from '@jest/globals';
import { operationRequestSchema } from './operation-request.ts';

const target = { kind: 'Deployment', namespace: 'payments', name: 'checkout' };

describe('operationRequestSchema', () => {
  it.each([
    { kind: 'scale', target, replicas: 0 },
    { kind: 'scale', target, replicas: 10_000 },
    { kind: 'restart', target: { ...target, kind: 'DaemonSet' } },
    { kind: 'rollback', target },
    { kind: 'rollback', target, toRevision: 3 },
    { kind: 'undo', planId: 'p-4k7d2m9q' },
    { kind: 'set_image', target, image: 'registry.example.com:5000/shop/cart:1.4.2' },
    { kind: 'resize', target, container: 'app', requests: { cpu: '250m' }, limits: { memory: '512Mi' } },
    { kind: 'drain', target: { kind: 'Node', name: 'worker-1' } },
    { kind: 'label', target, labels: { 'example.com/team': 'shop', old: null } },
    {
      kind: 'apply',
      manifests: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data: { a: 'b' } }],
    },
    {
      kind: 'several',
      operations: [
        { kind: 'restart', target },
        { kind: 'scale', target, replicas: 2 },
      ],
    },
  ])('takes %j', (request) => {
    expect(operationRequestSchema.parse(request)).toEqual(request);
  });

  it('spells a typed plan id as we do', () => {
    expect(operationRequestSchema.parse({ kind: 'undo', planId: ' P-4K7D2M9Q' })).toEqual({
      kind: 'undo',
      planId: 'p-4k7d2m9q',
    });
  });

  it.each([
    { kind: 'scale', target, replicas: -1 },
    { kind: 'scale', target, replicas: 2.5 },
    { kind: 'scale', target, replicas: '3' },
    { kind: 'scale', target, replicas: 10_001 },
    { kind: 'scale', target: { ...target, kind: 'Secret' }, replicas: 1 },
    { kind: 'restart', target: { ...target, name: '../secrets' } },
    { kind: 'restart', target: { ...target, name: 'x'.repeat(254) } },
    { kind: 'restart', target: { ...target, namespace: 'Payments' } },
    { kind: 'restart', target: { kind: 'Deployment', name: 'checkout' } },
    { kind: 'rollback', target, toRevision: 0 },
    { kind: 'undo', planId: 'the last one' },
    { kind: 'exec', target },
    { kind: 'delete', target: { ...target, kind: 'Secret' } },
    { kind: 'delete', target: { kind: 'Namespace', name: 'payments' } },
    { kind: 'set_image', target, image: 'app:1; rm -rf /' },
    { kind: 'resize', target, limits: { memory: '-1Gi' } },
    { kind: 'resize', target, limits: { memory: '0' } },
    { kind: 'label', target, labels: {} },
    { kind: 'apply', manifests: [] },
    { kind: 'apply', manifests: [{ kind: 'Deployment' }] },
    { kind: 'several', operations: [{ kind: 'restart', target }] },
    {
      kind: 'several',
      operations: [
        { kind: 'restart', target },
        { kind: 'undo', planId: 'p-4k7d2m9q' },
      ],
    },
  ])('refuses %j', (request) => {
    expect(operationRequestSchema.safeParse(request).success).toBe(false);
  });
});
