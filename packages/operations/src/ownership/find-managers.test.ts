import type { JsonObject, KubeObject, ObjectManager, ObjectRef, WriteRequest } from '@jamie/core';
import { anObject, aSnapshot } from '@jamie/testing';
import { describe, expect, it } from '@jest/globals';
import { findManagers } from './find-managers.ts';

const REF: ObjectRef = { kind: 'Deployment', namespace: 'shop', name: 'cart' };
const REPLICAS: WriteRequest = {
  verb: 'patch',
  target: REF,
  subresource: 'scale',
  patch: [{ op: 'add', path: '/spec/replicas', value: 9 }],
};
const IMAGE = '/spec/template/spec/containers/0/image';

interface Recorded {
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly ownerReferences?: KubeObject['metadata']['ownerReferences'];
  readonly managedFields?: readonly JsonObject[];
}

/** A Deployment as an API server returns it, with the metadata that its managers leave. */
function recorded(metadata: Recorded): KubeObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: 'cart',
      namespace: 'shop',
      uid: 'u',
      resourceVersion: '1',
      creationTimestamp: '2026-01-01T00:00:00Z',
      ...metadata,
    } as KubeObject['metadata'],
    spec: {
      replicas: 3,
      template: {
        spec: {
          containers: [
            { name: 'app', image: 'cart:1' },
            { name: 'proxy', image: 'proxy:1' },
          ],
        },
      },
    },
  };
}

/** managedFields of somebody who applied the replicas and the image of container app. */
function applied(manager: string, operation = 'Apply'): JsonObject {
  return {
    manager,
    operation,
    apiVersion: 'apps/v1',
    fieldsV1: {
      'f:spec': {
        'f:replicas': {},
        'f:template': {
          'f:spec': { 'f:containers': { 'k:{"name":"app"}': { '.': {}, 'f:name': {}, 'f:image': {} } } },
        },
      },
    },
  };
}

const hpa = (labels = {}) => ({
  ...anObject('cart', { labels }),
  kind: 'HorizontalPodAutoscaler' as const,
  target: { kind: 'Deployment', name: 'cart' },
  minReplicas: 2,
  maxReplicas: 6,
  currentReplicas: 3,
  desiredReplicas: 3,
  conditions: [],
  metrics: [],
  utilisationOf: [],
  lastScaledAt: 0,
});

interface Written {
  readonly request?: WriteRequest;
  readonly pointers?: readonly string[];
  readonly autoscaler?: ReturnType<typeof hpa>;
}

function managersOf(live: KubeObject, written: Written = {}): readonly ObjectManager[] {
  const { request = REPLICAS, pointers = ['/spec/replicas'], autoscaler } = written;
  const expected = Object.fromEntries(pointers.map((pointer) => [pointer, 'after']));
  const fields = Object.fromEntries(pointers.map((pointer) => [pointer, 'before']));
  const target = { ref: REF, uid: 'u', generation: 1, fields, digest: '' };
  const snapshot = aSnapshot()
    .with(autoscaler ?? [])
    .build();
  return findManagers([{ step: { target, request, expected }, draft: { before: live } }], snapshot);
}

