import type { Diagnosis, PodView } from '@jamie/core';
import {
  type AnyView,
  aCondition,
  aContainer,
  aDeployed,
  aNode,
  anEndpointSlice,
  anEvent,
  aPod,
  aQuota,
  aReplicaSet,
  aService,
  aSnapshot,
  aWorkload,
  podOf,
  SNAPSHOT_TIME,
  waiting,
} from '@jamie/testing';
import { describe, expect, it } from '@jest/globals';
import { diagnose } from '../diagnose.ts';

const MINUTE_MS = 60_000;

function diagnoseViews(...views: readonly AnyView[]): Diagnosis {
  return diagnose(aSnapshot().with(views).build(), { kind: 'cluster' });
}

function codes(...views: readonly AnyView[]): readonly string[] {
  return diagnoseViews(...views).causes.map((cause) => cause.root.code);
}

const NOT_READY: Partial<PodView> = { containers: [aContainer({ ready: false })] };

describe('Service analyzers', () => {
  const checkout = aDeployed('checkout', [{ revision: 1, pods: [{}, {}] }]);

  it('names the closest labels when the selector fits no pod', () => {
    const service = aService('checkout', { selector: { app: 'chekout' } });
    const [cause] = diagnoseViews(...checkout.views, service).causes;
    expect(cause?.root.code).toBe('CHK-SVC-201');
    expect(cause?.explanation).toContain('lacks app=chekout (the pod has app=checkout)');
  });

  it('finds a Service behind which no pod is ready', () => {
    const down = aDeployed('checkout', [{ revision: 1, pods: [NOT_READY, NOT_READY] }]);
    const { causes } = diagnoseViews(...down.views, aService('checkout'));
    expect(causes).toHaveLength(1);
    expect(causes[0]?.consequences.map((finding) => finding.code)).toContain('CHK-SVC-202');
  });

  it.each<[string, readonly AnyView[]]>([
    ['a Service with ready pods', [...checkout.views, aService('checkout')]],
    ['a Service without a selector', [aService('checkout', { selector: {} })]],
    ['an ExternalName', [aService('checkout', { type: 'ExternalName' })]],
    ['a Service made just now', [aService('checkout', { createdAt: SNAPSHOT_TIME - 5_000 })]],
    ['a Service whose endpoints somebody else keeps', [aService('checkout'), anEndpointSlice('checkout', 2)]],
    [
      'a Service of a workload at zero',
      [...aDeployed('checkout', [{ revision: 1, pods: [] }], { replicas: 0 }).views, aService('checkout')],
    ],
    [
      'pods that are starting',
      [
        ...aDeployed('checkout', [
          { revision: 1, pods: [{ ...NOT_READY, createdAt: SNAPSHOT_TIME - 5_000 }] },
        ]).views,
        aService('checkout'),
      ],
    ],
  ])('stays silent about %s', (_what, views) => {
    expect(codes(...views)).toEqual([]);
  });
});

