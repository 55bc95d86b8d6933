import type { PodView, WorkloadView } from '@jamie/core';
import {
  type AnyView,
  aCondition,
  aContainer,
  aDeployed,
  anEvent,
  aReplicaSet,
  aService,
  aSnapshot,
  aWorkload,
  podOf,
  SNAPSHOT_TIME,
} from '@jamie/testing';
import { describe, expect, it } from '@jest/globals';
import { diagnose } from '../../diagnose.ts';
import type { Analyzer } from '../define-analyzer.ts';
import { observationsOf, subjectsOf } from '../observations.fixture.ts';
import { daemonPodsMisscheduled } from './daemon-pods-misscheduled.ts';
import { daemonSetUpdateStuck } from './daemon-set-update-stuck.ts';
import { governingServiceMissing } from './governing-service-missing.ts';
import { loneReplicaSetDegraded } from './lone-replica-set-degraded.ts';
import { statefulSetHeldBack } from './stateful-set-held-back.ts';
import { statefulSetUpdateStuck } from './stateful-set-update-stuck.ts';
import { surplusPods } from './surplus-pods.ts';
import { workloadWithoutPods } from './workload-without-pods.ts';
import { zeroScale } from './zero-scale.ts';

const MINUTE_MS = 60_000;
const NOT_READY: Partial<PodView> = { containers: [aContainer({ ready: false })] };
const EMPTY = { currentReplicas: 0, readyReplicas: 0, availableReplicas: 0, updatedReplicas: 0 };

/** A workload with its pods, the last of which may differ. */
function withPods(workload: WorkloadView, count: number, last: Partial<PodView> = {}): readonly AnyView[] {
  const pods = Array.from({ length: count }, (_, index) =>
    podOf(workload, index, { name: `${workload.name}-${index}`, ...(index === count - 1 ? last : {}) }),
  );
  return [workload, ...pods];
}

const alone = aReplicaSet(aWorkload('Deployment', 'gone'), 1, { name: 'legacy', readyReplicas: 1 });
const { owner: _, ...lone } = alone;
const SURPLUS = { currentReplicas: 5 };
const behind = { updatedReplicas: 1 };
const young = { createdAt: SNAPSHOT_TIME - MINUTE_MS };

