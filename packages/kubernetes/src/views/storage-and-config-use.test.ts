import type { KubeObject, SnapshotKind } from '@jamie/core';
import { describe, expect, it } from '@jest/globals';
import { PROJECTIONS } from './projections.ts';
import { Sharing } from './sharing.ts';

function view<K extends SnapshotKind>(kind: K, fields: Record<string, unknown>) {
  const metadata = { name: 'x', namespace: 'shop', uid: 'u', resourceVersion: '7' };
  return PROJECTIONS[kind]({ apiVersion: 'v1', kind, ...fields, metadata } as KubeObject, new Sharing());
}

describe('what a pod template uses', () => {
  const spec = {
    initContainers: [{ name: 'setup', envFrom: [{ configMapRef: { name: 'first', optional: true } }] }],
    containers: [
      { name: 'app', env: [{ valueFrom: { configMapKeyRef: { name: 'settings', key: 'LEVEL' } } }] },
    ],
    volumes: [
      { name: 'a', configMap: { name: 'files', items: [{ key: 'one', path: 'one' }] } },
      { name: 'b', projected: { sources: [{ configMap: { name: 'projected', optional: true } }] } },
      { name: 'c', persistentVolumeClaim: { claimName: 'data' } },
      { name: 'd', emptyDir: {} },
    ],
  };

  it('is every ConfigMap, those of init containers, projections and optional ones included', () => {
    expect(view('Deployment', { spec: { template: { spec } } }).template).toMatchObject({
      claims: ['data'],
      spec: {
        configMaps: [
          { name: 'first' },
          { name: 'settings', key: 'LEVEL' },
          { name: 'files', key: 'one' },
          { name: 'projected' },
        ],
      },
    });
  });

  it('is known of a CronJob too, with when and how it runs', () => {
    const cron = view('CronJob', {
      spec: {
        schedule: '0 2 * * *',
        timeZone: 'Europe/Berlin',
        concurrencyPolicy: 'Forbid',
        jobTemplate: { spec: { template: { spec } } },
      },
    });
    expect(cron).toMatchObject({ timeZone: 'Europe/Berlin', concurrencyPolicy: 'Forbid' });
    expect(cron.template.claims).toEqual(['data']);
  });
});

describe('a ConfigMap', () => {
  it('is measured, and its values are not kept', () => {
    const map = view('ConfigMap', { data: { a: 'grüße' }, binaryData: { b: 'AAAA' } });
    expect(map).toMatchObject({ keys: ['a', 'b'], sizeBytes: 7 + 3 });
    expect(JSON.stringify(map)).not.toContain('AAAA');
  });
});

describe('an autoscaler', () => {
  it('says which of its resources are measured against requests', () => {
    const metric = (name: string, type: string) => ({
      type: 'Resource',
      resource: { name, target: { type } },
    });
    const scaler = view('HorizontalPodAutoscaler', {
      spec: { metrics: [metric('cpu', 'Utilization'), metric('memory', 'AverageValue')] },
      status: { lastScaleTime: '2026-03-14T09:00:00Z' },
    });
    expect(scaler.utilisationOf).toEqual(['cpu']);
    expect(scaler.lastScaledAt).toBe(Date.UTC(2026, 2, 14, 9));
  });
});
