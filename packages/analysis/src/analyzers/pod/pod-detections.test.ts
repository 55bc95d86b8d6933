import type { PodSpecView, PodView } from '@jamie/core';
import {
  type AnyView,
  aCondition,
  aContainer,
  aDeployed,
  aDisruptionBudget,
  aNode,
  anEvent,
  aPod,
  aPodSpec,
  aSnapshot,
  aWorkload,
  running,
  SNAPSHOT_TIME,
  terminated,
  waiting,
} from '@jamie/testing';
import { describe, expect, it } from '@jest/globals';
import { diagnose } from '../../diagnose.ts';
import type { Analyzer } from '../define-analyzer.ts';
import { subjectsOf } from '../observations.fixture.ts';
import { containerHookFailing } from './container-hook-failing.ts';
import { containerRefusedByRuntime } from './container-refused-by-runtime.ts';
import { gatedPod } from './gated-pod.ts';
import { noDisruptionBudget } from './no-disruption-budget.ts';
import { podSlowToCreate } from './pod-slow-to-create.ts';
import { podStuckTerminating } from './pod-stuck-terminating.ts';
import { podWithoutLabels } from './pod-without-labels.ts';
import { pullSecretMissing } from './pull-secret-missing.ts';
import { readinessGateClosed } from './readiness-gate-closed.ts';
import { restartStorm } from './restart-storm.ts';
import { sandboxNotMade } from './sandbox-not-made.ts';
import { unhappyPhase } from './unhappy-phase.ts';
import { unmanagedPod } from './unmanaged-pod.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const SANDBOX = 'failed to set up sandbox container network: plugin type="calico" failed: no addresses left';
const SECRETS =
  'Unable to retrieve some image pull secrets (regcred); attempting to pull the image may not succeed.';

function pod(more: Partial<PodView> = {}): PodView {
  return aPod({ name: 'web', uid: 'web', labels: { app: 'web' }, ...more });
}

function waitingPod(reason: string, message = '', more: Partial<PodView> = {}): PodView {
  return pod({
    phase: 'Pending',
    containers: [aContainer({ ready: false, state: waiting(reason, message) })],
    ...more,
  });
}

function restarted(restartCount: number, agoMs: number): Partial<PodView> {
  return {
    containers: [aContainer({ restartCount, state: running(agoMs), lastState: terminated(1, { agoMs }) })],
  };
}

function heldBy(reason: string, agoMs: number): Partial<PodView> {
  return {
    conditions: [aCondition('Ready', 'False', { reason, since: SNAPSHOT_TIME - agoMs })],
  };
}

function gated(agoMs: number, spec: Partial<PodSpecView> = {}): PodView {
  return pod({
    createdAt: SNAPSHOT_TIME - agoMs,
    spec: aPodSpec(spec),
    conditions: [aCondition('PodScheduled', 'False', { reason: 'SchedulingGated' })],
  });
}

const late = { deletingSince: SNAPSHOT_TIME - 20 * MINUTE_MS };
const young = { createdAt: SNAPSHOT_TIME - 5_000 };
const deadNode = aNode('worker-1', { conditions: [aCondition('Ready', 'Unknown')] });
const creating = waitingPod('ContainerCreating');

