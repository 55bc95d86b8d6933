import type { NamespaceView } from '@jamie/core';
import {
  type AnyView,
  aCondition,
  aConfigMap,
  aNamespace,
  anApiService,
  aPod,
  aServiceAccount,
  aSnapshot,
  SNAPSHOT_TIME,
} from '@jamie/testing';
import { describe, expect, it } from '@jest/globals';
import { diagnose } from '../../diagnose.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

function causesOf(...views: readonly AnyView[]) {
  return diagnose(aSnapshot().with(views).build(), { kind: 'cluster' }).causes;
}

function terminating(more: Partial<NamespaceView> = {}): NamespaceView {
  return {
    ...aNamespace('old'),
    phase: 'Terminating',
    deletingSince: SNAPSHOT_TIME - 20 * MINUTE_MS,
    ...more,
  };
}

describe('a namespace that does not finish terminating', () => {
  it('says what remains', () => {
    const conditions = [
      aCondition('NamespaceContentRemaining', 'True', {
        message: 'Some resources are remaining: disks. has 1 resource instances',
      }),
      aCondition('NamespaceFinalizersRemaining', 'True', {
        message:
          'Some content in the namespace has finalizers remaining: cloud.example/disk in 1 resource instances',
      }),
      aCondition('NamespaceDeletionContentFailure', 'False', { message: 'All content successfully deleted' }),
    ];
    const [cause, ...others] = causesOf(terminating({ conditions }));
    expect(others).toEqual([]);
    expect(cause?.root.code).toBe('CHK-NSP-1351');
    expect(cause?.explanation).toContain('terminating for 20 min');
    expect(cause?.explanation).toContain('cloud.example/disk in 1 resource instances');
    expect(cause?.explanation).not.toContain('successfully');
    expect(cause?.proposals[0]?.label).toBe('Let the controller of the finalizer finish');
  });

  it('is a consequence of the API that cannot be asked', () => {
    const message =
      'Discovery failed for some groups, 1 failing: unable to retrieve the complete list of server APIs: metrics.k8s.io/v1beta1: stale GroupVersion discovery';
    const conditions = [aCondition('NamespaceDeletionDiscoveryFailure', 'True', { message })];
    const api = anApiService('v1beta1.metrics.k8s.io', { conditions: [aCondition('Available', 'False')] });
    const causes = causesOf(terminating({ conditions }), api);
    expect(causes.map((cause) => cause.root.code)).toEqual(['CHK-API-1301']);
    expect(causes[0]?.consequences.map(({ code }) => code)).toEqual(['CHK-NSP-1351']);
  });

  it('is told to whoever asks about the namespace', () => {
    const snapshot = aSnapshot().with(terminating()).build();
    const { causes } = diagnose(snapshot, { kind: 'namespace', namespace: 'old' });
    expect(causes.map((cause) => cause.root.code)).toEqual(['CHK-NSP-1351']);
  });

  it.each<[string, NamespaceView]>([
    ['a namespace that is in use', aNamespace('shop')],
    ['one whose deletion has just begun', terminating({ deletingSince: SNAPSHOT_TIME - 2 * MINUTE_MS })],
  ])('is not %s', (_what, namespace) => {
    expect(causesOf(namespace)).toEqual([]);
  });
});

describe('a namespace without anything in it', () => {
  const old = { ...aNamespace('old'), createdAt: SNAPSHOT_TIME - 30 * DAY_MS };
  const lint = (...views: readonly AnyView[]) =>
    diagnose(aSnapshot().with(views).build(), { kind: 'cluster' }, { lint: true })
      .causes.map((cause) => cause.root.code)
      .filter((code) => code.startsWith('CHK-NSP-'));

  it('is named when hygiene is asked for, whatever Kubernetes itself put there', () => {
    const own = [
      aConfigMap('kube-root-ca.crt', ['ca.crt'], { namespace: 'old' }),
      aServiceAccount('default', { namespace: 'old' }),
    ];
    expect(lint(old, ...own)).toEqual(['CHK-NSP-1352']);
    expect(causesOf(old, ...own)).toEqual([]);
  });

  it.each<[string, readonly AnyView[]]>([
    ['one with a pod', [old, aPod({ namespace: 'old' })]],
    ['one with a ConfigMap', [old, aConfigMap('settings', ['a'], { namespace: 'old' })]],
    ['one that was made today', [{ ...aNamespace('new'), createdAt: SNAPSHOT_TIME - 60 * MINUTE_MS }]],
    ['one that every cluster has', [{ ...old, name: 'kube-node-lease' }]],
  ])('is not %s', (_what, views) => {
    expect(lint(...views)).toEqual([]);
  });
});
