import type { ContainerView, PodView } from '@jamie/core';
import {
  aContainer,
  aCrashingContainer,
  aDeployed,
  aPod,
  aSnapshot,
  running,
  SNAPSHOT_TIME,
  terminated,
  waiting,
} from '@jamie/testing';
import { describe, expect, it } from '@jest/globals';
import { diagnose } from '../../diagnose.ts';

function codesOf(...pods: readonly Partial<PodView>[]): readonly string[] {
  const deployed = aDeployed('checkout', [{ revision: 1, pods }]);
  return diagnose(aSnapshot().with(deployed.views).build(), { kind: 'cluster' }).causes.map(
    (cause) => cause.root.code,
  );
}

function withContainer(container: ContainerView): Partial<PodView> {
  return { containers: [container] };
}

describe('crash analyzers', () => {
  it.each([
    [1, 'CHK-POD-101'],
    [2, 'CHK-POD-101'],
    [134, 'CHK-POD-101'],
    [0, 'CHK-POD-102'],
    [137, 'CHK-POD-103'],
    [139, 'CHK-POD-104'],
    [143, 'CHK-POD-105'],
    [126, 'CHK-POD-106'],
    [127, 'CHK-POD-106'],
  ])('names exit code %i as %s', (exitCode, code) => {
    expect(codesOf(withContainer(aCrashingContainer(exitCode)))).toEqual([code]);
  });

  it('tells an OOM kill from another SIGKILL by the reason', () => {
    const container = aCrashingContainer(137, { lastState: terminated(137, { reason: 'OOMKilled' }) });
    expect(codesOf(withContainer(container))).toEqual(['CHK-POD-111']);
  });

  it('names a command that the runtime cannot start', () => {
    const container = aCrashingContainer(128, { lastState: terminated(128, { reason: 'StartError' }) });
    expect(codesOf(withContainer(container))).toEqual(['CHK-POD-106']);
  });

  it('gives one finding for all pods of a workload, with the share and the restarts', () => {
    const pod = withContainer(aCrashingContainer(1));
    const deployed = aDeployed('checkout', [{ revision: 1, pods: [pod, pod, {}] }]);
    const { causes } = diagnose(aSnapshot().with(deployed.views).build(), { kind: 'cluster' });
    expect(causes).toHaveLength(1);
    expect(causes[0]?.explanation).toMatch(
      /^Container app exits with code 1 in 2 of 3 pods, 12 restarts so far/,
    );
    expect(causes[0]?.root.subject).toEqual({ kind: 'Deployment', namespace: 'shop', name: 'checkout' });
  });

  it('keeps two containers that crash apart', () => {
    const pod = { containers: [aCrashingContainer(1), aCrashingContainer(139, { name: 'proxy' })] };
    expect([...codesOf(pod)].sort()).toEqual(['CHK-POD-101', 'CHK-POD-104']);
  });

  it('sees a loop while the container happens to run', () => {
    const container = aContainer({
      restartCount: 4,
      state: running(20_000),
      lastState: terminated(1, { agoMs: 25_000 }),
    });
    expect(codesOf(withContainer(container))).toEqual(['CHK-POD-101']);
  });

  it('sees an init container that crashes', () => {
    const pod = {
      phase: 'Pending',
      containers: [
        aCrashingContainer(1, { name: 'migrate', isInit: true }),
        aContainer({ ready: false, state: waiting('PodInitializing') }),
      ],
    };
    expect(codesOf(pod)).toEqual(['CHK-POD-101']);
  });

  it('advises a higher memory limit with both numbers', () => {
    const container = aCrashingContainer(137, {
      lastState: terminated(137, { reason: 'OOMKilled' }),
      limits: { memory: '256Mi' },
    });
    const deployed = aDeployed('checkout', [{ revision: 1, pods: [withContainer(container)] }]);
    const [cause] = diagnose(aSnapshot().with(deployed.views).build(), { kind: 'cluster' }).causes;
    expect(cause?.proposals[0]).toMatchObject({
      label: 'Raise the memory limit from 256Mi to 384Mi',
      operation: { kind: 'resize', target: { name: 'checkout' }, limits: { memory: '384Mi' } },
    });
  });

  it('warns of an OOM kill half an hour ago although the container runs again', () => {
    const container = aContainer({
      restartCount: 1,
      state: running(1_790_000),
      lastState: terminated(137, { reason: 'OOMKilled', agoMs: 1_800_000 }),
    });
    expect(codesOf(withContainer(container))).toEqual(['CHK-POD-112']);
  });

  it.each<[string, Partial<PodView>]>([
    [
      'a container that restarted often but has run well for an hour',
      withContainer(aContainer({ restartCount: 9, lastState: terminated(1, { agoMs: 3_600_000 }) })),
    ],
    [
      'a container that restarted once just now',
      withContainer(aContainer({ restartCount: 1, state: running(20_000), lastState: terminated(1) })),
    ],
    [
      'an OOM kill of yesterday',
      withContainer(
        aContainer({
          restartCount: 1,
          lastState: terminated(137, { reason: 'OOMKilled', agoMs: 86_400_000 }),
        }),
      ),
    ],
    [
      'a pod that is being deleted',
      { ...withContainer(aCrashingContainer(1)), deletingSince: SNAPSHOT_TIME - 5_000 },
    ],
    [
      'a finished pod',
      { ...withContainer(aContainer({ ready: false, state: terminated(0) })), phase: 'Succeeded' },
    ],
    [
      'an init container that has done its work',
      {
        containers: [
          aContainer({ name: 'migrate', isInit: true, restartCount: 2, state: terminated(0) }),
          aContainer(),
        ],
      },
    ],
    ['the first end of a container', withContainer(aContainer({ state: terminated(1) }))],
  ])('stays silent about %s', (_what, pod) => {
    expect(codesOf(pod)).toEqual([]);
  });

  it('names a pod that nothing owns by itself', () => {
    const pod = aPod({ name: 'debug', containers: [aCrashingContainer(1)] });
    const [cause] = diagnose(aSnapshot().with(pod).build(), { kind: 'cluster' }).causes;
    expect(cause?.root.subject).toEqual({ kind: 'Pod', namespace: 'shop', name: 'debug' });
  });
});
