import type { ContainerState, ContainerView, PodView } from '@jamie/core';
import { aCondition, anObject } from './object-builders.ts';
import { aPodSpec } from './pod-spec-builders.ts';
import { SNAPSHOT_TIME } from './snapshot-builder.ts';

const MINUTE_MS = 60_000;

/** Running for an hour unless said otherwise. */
export function running(agoMs = 60 * MINUTE_MS): ContainerState {
  return { kind: 'running', since: SNAPSHOT_TIME - agoMs };
}

export function waiting(reason: string, message = ''): ContainerState {
  return { kind: 'waiting', reason, message };
}

/** Terminated half a minute ago unless said otherwise. */
export function terminated(
  exitCode: number,
  more: { reason?: string; message?: string; agoMs?: number } = {},
): ContainerState {
  return {
    kind: 'terminated',
    exitCode,
    reason: more.reason ?? (exitCode === 0 ? 'Completed' : 'Error'),
    message: more.message ?? '',
    finishedAt: SNAPSHOT_TIME - (more.agoMs ?? 30_000),
  };
}

/** A ready container named `app`. */
export function aContainer(more: Partial<ContainerView> = {}): ContainerView {
  return {
    name: 'app',
    image: 'registry.example/shop/app:1.4.2',
    isInit: false,
    ready: true,
    restartCount: 0,
    state: running(),
    lastState: { kind: 'unknown' },
    requests: { cpu: '100m', memory: '128Mi' },
    limits: { memory: '256Mi' },
    probes: {},
    ...more,
  };
}

/** A container in CrashLoopBackOff after this exit code. */
export function aCrashingContainer(exitCode: number, more: Partial<ContainerView> = {}): ContainerView {
  return aContainer({
    ready: false,
    restartCount: 6,
    state: waiting('CrashLoopBackOff', 'back-off 2m40s restarting failed container=app'),
    lastState: terminated(exitCode),
    ...more,
  });
}

/** A pod that an hour ago became ready on node worker-1; it is ready when all of its containers are. */
export function aPod(more: Partial<PodView> = {}): PodView {
  const containers = more.containers ?? [aContainer()];
  const isReady = containers.every((container) => container.ready);
  return {
    ...anObject('checkout-5d8f7c-abcde'),
    kind: 'Pod',
    phase: 'Running',
    reason: '',
    message: '',
    nodeName: 'worker-1',
    address: '10.244.1.7',
    nodeSelector: {},
    conditions: [
      aCondition('PodScheduled', 'True'),
      aCondition(
        'Ready',
        isReady ? 'True' : 'False',
        isReady ? {} : { reason: 'ContainersNotReady', since: SNAPSHOT_TIME - 10 * MINUTE_MS },
      ),
    ],
    references: [],
    claims: [],
    spec: aPodSpec(),
    ...more,
    uid: more.uid ?? `pod-${more.namespace ?? 'shop'}-${more.name ?? 'checkout-5d8f7c-abcde'}`,
    containers,
  };
}

/** A pod that no node takes, with the scheduler's own words. */
export function aPendingPod(message: string, more: Partial<PodView> = {}): PodView {
  return aPod({
    phase: 'Pending',
    nodeName: '',
    conditions: [
      aCondition('PodScheduled', 'False', {
        reason: 'Unschedulable',
        message,
        since: SNAPSHOT_TIME - 5 * MINUTE_MS,
      }),
    ],
    containers: [aContainer({ ready: false, state: waiting('', '') })],
    ...more,
  });
}