describe('workload analyzers', () => {
  const exceeded = aCondition('Progressing', 'False', {
    reason: 'ProgressDeadlineExceeded',
    message: 'ReplicaSet "checkout-hash2" has timed out progressing.',
    since: SNAPSHOT_TIME - 2 * MINUTE_MS,
  });

  it('names a rollout that exceeded its deadline when nothing else explains it', () => {
    const deployed = aDeployed(
      'checkout',
      [
        { revision: 1, pods: [{}, {}] },
        { revision: 2, ageMs: 15 * MINUTE_MS, pods: [NOT_READY] },
      ],
      {
        replicas: 3,
        conditions: [exceeded],
      },
    );
    expect(codes(...deployed.views)).toEqual(['CHK-WKL-301']);
  });

  it('names a rollout that stands still before its deadline', () => {
    const deployed = aDeployed(
      'checkout',
      [
        { revision: 1, pods: [{}, {}] },
        { revision: 2, ageMs: 5 * MINUTE_MS, pods: [NOT_READY] },
      ],
      { replicas: 3 },
    );
    expect(codes(...deployed.views)).toEqual(['CHK-WKL-302']);
  });

  it('names a workload that lacks pods although nothing says why, and is not sure', () => {
    const set = aWorkload('StatefulSet', 'db', { replicas: 2, readyReplicas: 1 });
    const { causes } = diagnoseViews(set, podOf(set, 0), podOf(set, 1, NOT_READY));
    expect(causes.map((cause) => [cause.root.code, cause.confidence])).toEqual([['CHK-WKL-303', 'low']]);
  });

  it.each<[string, readonly AnyView[]]>([
    [
      'a rollout that is young',
      aDeployed(
        'checkout',
        [
          { revision: 1, pods: [{}, {}] },
          {
            revision: 2,
            ageMs: 20_000,
            pods: [
              { ...NOT_READY, conditions: [aCondition('Ready', 'False', { since: SNAPSHOT_TIME - 20_000 })] },
            ],
          },
        ],
        { replicas: 3 },
      ).views,
    ],
    [
      'a deadline exceeded although all pods are ready',
      aDeployed('checkout', [{ revision: 2, pods: [{}, {}] }], { conditions: [exceeded] }).views,
    ],
    [
      'old ReplicaSets at zero',
      aDeployed('checkout', [
        { revision: 1, pods: [] },
        { revision: 2, pods: [{}, {}] },
      ]).views,
    ],
    ['a workload at zero', aDeployed('checkout', [{ revision: 1, pods: [] }], { replicas: 0 }).views],
    [
      'a paused Deployment',
      aDeployed('checkout', [{ revision: 1, pods: [NOT_READY] }], { paused: true }).views,
    ],
    [
      'a wish that the controller has not seen',
      aDeployed('checkout', [{ revision: 1, pods: [NOT_READY] }], { generation: 3 }).views,
    ],
    [
      'a terminating pod of the old revision',
      aDeployed(
        'checkout',
        [
          { revision: 1, pods: [{ ...NOT_READY, deletingSince: SNAPSHOT_TIME }] },
          { revision: 2, pods: [{}, {}] },
        ],
        { replicas: 2, readyReplicas: 2 },
      ).views,
    ],
    [
      'a finished pod of a Job',
      [
        aPod({
          phase: 'Succeeded',
          owner: { kind: 'Job', name: 'migrate', uid: 'j' },
          containers: [aContainer({ ready: false })],
        }),
      ],
    ],
  ])('stays silent about %s', (_what, views) => {
    expect(codes(...views)).toEqual([]);
  });
});

describe('admission analyzers', () => {
  const MESSAGE =
    'Error creating: pods "checkout-x" is forbidden: exceeded quota: compute, requested: requests.cpu=500m, used: requests.cpu=2, limited: requests.cpu=2';
  const deployed = aDeployed('checkout', [{ revision: 1, pods: [{}, {}] }], {
    replicas: 4,
    readyReplicas: 2,
  });
  const [set = aReplicaSet(deployed.workload, 1)] = deployed.replicaSets;

  it('names the quota with its numbers', () => {
    const quota = aQuota('compute', { 'requests.cpu': '2' }, { 'requests.cpu': '2' });
    const { causes } = diagnoseViews(...deployed.views, anEvent(set, 'FailedCreate', MESSAGE), quota);
    expect(causes.map((cause) => cause.root.code)).toEqual(['CHK-ADM-401']);
    expect(causes[0]?.explanation).toBe(
      'ResourceQuota compute of namespace shop keeps 2 pods of 4 from being made: a pod requests requests.cpu=500m, requests.cpu=2 of requests.cpu=2 is used.',
    );
    expect(causes[0]?.root.evidence.map((evidence) => evidence.ref.kind)).toEqual([
      'ReplicaSet',
      'ResourceQuota',
    ]);
  });

  it('names the quota from the condition when the events are gone', () => {
    const failure = aCondition('ReplicaFailure', 'True', { reason: 'FailedCreate', message: MESSAGE });
    const workload = { ...deployed.workload, conditions: [failure] };
    expect(codes(workload, ...deployed.replicaSets, ...deployed.pods)).toEqual(['CHK-ADM-401']);
  });

  it.each([
    [
      'pods "x" is forbidden: minimum memory usage per Container is 128Mi, but request is 64Mi',
      'CHK-ADM-402',
    ],
    [
      'pods "x" is forbidden: violates PodSecurity "restricted:latest": allowPrivilegeEscalation != false',
      'CHK-ADM-403',
    ],
    ['admission webhook "policy.example" denied the request: no team label', 'CHK-ADM-404'],
    [
      'pods "x" is forbidden: error looking up service account shop/checkout: serviceaccount "checkout" not found',
      'CHK-ADM-405',
    ],
  ])('names "%s" as %s', (message, code) => {
    expect(codes(...deployed.views, anEvent(set, 'FailedCreate', `Error creating: ${message}`))).toEqual([
      code,
    ]);
  });

  it('explains the Service that gets no pod by the quota', () => {
    const none = aDeployed('checkout', [{ revision: 1, pods: [] }], { replicas: 2, readyReplicas: 0 });
    const [maker = set] = none.replicaSets;
    const { causes } = diagnoseViews(
      ...none.views,
      anEvent(maker, 'FailedCreate', MESSAGE),
      aService('checkout'),
    );
    expect(causes.map((cause) => cause.root.code)).toEqual(['CHK-ADM-401']);
    expect(causes[0]?.consequences.map((finding) => finding.code)).toContain('CHK-SVC-202');
  });

  it('stays silent when the pods were made after all', () => {
    const whole = aDeployed('checkout', [{ revision: 1, pods: [{}, {}] }]);
    const [maker = set] = whole.replicaSets;
    expect(codes(...whole.views, anEvent(maker, 'FailedCreate', MESSAGE))).toEqual([]);
  });
});

