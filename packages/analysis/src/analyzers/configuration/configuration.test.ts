import type { ConfigMapUse } from '@jamie/core';
import {
  type AnyView,
  aConfigMap,
  aCronJob,
  aPod,
  aPodSpec,
  aQuota,
  aSnapshot,
  aWorkload,
  SNAPSHOT_TIME,
} from '@jamie/testing';
import { describe, expect, it } from '@jest/globals';
import { diagnose } from '../../diagnose.ts';

function codes(views: readonly AnyView[], lint = true): readonly string[] {
  return diagnose(aSnapshot().with(views).build(), { kind: 'cluster' }, { lint })
    .causes.map(({ root }) => root.code)
    .filter((code) => code.startsWith('CHK-CFG'));
}

const map = (keys: readonly string[] = ['a', 'b'], more = {}) => aConfigMap('settings', keys, more);
const specOf = (...configMaps: readonly ConfigMapUse[]) => aPodSpec({ configMaps });
const whole = specOf({ name: 'settings' });
const templateOf = (spec: typeof whole) => ({ labels: {}, spec, claims: [] });

describe('hygiene of configuration', () => {
  it.each<[string, readonly AnyView[]]>([
    ['CHK-CFG-1201', [map()]],
    ['CHK-CFG-1202', [map([]), aPod({ spec: whole })]],
    ['CHK-CFG-1203', [map(['a'], { sizeBytes: 1_000_001 }), aPod({ spec: whole })]],
    ['CHK-CFG-1204', [map(), aPod({ spec: specOf({ name: 'settings', key: 'a' }) })]],
    ['CHK-CFG-1205', [map(['DB_PASSWORD']), aPod({ spec: whole })]],
    ['CHK-CFG-1206', [aQuota('team', { 'limits.memory': '10Gi' }, { 'limits.memory': '9.5Gi' })]],
  ])('tells %s only when it is asked for', (code, views) => {
    expect(codes(views)).toEqual([code]);
    expect(codes(views, false)).toEqual([]);
  });

  it.each<[string, readonly AnyView[]]>([
    ['a ConfigMap that a pod uses', [map(), aPod({ spec: whole })]],
    [
      'one that only a workload at zero uses',
      [map(), aWorkload('Deployment', 'web', { replicas: 0, template: templateOf(whole) })],
    ],
    [
      'one that a CronJob uses between its runs',
      [map(), aCronJob('nightly', { template: templateOf(whole) })],
    ],
    [
      'one whose keys two pods take',
      [
        map(),
        aPod({ spec: specOf({ name: 'settings', key: 'a' }) }),
        aPod({ name: 'p2', spec: specOf({ name: 'settings', key: 'b' }) }),
      ],
    ],
    ...['grafana_dashboard', 'grafana_datasource', 'prometheus_rule', 'fluentd_config'].map(
      (label): [string, readonly AnyView[]] => [
        `one that a sidecar finds by ${label}`,
        [map(['a'], { labels: { [label]: '1' } })],
      ],
    ),
    ['the certificates that every namespace has', [aConfigMap('kube-root-ca.crt', ['ca.crt'])]],
    ["the cluster's own", [map(['a'], { namespace: 'kube-system' })]],
    ['one that an operator owns', [map(['a'], { owner: { kind: 'Kafka', name: 'k', uid: 'k' } })]],
    ['one that was just made', [map(['a'], { createdAt: SNAPSHOT_TIME - 60_000 })]],
    ['keys that only sound alike', [map(['token_lifetime', 'secretary']), aPod({ spec: whole })]],
    [
      'a quota with room, or of none',
      [aQuota('team', { pods: '10', services: '0' }, { pods: '8', services: '0' })],
    ],
  ])('does not tell of %s', (_what, views) => {
    expect(codes(views)).toEqual([]);
  });

  it('cannot tell what is unused where a kind of users was not read', () => {
    const snapshot = aSnapshot().with(map()).unread('CronJob').build();
    expect(diagnose(snapshot, { kind: 'cluster' }, { lint: true }).causes).toEqual([]);
  });

  it('takes a ConfigMap of the same name elsewhere for another', () => {
    const elsewhere = aPod({ namespace: 'web', spec: whole });
    expect(codes([map(), elsewhere])).toEqual(['CHK-CFG-1201']);
  });
});
