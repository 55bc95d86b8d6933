import { describe, expect, it } from '@jest/globals';
import type { Deployment, Pod, ReplicaSet, StoredObject } from '../objects.ts';
import { createRehearsal, type Rehearsal } from '../testing/rehearsal.ts';
import { configMap, service } from './manifests.ts';

function find(rehearsal: Rehearsal, namespace: string, name: string): Deployment {
  return rehearsal.world.store.get('deployments', namespace, name) as Deployment;
}

function change(rehearsal: Rehearsal, deployment: Deployment, spec: object): void {
  const { kind, apiVersion, metadata } = deployment;
  rehearsal.apply({ kind, apiVersion, metadata, spec: { ...deployment.spec, ...spec } });
}

/** Puts back the template of the oldest ReplicaSet, as a rollback does. */
function rollBack(rehearsal: Rehearsal, namespace: string, name: string): void {
  const sets = rehearsal.world.store.list('replicasets', namespace) as readonly ReplicaSet[];
  const oldest = sets.find(
    ({ metadata }) =>
      metadata.ownerReferences?.[0]?.name === name &&
      metadata.annotations?.['deployment.kubernetes.io/revision'] === '1',
  );
  const { 'pod-template-hash': _hash, ...labels } = oldest?.spec.template.metadata?.labels ?? {};
  change(rehearsal, find(rehearsal, namespace, name), {
    template: { metadata: { labels }, spec: oldest?.spec.template.spec },
  });
}

function isReady(rehearsal: Rehearsal, namespace: string, name: string): boolean {
  const { spec, status } = find(rehearsal, namespace, name);
  return status.availableReplicas === spec.replicas && status.updatedReplicas === spec.replicas;
}

const ROLLED_BACK = [
  ['payments', 'checkout'],
  ['payments', 'fraud-check'],
  ['shop', 'search-indexer'],
  ['shop', 'promotions'],
  ['shop', 'cart'],
  ['data', 'report-builder'],
] as const;

describe('plantCompany', () => {
  const rehearsal = createRehearsal('company');

  it('shows every fault at once and keeps the neighbours well', () => {
    const unhealthy = (rehearsal.world.store.list('deployments') as readonly Deployment[])
      .filter(({ metadata }) => !isReady(rehearsal, metadata.namespace ?? '', metadata.name))
      .map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);
    expect(unhealthy).toEqual([
      'analytics/stream-aggregator',
      'data/report-builder',
      'payments/checkout',
      'payments/fraud-check',
      'platform/notifications-worker',
      'shop/cart',
      'shop/promotions',
      'shop/search-indexer',
    ]);
    const reasons = (rehearsal.world.store.list('pods') as readonly Pod[]).flatMap(
      ({ status }) => status.containerStatuses?.flatMap(({ state }) => state.waiting?.reason ?? []) ?? [],
    );
    expect(new Set(reasons)).toEqual(
      new Set(['CrashLoopBackOff', 'CreateContainerConfigError', 'ImagePullBackOff']),
    );
    const killed = (rehearsal.world.store.list('pods', 'shop') as readonly Pod[]).filter(
      ({ status }) => status.containerStatuses?.[0]?.lastState.terminated?.reason === 'OOMKilled',
    );
    expect(killed).toHaveLength(2);
  });

  it.each(ROLLED_BACK)('heals %s/%s by a rollback', (namespace, name) => {
    rollBack(rehearsal, namespace, name);
    rehearsal.runFor(60_000);
    expect(isReady(rehearsal, namespace, name)).toBe(true);
  });

  it('heals the worker whose ConfigMap is created', () => {
    rehearsal.apply(configMap('platform', 'notifications-smtp', { host: 'smtp.demo.local', port: '587' }));
    rehearsal.runFor(30_000);
    expect(isReady(rehearsal, 'platform', 'notifications-worker')).toBe(true);
  });

  it('heals the refused pods when the quota is raised', () => {
    const { kind, apiVersion, metadata } = rehearsal.world.store.get(
      'resourcequotas',
      'analytics',
      'team-quota',
    ) as StoredObject;
    rehearsal.apply({ kind, apiVersion, metadata, spec: { hard: { 'requests.cpu': '4', pods: '20' } } });
    rehearsal.runFor(30_000);
    expect(isReady(rehearsal, 'analytics', 'stream-aggregator')).toBe(true);
  });

  it('fills the Service without endpoints when its selector is corrected', () => {
    const endpoints = (): readonly object[] =>
      rehearsal.world.store
        .list('endpointslices', 'platform')
        .filter(({ metadata }) => metadata.labels?.['kubernetes.io/service-name'] === 'feature-flags')
        .flatMap((slice) => (slice as unknown as { endpoints: readonly object[] }).endpoints);
    expect(endpoints()).toHaveLength(0);
    rehearsal.apply(service('platform', 'feature-flags', 'flags-api'));
    rehearsal.runFor(5_000);
    expect(endpoints()).toHaveLength(2);
  });

  it.each([
    ['wishlist', 'CreateContainerConfigError'],
    ['recommendations', 'ImagePullBackOff'],
  ])('leaves shop/%s unready after a restart', (name, reason) => {
    const deployment = find(rehearsal, 'shop', name);
    const { template } = deployment.spec;
    const annotations = { 'kubectl.kubernetes.io/restartedAt': '2026-01-05T09:00:00Z' };
    change(rehearsal, deployment, {
      template: { ...template, metadata: { ...template.metadata, annotations } },
    });
    rehearsal.runFor(5_000);
    expect(isReady(rehearsal, 'shop', name)).toBe(false);
    const waiting = (rehearsal.world.store.list('pods', 'shop') as readonly Pod[])
      .filter(({ metadata }) => metadata.labels?.['app'] === name)
      .flatMap(({ status }) => status.containerStatuses?.[0]?.state.waiting?.reason ?? []);
    expect(waiting).toEqual([reason]);
    expect(find(rehearsal, 'shop', name).status.availableReplicas).toBe(2);
  });
});