describe('findManagers', () => {
  it.each<[string, Recorded, Written, Partial<ObjectManager>]>([
    [
      'an Argo CD application by its tracking annotation',
      {
        annotations: { 'argocd.argoproj.io/tracking-id': 'shop:apps/Deployment:shop/cart' },
        managedFields: [applied('argocd-controller')],
      },
      {},
      {
        kind: 'argo_cd',
        name: 'Argo CD application shop',
        reverts: true,
        advice: 'Change it in Git and let Argo CD sync; Argo CD application shop.',
      },
    ],
    [
      'an Argo CD application by its label, where nobody can tell its fields',
      { labels: { 'argocd.argoproj.io/instance': 'shop' } },
      {},
      { kind: 'argo_cd', name: 'Argo CD application shop', reverts: true },
    ],
    [
      'an Argo CD application that does not manage what is written',
      {
        labels: { 'argocd.argoproj.io/instance': 'shop' },
        managedFields: [applied('argocd-controller')],
      },
      { pointers: ['/spec/paused'] },
      { kind: 'argo_cd', reverts: false },
    ],
    [
      'a Flux Kustomization',
      {
        labels: {
          'kustomize.toolkit.fluxcd.io/name': 'apps',
          'kustomize.toolkit.fluxcd.io/namespace': 'flux-system',
        },
        managedFields: [applied('kustomize-controller')],
      },
      {},
      { kind: 'flux', name: 'Flux Kustomization flux-system/apps', reverts: true },
    ],
    [
      'a Flux HelmRelease by its writes alone',
      { managedFields: [applied('helm-controller')] },
      { pointers: [IMAGE] },
      { kind: 'flux', name: 'Flux HelmRelease', reverts: true },
    ],
    [
      'a Helm release, which takes nothing back by itself',
      {
        labels: { 'app.kubernetes.io/managed-by': 'Helm' },
        annotations: { 'meta.helm.sh/release-name': 'cart', 'meta.helm.sh/release-namespace': 'shop' },
      },
      {},
      { kind: 'helm', name: 'Helm release shop/cart', reverts: false },
    ],
    [
      'an operator by the kind that owns the object',
      {
        ownerReferences: [
          { apiVersion: 'postgresql.cnpg.io/v1', kind: 'Cluster', name: 'main', uid: 'o', controller: true },
        ],
      },
      {},
      { kind: 'operator', name: 'Cluster main', reverts: true },
    ],
    [
      'an autoscaler, with the bounds that let it go so far',
      {},
      { autoscaler: hpa() },
      {
        kind: 'autoscaler',
        name: 'HorizontalPodAutoscaler cart',
        reverts: true,
        advice: 'Change the bounds instead: autoscale hpa/cart --max 9 -n shop',
      },
    ],
    [
      'a KEDA ScaledObject by the label of its autoscaler',
      {},
      { autoscaler: hpa({ 'scaledobject.keda.sh/name': 'cart' }) },
      { kind: 'autoscaler', name: 'KEDA ScaledObject cart' },
    ],
    [
      'whoever applied the very field',
      { managedFields: [applied('release-bot')] },
      { pointers: [IMAGE] },
      { kind: 'field_manager', name: 'field manager release-bot', reverts: false },
    ],
  ])('names %s', (_name, metadata, written, manager) => {
    expect(managersOf(recorded(metadata), written)).toEqual([expect.objectContaining(manager)]);
  });

  it.each<[string, Recorded, Written]>([
    ['an object of nobody', {}, {}],
    ['fields that people wrote', { managedFields: [applied('kubectl-client-side-apply', 'Update')] }, {}],
    ['our own fields', { managedFields: [applied('jamie-scarlet')] }, {}],
    [
      'the container beside the one that somebody manages',
      { managedFields: [applied('release-bot')] },
      { pointers: ['/spec/template/spec/containers/1/image'] },
    ],
    ['an autoscaler where the replicas stay', {}, { autoscaler: hpa(), pointers: [IMAGE] }],
    [
      'a controller that is part of Kubernetes',
      {
        ownerReferences: [
          { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'cart-1', uid: 'o', controller: true },
        ],
      },
      {},
    ],
    ['a label of Helm without a release', { labels: { 'app.kubernetes.io/managed-by': 'Helm' } }, {}],
  ])('names nobody for %s', (_name, metadata, written) => {
    expect(managersOf(recorded(metadata), written)).toEqual([]);
  });

  it('takes a deletion of what Git holds for something that comes back', () => {
    const live = recorded({
      labels: { 'argocd.argoproj.io/instance': 'shop' },
      managedFields: [applied('argocd-controller')],
    });
    const request: WriteRequest = { verb: 'delete', target: REF, uid: 'u', propagation: 'Background' };
    expect(managersOf(live, { request, pointers: [] })).toEqual([
      expect.objectContaining({ kind: 'argo_cd', reverts: true }),
    ]);
  });

  it('says that scaling to nothing switches an autoscaler off', () => {
    const request: WriteRequest = { ...REPLICAS, patch: [{ op: 'add', path: '/spec/replicas', value: 0 }] };
    expect(managersOf(recorded({}), { request, autoscaler: hpa() })).toEqual([
      expect.objectContaining({ kind: 'autoscaler', reverts: false }),
    ]);
  });
});