describe('node analyzers', () => {
  const gone = aNode('worker-1', {
    conditions: [
      aCondition('Ready', 'Unknown', {
        reason: 'NodeStatusUnknown',
        message: 'Kubelet stopped posting node status.',
        since: SNAPSHOT_TIME - 5 * MINUTE_MS,
      }),
    ],
  });

  it('explains the workload and the Service by the node that went away', () => {
    const lost: Partial<PodView> = {
      conditions: [aCondition('Ready', 'False', { since: SNAPSHOT_TIME - 4 * MINUTE_MS })],
    };
    const deployed = aDeployed('checkout', [{ revision: 1, pods: [lost, lost] }]);
    const { causes } = diagnoseViews(gone, ...deployed.views, aService('checkout'));
    expect(causes.map((cause) => cause.root.code)).toEqual(['CHK-NODE-501']);
    expect(causes[0]?.consequences.map((finding) => finding.code)).toEqual(['CHK-WKL-303', 'CHK-SVC-202']);
  });

  it('does not blame a node for a crash that happens elsewhere too', () => {
    const crash = {
      containers: [
        aContainer({
          ready: false,
          state: waiting('CrashLoopBackOff'),
          restartCount: 5,
          lastState: {
            kind: 'terminated',
            exitCode: 1,
            reason: 'Error',
            message: '',
            finishedAt: SNAPSHOT_TIME,
          } as const,
        }),
      ],
    };
    const deployed = aDeployed('checkout', [
      { revision: 1, pods: [crash, { ...crash, nodeName: 'worker-2' }] },
    ]);
    expect([...codes(gone, aNode('worker-2'), ...deployed.views)].sort()).toEqual([
      'CHK-NODE-501',
      'CHK-POD-101',
    ]);
  });

  it.each(['MemoryPressure', 'DiskPressure', 'PIDPressure'])('warns of %s', (type) => {
    const node = aNode('worker-1', { conditions: [aCondition('Ready', 'True'), aCondition(type, 'True')] });
    expect(codes(node)).toEqual(['CHK-NODE-502']);
  });

  it.each<[string, AnyView]>([
    [
      'a node that has just flickered',
      aNode('worker-1', { conditions: [aCondition('Ready', 'False', { since: SNAPSHOT_TIME - 5_000 })] }),
    ],
    ['a cordoned node', aNode('worker-1', { unschedulable: true })],
    [
      'a pressure that is over',
      aNode('worker-1', { conditions: [aCondition('Ready', 'True'), aCondition('DiskPressure', 'False')] }),
    ],
  ])('stays silent about %s', (_what, node) => {
    expect(codes(node)).toEqual([]);
  });
});