describe('workload detections', () => {
  it.each<[Analyzer, string, readonly AnyView[]]>([
    [zeroScale, 'StatefulSet db', [aWorkload('StatefulSet', 'db', { replicas: 0 })]],
    [workloadWithoutPods, 'Deployment checkout', [aWorkload('Deployment', 'checkout', EMPTY)]],
    [loneReplicaSetDegraded, 'ReplicaSet legacy', [lone]],
    [daemonPodsMisscheduled, 'DaemonSet agent', [aWorkload('DaemonSet', 'agent', { misscheduledPods: 2 })]],
    [
      daemonSetUpdateStuck,
      'DaemonSet agent',
      withPods(aWorkload('DaemonSet', 'agent', behind), 3, NOT_READY),
    ],
    [
      statefulSetUpdateStuck,
      'StatefulSet db',
      withPods(aWorkload('StatefulSet', 'db', behind), 3, NOT_READY),
    ],
    [governingServiceMissing, 'StatefulSet db', [aWorkload('StatefulSet', 'db', { serviceName: 'db' })]],
    [statefulSetHeldBack, 'StatefulSet db', withPods(aWorkload('StatefulSet', 'db'), 2, NOT_READY)],
    [surplusPods, 'Deployment checkout', withPods(aWorkload('Deployment', 'checkout', SURPLUS), 5)],
  ])('$code fires', (analyzer, subject, views) => {
    expect(subjectsOf(analyzer, ...views)).toEqual([subject]);
  });

  it.each<[Analyzer, string, readonly AnyView[]]>([
    [zeroScale, 'a DaemonSet that fits no node', [aWorkload('DaemonSet', 'agent', { replicas: 0 })]],
    [workloadWithoutPods, 'one at zero', [aWorkload('Deployment', 'checkout', { ...EMPTY, replicas: 0 })]],
    [
      workloadWithoutPods,
      'one that is paused',
      [aWorkload('Deployment', 'checkout', { ...EMPTY, paused: true })],
    ],
    [workloadWithoutPods, 'one made just now', [aWorkload('Deployment', 'checkout', { ...EMPTY, ...young })]],
    [
      workloadWithoutPods,
      'one whose pod is ending',
      withPods(aWorkload('Deployment', 'checkout', EMPTY), 1, { deletingSince: SNAPSHOT_TIME }),
    ],
    [loneReplicaSetDegraded, 'one that a Deployment keeps', [aWorkload('Deployment', 'gone'), alone]],
    [loneReplicaSetDegraded, 'one that is whole', [{ ...lone, readyReplicas: 3 }]],
    [daemonPodsMisscheduled, 'none', [aWorkload('DaemonSet', 'agent')]],
    [
      daemonSetUpdateStuck,
      'one that waits for people',
      withPods(aWorkload('DaemonSet', 'agent', { ...behind, updateStrategy: 'OnDelete' }), 3, NOT_READY),
    ],
    [
      daemonSetUpdateStuck,
      'one that moves',
      withPods(aWorkload('DaemonSet', 'agent', behind), 3, { ...NOT_READY, ...young }),
    ],
    [
      statefulSetUpdateStuck,
      'a partition',
      withPods(aWorkload('StatefulSet', 'db', { ...behind, partition: 2 }), 3),
    ],
    [statefulSetUpdateStuck, 'one that is done', withPods(aWorkload('StatefulSet', 'db'), 3, NOT_READY)],
    [
      governingServiceMissing,
      'one that is there',
      [aWorkload('StatefulSet', 'db', { serviceName: 'db' }), aService('db')],
    ],
    [governingServiceMissing, 'one that names none', [aWorkload('StatefulSet', 'db')]],
    [
      statefulSetHeldBack,
      'one that makes all at once',
      withPods(aWorkload('StatefulSet', 'db', { inOrder: false }), 2, NOT_READY),
    ],
    [
      statefulSetHeldBack,
      'one that has all of its pods',
      withPods(aWorkload('StatefulSet', 'db'), 3, NOT_READY),
    ],
    [
      statefulSetHeldBack,
      'a pod that starts',
      withPods(aWorkload('StatefulSet', 'db'), 2, { ...NOT_READY, createdAt: SNAPSHOT_TIME - 5_000 }),
    ],
    [
      surplusPods,
      'a wish not seen yet',
      withPods(aWorkload('Deployment', 'checkout', { ...SURPLUS, generation: 2 }), 5),
    ],
    [
      surplusPods,
      'pods that ended',
      withPods(aWorkload('Deployment', 'checkout', { currentReplicas: 4 }), 4, { phase: 'Failed' }),
    ],
    [
      surplusPods,
      'a rollout',
      aDeployed('checkout', [
        { revision: 1, pods: [{}, {}, {}] },
        { revision: 2, ageMs: 20 * MINUTE_MS, pods: [NOT_READY] },
      ]).views,
    ],
    [
      surplusPods,
      'a rollout that has just ended',
      withPods(
        aWorkload('Deployment', 'checkout', {
          currentReplicas: 4,
          conditions: [aCondition('Progressing', 'True', { since: SNAPSHOT_TIME - 10_000 })],
        }),
        4,
      ),
    ],
  ])('$code stays silent about %s', (analyzer, _what, views) => {
    expect(subjectsOf(analyzer, ...views)).toEqual([]);
  });

  it('names the first pod that holds a StatefulSet back, by its number', () => {
    const set = aWorkload('StatefulSet', 'db', { replicas: 15 });
    const pods = ['db-10', 'db-9'].map((name, index) => podOf(set, index, { ...NOT_READY, name, uid: name }));
    const [fault] = observationsOf(statefulSetHeldBack, set, ...pods);
    expect(fault?.summary).toBe('13 pods of 15 wait for db-9 to become ready');
  });

  it('says of a workload that its controller has not seen that the controller is at fault', () => {
    const unseen = aWorkload('Deployment', 'checkout', { ...EMPTY, generation: 2 });
    const [fault] = observationsOf(workloadWithoutPods, unseen);
    expect(fault?.explanation).toContain('its controller has not seen its latest wish');
  });
});

describe('diagnose', () => {
  it('cannot tell whether a governing Service exists where Services were not read', () => {
    const set = aWorkload('StatefulSet', 'db', { serviceName: 'db' });
    const snapshot = aSnapshot().with(withPods(set, 3)).unread('Service').build();
    const { causes, verdict, unchecked } = diagnose(snapshot, { kind: 'cluster' });
    expect(causes).toEqual([]);
    expect(verdict).toBe('cannot_tell');
    expect(unchecked.map(({ why }) => why).join()).toContain('Services');
  });

  it('tells a workload without pods once, and a refusal as its cause', () => {
    const workload = aWorkload('Deployment', 'checkout', {
      ...EMPTY,
      conditions: [aCondition('Available', 'False')],
    });
    const codesOf = (...views: readonly AnyView[]) =>
      diagnose(aSnapshot().with(views).build(), { kind: 'cluster' }).causes.map((cause) => cause.root.code);
    expect(codesOf(workload)).toEqual(['CHK-WKL-308']);
    const refusal = anEvent(workload, 'FailedCreate', 'exceeded quota: compute');
    expect(codesOf(workload, refusal)).toEqual(['CHK-ADM-401']);
  });

  it('tells a StatefulSet that is held back, short and not updated as one cause', () => {
    const set = aWorkload('StatefulSet', 'db', { readyReplicas: 1, updatedReplicas: 1 });
    const snapshot = aSnapshot()
      .with(withPods(set, 2, NOT_READY))
      .build();
    const { causes } = diagnose(snapshot, { kind: 'cluster' });
    expect(causes.map((cause) => cause.root.code)).toEqual(['CHK-WKL-314']);
    expect(causes[0]?.consequences.map(({ code }) => code).sort()).toEqual(['CHK-WKL-303', 'CHK-WKL-312']);
  });
});