describe('pod detections', () => {
  it.each<[Analyzer, readonly AnyView[]]>([
    [podStuckTerminating, [pod(late)]],
    [podStuckTerminating, [pod(late), aNode('worker-1')]],
    [sandboxNotMade, [creating, anEvent(creating, 'FailedCreatePodSandBox', SANDBOX)]],
    [containerHookFailing, [waitingPod('PreStartHookError', 'hook failed')]],
    [containerHookFailing, [waitingPod('PostStartHookError')]],
    [containerRefusedByRuntime, [waitingPod('CreateContainerError', 'name is in use')]],
    [containerRefusedByRuntime, [waitingPod('RunContainerError', 'no such device')]],
    [podSlowToCreate, [creating]],
    [readinessGateClosed, [pod(heldBy('ReadinessGatesNotReady', 10 * MINUTE_MS))]],
    [restartStorm, [pod(restarted(30, HOUR_MS))]],
    [unhappyPhase, [pod({ phase: 'Failed', reason: 'Evicted', message: 'The node was low on memory.' })]],
    [unhappyPhase, [pod({ phase: 'Unknown', owner: { kind: 'ReplicaSet', name: 'x', uid: 'x' } })]],
    [unmanagedPod, [pod()]],
    [podWithoutLabels, [pod({ labels: {} })]],
    [gatedPod, [gated(2 * HOUR_MS, { schedulingGates: ['example.com/quota'] })]],
    [pullSecretMissing, [pod(), anEvent(pod(), 'FailedToRetrieveImagePullSecret', SECRETS)]],
  ])('$code fires', (analyzer, views) => {
    expect(subjectsOf(analyzer, ...views)).toEqual(['Pod web']);
  });

  it.each<[Analyzer, string, readonly AnyView[]]>([
    [podStuckTerminating, 'a pod within its grace period', [pod({ deletingSince: SNAPSHOT_TIME + 20_000 })]],
    [
      podStuckTerminating,
      'a pod that has just passed it',
      [pod({ deletingSince: SNAPSHOT_TIME - MINUTE_MS })],
    ],
    [podStuckTerminating, 'a pod on a node that is not ready', [pod(late), deadNode]],
    [
      sandboxNotMade,
      'one failure',
      [creating, anEvent(creating, 'FailedCreatePodSandBox', SANDBOX, { count: 1 })],
    ],
    [
      sandboxNotMade,
      'an old failure',
      [creating, anEvent(creating, 'FailedCreatePodSandBox', SANDBOX, { lastSeen: SNAPSHOT_TIME - HOUR_MS })],
    ],
    [sandboxNotMade, 'a pod that runs', [pod(), anEvent(pod(), 'FailedCreatePodSandBox', SANDBOX)]],
    [containerHookFailing, 'a pod that starts', [waitingPod('PreStartHookError', '', young)]],
    [containerRefusedByRuntime, 'a crash loop', [waitingPod('CrashLoopBackOff')]],
    [podSlowToCreate, 'a pod that starts', [waitingPod('ContainerCreating', '', young)]],
    [podSlowToCreate, 'an image on its way', [creating, anEvent(creating, 'Pulling', 'Pulling image "app"')]],
    [podSlowToCreate, 'a pod without a node', [waitingPod('ContainerCreating', '', { nodeName: '' })]],
    [
      podSlowToCreate,
      'an init container that runs',
      [
        pod({
          phase: 'Pending',
          containers: [
            aContainer({ name: 'migrate', isInit: true, ready: false }),
            aContainer({ ready: false, state: waiting('PodInitializing') }),
          ],
        }),
      ],
    ],
    [readinessGateClosed, 'a probe that fails', [pod(heldBy('ContainersNotReady', 10 * MINUTE_MS))]],
    [readinessGateClosed, 'a gate that has just closed', [pod(heldBy('ReadinessGatesNotReady', 20_000))]],
    [
      restartStorm,
      'few restarts in a long life',
      [pod({ ...restarted(40, 2 * HOUR_MS), createdAt: SNAPSHOT_TIME - 60 * 24 * HOUR_MS })],
    ],
    [restartStorm, 'restarts of days ago', [pod(restarted(40, 30 * HOUR_MS))]],
    [restartStorm, 'a container that crashes now', [pod(restarted(30, MINUTE_MS))]],
    [restartStorm, 'a dozen restarts in a day', [pod(restarted(14, HOUR_MS))]],
    [
      restartStorm,
      'a burst that was recovered from',
      [pod({ ...restarted(25, HOUR_MS), createdAt: SNAPSHOT_TIME - 3 * HOUR_MS })],
    ],
    [
      unhappyPhase,
      'a pod that a Job counts',
      [pod({ phase: 'Failed', owner: { kind: 'Job', name: 'x', uid: 'x' } })],
    ],
    [unhappyPhase, 'a pod that is done', [pod({ phase: 'Succeeded' })]],
    [unmanagedPod, 'a pod that is done', [pod({ phase: 'Succeeded' })]],
    [unmanagedPod, 'a pod of a Job', [pod({ owner: { kind: 'Job', name: 'x', uid: 'x' } })]],
    [podWithoutLabels, 'a pod with labels', [pod()]],
    [gatedPod, 'a young gate', [gated(10 * MINUTE_MS)]],
    [pullSecretMissing, 'another event', [pod(), anEvent(pod(), 'BackOff', SECRETS)]],
  ])('$code stays silent about %s', (analyzer, _what, views) => {
    expect(subjectsOf(analyzer, ...views)).toEqual([]);
  });

  it('misses a disruption budget only where several pods are kept', () => {
    const budgetOf = (name: string) => aDisruptionBudget(name);
    const several = aWorkload('Deployment', 'checkout');
    expect(subjectsOf(noDisruptionBudget, several, budgetOf('cart'))).toEqual(['Deployment checkout']);
    expect(subjectsOf(noDisruptionBudget, several, budgetOf('checkout'))).toEqual([]);
    const all = { ...budgetOf('all'), selector: { matchLabels: {}, matchExpressions: [] } };
    expect(subjectsOf(noDisruptionBudget, several, all)).toEqual([]);
    expect(subjectsOf(noDisruptionBudget, several, { ...all, namespace: 'web' })).toEqual([
      'Deployment checkout',
    ]);
    expect(subjectsOf(noDisruptionBudget, aWorkload('Deployment', 'cart', { replicas: 1 }))).toEqual([]);
    expect(subjectsOf(noDisruptionBudget, aWorkload('DaemonSet', 'agent'))).toEqual([]);
  });
});

