import type { ContainerView, ObjectRef, PodView } from '@jamie/core';
import {
  aContainer,
  aCrashingContainer,
  aDeployed,
  aPod,
  aService,
  aSnapshot,
  aWorkload,
  running,
  SNAPSHOT_TIME,
  terminated,
  waiting,
} from '@jamie/testing';
import { describe, expect, it } from '@jest/globals';
import { chooseContainer } from './choose-container.ts';
import { choosePod } from './choose-pod.ts';

const CHECKOUT: ObjectRef = { kind: 'Deployment', namespace: 'shop', name: 'checkout' };
const ready = { containers: [aContainer()] };
const notReady = { containers: [aContainer({ ready: false })] };
const crashing = { containers: [aCrashingContainer(1)] };

function chosen(pods: readonly Partial<PodView>[], ref: ObjectRef = CHECKOUT) {
  const views = aDeployed('checkout', [{ revision: 1, pods }]).views;
  const service = aService('checkout', { selector: { app: 'checkout' } });
  const choice = choosePod(aSnapshot().with(views, service).build(), ref);
  if (choice.kind === 'none') return choice.reason;
  return `${choice.pod.name.split('-').at(-1)} ${choice.reason}, not ${choice.others.length}`;
}

describe('choosePod', () => {
  it('takes the pod that crashes before one that is not ready before the newest', () => {
    expect(chosen([ready, notReady, crashing])).toBe('pod2 crashing, not 2');
    expect(chosen([ready, notReady, ready])).toBe('pod1 not_ready, not 2');
    expect(chosen([ready, { ...ready, createdAt: SNAPSHOT_TIME }])).toBe('pod1 newest, not 1');
  });

  it('takes the only pod, and the one that is named whatever its state', () => {
    expect(chosen([ready])).toBe('pod0 only, not 0');
    const pod = { kind: 'Pod', namespace: 'shop', name: 'checkout-hash1-pod0' } as const;
    expect(chosen([ready, crashing], pod)).toBe('pod0 named, not 0');
  });

  it('finds the pods of a ReplicaSet and of a Service', () => {
    const set = { kind: 'ReplicaSet', namespace: 'shop', name: 'checkout-hash1' } as const;
    expect(chosen([ready, crashing], set)).toBe('pod1 crashing, not 1');
    expect(chosen([ready, crashing], { ...CHECKOUT, kind: 'Service' })).toBe('pod1 crashing, not 1');
  });

  it('takes a pod that is going only where there is no other', () => {
    const going = { ...crashing, deletingSince: SNAPSHOT_TIME };
    expect(chosen([going, ready])).toBe('pod1 only, not 0');
    expect(chosen([going])).toBe('pod0 only, not 0');
  });

  it('says why there is none', () => {
    expect(chosen([])).toBe('no_pods');
    expect(chosen([ready], { ...CHECKOUT, name: 'basket' })).toBe('gone');
    const unread = aSnapshot().with(aWorkload('Deployment', 'checkout')).unread('Pod').build();
    expect(choosePod(unread, CHECKOUT)).toEqual({ kind: 'none', reason: 'unread' });
  });
});

describe('chooseContainer', () => {
  const proxy = aContainer({ name: 'istio-proxy' });
  const init = aContainer({ name: 'migrate', isInit: true, state: terminated(0) });
  function picked(containers: readonly ContainerView[], named?: string) {
    const choice = chooseContainer(aPod({ containers }), SNAPSHOT_TIME, named);
    return choice.kind === 'unknown' ? 'unknown' : `${choice.container.name} ${choice.reason}`;
  }

  it('takes the one that is named, an init container too, and no other instead', () => {
    expect(picked([proxy, aContainer()], 'istio-proxy')).toBe('istio-proxy named');
    expect(picked([init, aContainer()], 'migrate')).toBe('migrate named');
    expect(picked([aContainer()], 'web')).toBe('unknown');
  });

  it('takes the one that fails before all others', () => {
    const failing = aCrashingContainer(1, { name: 'istio-proxy' });
    expect(picked([aContainer(), failing])).toBe('istio-proxy crashing');
    const lying = aContainer({ name: 'migrate', isInit: true, state: terminated(1) });
    expect(picked([lying, aContainer({ state: waiting('PodInitializing') })])).toBe('migrate crashing');
    const flapping = aContainer({ name: 'b', restartCount: 3, lastState: terminated(1) });
    expect(picked([aContainer(), flapping])).toBe('b crashing');
  });

  it('takes the init container at which the pod stands', () => {
    const standing = aContainer({ name: 'migrate', isInit: true, state: running(1) });
    expect(picked([standing, aContainer({ state: waiting('PodInitializing') })])).toBe(
      'migrate initialising',
    );
    expect(picked([standing, aContainer()])).toBe('app only');
  });

  it('takes the only one, and among several the first that is no sidecar', () => {
    expect(picked([init, aContainer()])).toBe('app only');
    expect(picked([proxy, aContainer()])).toBe('app first');
    expect(picked([aContainer({ name: 'pg-exporter' }), aContainer({ name: 'db' })])).toBe('db first');
    expect(picked([proxy, aContainer({ name: 'log-agent' })])).toBe('istio-proxy first');
  });
});