describe('diagnose', () => {
  function codesOf(...views: readonly AnyView[]) {
    const { causes } = diagnose(aSnapshot().with(views).build(), { kind: 'cluster' });
    return causes.map((cause) => [cause.root.code, ...cause.consequences.map(({ code }) => code)]);
  }

  it('tells a missing pull secret as the cause of the pull that fails', () => {
    const unpulled = {
      phase: 'Pending',
      containers: [aContainer({ ready: false, state: waiting('ErrImagePull', '401 unauthorized') })],
    };
    const deployed = aDeployed('web', [{ revision: 1, pods: [unpulled] }]);
    const events = deployed.pods.map((each) => anEvent(each, 'FailedToRetrieveImagePullSecret', SECRETS));
    expect(codesOf(...deployed.views, ...events)).toEqual([['CHK-POD-174', 'CHK-POD-122', 'CHK-WKL-303']]);
  });

  it('does not blame a missing pull secret for a probe that fails', () => {
    const probed = {
      containers: [aContainer({ ready: false, probes: { readiness: 'GET :80/ every 10 s' } })],
    };
    const deployed = aDeployed('web', [{ revision: 1, pods: [probed] }]);
    const events = deployed.pods.map((each) => anEvent(each, 'FailedToRetrieveImagePullSecret', SECRETS));
    expect(codesOf(...deployed.views, ...events)).toEqual([['CHK-POD-151', 'CHK-WKL-303'], ['CHK-POD-174']]);
  });

  it('keeps a pod of an earlier revision that does not end apart from what ails the present one', () => {
    const probed = {
      containers: [aContainer({ ready: false, probes: { readiness: 'GET :80/ every 10 s' } })],
    };
    const deployed = aDeployed('web', [
      { revision: 1, pods: [late] },
      { revision: 2, pods: [probed] },
    ]);
    expect(codesOf(...deployed.views).map(([root]) => root)).toEqual(['CHK-POD-151', 'CHK-POD-162']);
  });

  it('tells a pod that is slow to create and its workload as one cause', () => {
    const deployed = aDeployed('web', [
      { revision: 1, pods: [{ phase: creating.phase, containers: creating.containers }] },
    ]);
    expect(codesOf(...deployed.views)).toEqual([['CHK-POD-166', 'CHK-WKL-303']]);
  });
});
