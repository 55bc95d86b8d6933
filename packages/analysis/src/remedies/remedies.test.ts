import type { NodeView, OperationRequest, PodView, WorkloadView } from '@jamie/core';
import {
  type AnyView,
  aCondition,
  aContainer,
  aCrashingContainer,
  aDeployed,
  aNode,
  anAutoscaler,
  anEvent,
  aPendingPod,
  aPod,
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
const CRASH: Partial<PodView> = { containers: [aCrashingContainer(1)] };
const SHOP = { kind: 'Deployment', namespace: 'shop', name: 'checkout' } as const;

function causesOf(...views: readonly AnyView[]) {
  return diagnose(aSnapshot().with(views).build(), { kind: 'cluster' }).causes;
}

/** Every operation that is offered, the first first. */
function offered(...views: readonly AnyView[]): readonly OperationRequest[] {
  return causesOf(...views).flatMap((cause) => cause.proposals.flatMap(({ operation }) => operation ?? []));
}

function codes(...views: readonly AnyView[]): readonly string[] {
  return causesOf(...views).map((cause) => cause.root.code);
}

function pending(message: string, more: Partial<PodView> = {}): Partial<PodView> {
  const { phase, nodeName, conditions, containers } = aPendingPod(message);
  return { phase, nodeName, conditions, containers, ...more };
}

const FULL = '0/2 nodes are available: 2 Insufficient cpu.';
const APART = "0/2 nodes are available: 2 node(s) didn't match pod anti-affinity rules.";

describe('fewer pods', () => {
  const scaled = (message: string, more: Partial<WorkloadView> = {}) =>
    aDeployed('checkout', [{ revision: 1, pods: [{}, {}, pending(message)] }], more).views;
  const worker = aNode('worker-1');

  it.each([
    ['the nodes are full', FULL],
    ['no node is free of its siblings', APART],
  ])('are offered where %s', (_why, message) => {
    expect(offered(worker, ...scaled(message))[0]).toEqual({ kind: 'scale', target: SHOP, replicas: 2 });
  });

  it('are offered where a quota leaves no room', () => {
    const { workload, replicaSets, views } = aDeployed('checkout', [{ revision: 1, pods: [{}, {}] }], {
      replicas: 5,
    });
    const [set] = replicaSets;
    const message =
      'pods "x" is forbidden: exceeded quota: team, requested: pods=1, used: pods=2, limited: pods=2';
    const event = anEvent(set ?? workload, 'FailedCreate', message);
    expect(offered(...views, event)[0]).toEqual({ kind: 'scale', target: SHOP, replicas: 2 });
  });

  it.each<[string, readonly AnyView[]]>([
    ['an autoscaler keeps the count', [...scaled(FULL), anAutoscaler('checkout')]],
    ['no pod runs', aDeployed('checkout', [{ revision: 1, pods: [pending(FULL)] }]).views],
    [
      'a rollout is under way',
      aDeployed(
        'checkout',
        [
          { revision: 1, ageMs: 60_000, pods: [{}, {}] },
          { revision: 2, ageMs: 50_000, pods: [pending(FULL, { createdAt: SNAPSHOT_TIME - 9 * MINUTE_MS })] },
        ],
        { replicas: 3 },
      ).views,
    ],
    [
      'the selector fits no node',
      scaled("0/2 nodes are available: 2 node(s) didn't match Pod's node affinity/selector."),
    ],
  ])('are not offered where %s', (_why, views) => {
    expect(offered(worker, ...views).filter(({ kind }) => kind === 'scale')).toEqual([]);
  });
});

describe('a smaller request', () => {
  const asking = (cpu: string, nodeSelector: Readonly<Record<string, string>> = {}) =>
    aDeployed('checkout', [
      {
        revision: 1,
        pods: [
          pending(FULL, {
            nodeSelector,
            containers: [aContainer({ ready: false, state: waiting(''), requests: { cpu } })],
          }),
        ],
      },
    ]).views;

  it('is offered where no node could ever take the pod: nine tenths of what one has left', () => {
    const busy = aPod({ name: 'other', containers: [aContainer({ requests: { cpu: '1' } })] });
    expect(offered(aNode('worker-1'), busy, ...asking('12'))).toEqual([
      { kind: 'resize', target: SHOP, container: 'app', requests: { cpu: '2700m' } },
    ]);
  });

  it.each<[string, NodeView, string, Readonly<Record<string, string>>]>([
    ['the nodes are merely full', aNode('worker-1'), '3', {}],
    ['every node is cordoned', aNode('worker-1', { unschedulable: true }), '12', {}],
    ['no node carries the labels', aNode('worker-1'), '12', { pool: 'gpu' }],
  ])('is not offered where %s', (_why, node, cpu, nodeSelector) => {
    expect(offered(node, ...asking(cpu, nodeSelector))).toEqual([]);
  });
});

describe('a lower limit', () => {
  const refused = (message: string, images: Readonly<Record<string, string>> = { app: 'shop/app:1' }) => {
    const { workload, replicaSets, views } = aDeployed('checkout', [{ revision: 1, pods: [] }], {
      replicas: 2,
      images,
    });
    return [...views, anEvent(replicaSets[0] ?? workload, 'FailedCreate', message)];
  };
  const MESSAGE = 'pods "x" is forbidden: maximum memory usage per Container is 1Gi, but limit is 2Gi';

  it('is offered where a LimitRange names the maximum', () => {
    expect(offered(...refused(MESSAGE))).toEqual([
      { kind: 'resize', target: SHOP, container: 'app', limits: { memory: '1Gi' } },
    ]);
  });

  it.each([
    ['several containers may be meant', MESSAGE, { app: 'shop/app:1', proxy: 'shop/proxy:1' }],
    ['the minimum is missed', 'minimum memory usage per Container is 64Mi, but request is 16Mi', undefined],
  ])('is not offered where %s', (_why, message, images) => {
    expect(offered(...refused(message, images))).toEqual([]);
  });
});

describe('a node that was cordoned', () => {
  const message =
    "0/2 nodes are available: 1 node(s) were unschedulable, 1 node(s) didn't match Pod's node affinity/selector.";
  const waitingPod = aDeployed('checkout', [
    { revision: 1, pods: [pending(message, { nodeSelector: { pool: 'gpu' } })] },
  ]).views;
  const cordoned = (labels: Readonly<Record<string, string>>) =>
    aNode('gpu-1', {
      labels,
      unschedulable: true,
      taints: [{ key: 'node.kubernetes.io/unschedulable', value: '', effect: 'NoSchedule' }],
    });

  it('is offered to take pods again, with little confidence: somebody may have meant it', () => {
    const [cause] = causesOf(cordoned({ pool: 'gpu' }), aNode('worker-1'), ...waitingPod);
    expect(cause).toMatchObject({ root: { code: 'CHK-POD-145' }, confidence: 'low' });
    expect(cause?.proposals[0]).toMatchObject({
      advice: expect.stringContaining('on purpose'),
      operation: { kind: 'uncordon', target: { kind: 'Node', name: 'gpu-1' } },
    });
  });

  it.each([
    ['it does not carry the labels', cordoned({})],
    [
      'it has another taint',
      { ...cordoned({ pool: 'gpu' }), taints: [{ key: 'x', value: '', effect: 'NoSchedule' }] },
    ],
  ])('stays as it is where %s', (_why, node) => {
    expect(offered(node, aNode('worker-1'), ...waitingPod)).toEqual([]);
  });
});

describe('a node that is not ready', () => {
  const down = [aCondition('Ready', 'Unknown', { since: SNAPSHOT_TIME - 3 * MINUTE_MS })];

  it('is offered to be cordoned, unless it is', () => {
    expect(offered(aNode('worker-1', { conditions: down }))).toEqual([
      { kind: 'cordon', target: { kind: 'Node', name: 'worker-1' } },
    ]);
    expect(offered(aNode('worker-1', { conditions: down, unschedulable: true }))).toEqual([]);
  });
});

describe('a paused Deployment', () => {
  const paused = (updatedReplicas: number, agoMs = 5 * MINUTE_MS) =>
    aWorkload('Deployment', 'checkout', {
      paused: true,
      updatedReplicas,
      conditions: [
        aCondition('Progressing', 'Unknown', { reason: 'DeploymentPaused', since: SNAPSHOT_TIME - agoMs }),
      ],
    });

  it('that holds a change back is offered to be resumed', () => {
    expect(codes(paused(0))).toEqual(['CHK-WKL-304']);
    expect(offered(paused(0))).toEqual([{ kind: 'resume', target: SHOP }]);
  });

  it('stays so where all pods have its template, and while somebody has just paused it', () => {
    expect(codes(paused(3))).toEqual([]);
    expect(codes(paused(1, MINUTE_MS))).toEqual([]);
  });
});

describe('a workload at zero', () => {
  const none = aDeployed('checkout', [{ revision: 1, pods: [] }], { replicas: 0 });
  const service = aService('checkout');
  const event = (message: string) => anEvent(none.workload, 'ScalingReplicaSet', message, { type: 'Normal' });
  const scaledDown = event('Scaled down replica set checkout-hash1 from 4 to 0');

  it.each<[string, AnyView, number]>([
    ['what it was scaled down from', scaledDown, 4],
    ['the least that its autoscaler keeps', anAutoscaler('checkout', { minReplicas: 2 }), 2],
  ])('behind a Service is offered %s', (_what, evidence, replicas) => {
    const [cause] = causesOf(...none.views, service, evidence);
    expect(cause).toMatchObject({ root: { code: 'CHK-WKL-305' }, confidence: 'low' });
    expect(cause?.proposals[0]?.operation).toEqual({ kind: 'scale', target: SHOP, replicas });
  });

  it.each<[string, readonly AnyView[]]>([
    ['nothing says how many there were', [service]],
    ['no Service stands before it', [scaledDown]],
    [
      'only an older revision was scaled down',
      [service, event('Scaled down replica set checkout-old from 4 to 0')],
    ],
    [
      'other pods answer behind the Service',
      [service, scaledDown, aPod({ name: 'blue', labels: { app: 'checkout' } })],
    ],
  ])('is left alone where %s', (_why, views) => {
    expect(codes(...none.views, ...views)).toEqual([]);
  });
});

describe('an autoscaler', () => {
  const target = aWorkload('Deployment', 'checkout');
  const limited = (reason: string, currentReplicas: number) =>
    anAutoscaler('checkout', {
      currentReplicas,
      conditions: [aCondition('ScalingLimited', 'True', { reason })],
    });

  it('at its maximum is offered half as much again', () => {
    const max = limited('TooManyReplicas', 6);
    expect(codes(target, max)).toEqual(['CHK-WKL-306']);
    expect(offered(target, max)).toEqual([
      {
        kind: 'autoscale',
        target: { kind: 'HorizontalPodAutoscaler', namespace: 'shop', name: 'checkout' },
        maxReplicas: 9,
      },
    ]);
  });

  it('at its minimum is idle, and on its way to the maximum at work', () => {
    expect(codes(target, limited('TooFewReplicas', 2))).toEqual([]);
    expect(codes(target, { ...limited('TooFewReplicas', 6), minReplicas: 6 })).toEqual([]);
    expect(codes(target, limited('TooManyReplicas', 4))).toEqual([]);
  });
});

describe('pods that failed', () => {
  const evicted = (name: string, more: Partial<PodView> = {}): Partial<PodView> => ({
    name,
    phase: 'Failed',
    reason: 'Evicted',
    conditions: [],
    containers: [],
    ...more,
  });

  it('are offered to be deleted together, once others took their place', () => {
    const { views } = aDeployed('checkout', [{ revision: 1, pods: [{}, evicted('a'), evicted('b')] }], {
      replicas: 1,
    });
    expect(codes(...views)).toEqual(['CHK-POD-161']);
    const target = (name: string) => ({
      kind: 'delete_pod',
      target: { kind: 'Pod', namespace: 'shop', name },
    });
    expect(offered(...views)).toEqual([{ kind: 'several', operations: [target('a'), target('b')] }]);
  });

  it('wait for no configuration any more', () => {
    const state = waiting('CreateContainerConfigError', 'configmap "settings" not found');
    const pod = aPod({ ...evicted('a'), reason: '', containers: [aContainer({ ready: false, state })] });
    expect(codes(pod)).toEqual(['CHK-POD-171']);
    expect(codes({ ...pod, phase: 'Pending' })).toEqual(['CHK-POD-131']);
  });

  it('are left alone where a Job keeps them, or nobody owns them', () => {
    const owner = { kind: 'Job', name: 'report', uid: 'job' };
    expect(codes(aPod({ ...evicted('a'), owner }))).toEqual([]);
    expect(codes(aPod(evicted('b')))).toEqual(['CHK-POD-171']);
  });
});

describe('the revision before, of a StatefulSet or DaemonSet', () => {
  const set = aWorkload('StatefulSet', 'store', { replicas: 3, readyReplicas: 2 });
  const of = (index: number, revision: string, more: Partial<PodView> = {}) =>
    podOf(set, index, { labels: { app: 'store', 'controller-revision-hash': revision }, ...more });
  const young = { createdAt: SNAPSHOT_TIME - 5 * MINUTE_MS };

  it('is offered where pods of it are ready and only newer ones are faulty', () => {
    const pods = [of(0, 'a'), of(1, 'a'), of(2, 'b', { ...CRASH, ...young })];
    const rollback = { kind: 'rollback', target: { kind: 'StatefulSet', namespace: 'shop', name: 'store' } };
    expect(offered({ ...set, inOrder: false }, ...pods)[0]).toEqual(rollback);
    const target = { kind: 'Pod', namespace: 'shop', name: 'store-pod2' };
    expect(offered(set, ...pods)[0]).toEqual({
      kind: 'several',
      operations: [rollback, { kind: 'delete_pod', target }],
    });
  });

  it.each<[string, readonly AnyView[]]>([
    ['all pods are of one revision', [of(0, 'a'), of(1, 'a'), of(2, 'a', { ...CRASH, ...young })]],
    [
      'both revisions are faulty',
      [of(0, 'a', { ...CRASH, ...young }), of(1, 'a'), of(2, 'b', { ...CRASH, ...young }), of(3, 'b')],
    ],
    ['no other pod is ready', [of(0, 'a', CRASH), of(2, 'b', { ...CRASH, ...young })]],
    ['the faulty pod is the older one', [of(0, 'b', young), of(2, 'a', CRASH)]],
  ])('is not offered where %s', (_why, pods) => {
    expect(offered(set, ...pods)).toEqual([]);
  });
});

describe('a rollback', () => {
  it.each<[string, Partial<PodView>]>([
    [
      'an image that does not exist',
      { containers: [aContainer({ ready: false, state: waiting('ErrImagePull', 'shop/app:9: not found') })] },
    ],
    [
      'a ConfigMap that does not exist',
      {
        containers: [
          aContainer({
            ready: false,
            state: waiting('CreateContainerConfigError', 'configmap "x" not found'),
          }),
        ],
      },
    ],
    [
      'a key that does not exist',
      {
        containers: [
          aContainer({
            ready: false,
            state: waiting('CreateContainerConfigError', "couldn't find key LEVEL in ConfigMap shop/x"),
          }),
        ],
      },
    ],
  ])('is offered first for %s that came with a rollout, and not where nothing ran before', (_what, fault) => {
    const bad = { ...fault, phase: 'Pending', conditions: [] };
    const rolledOut = aDeployed(
      'checkout',
      [
        { revision: 1, pods: [{}, {}] },
        { revision: 2, ageMs: 12 * MINUTE_MS, pods: [bad] },
      ],
      { replicas: 2 },
    );
    expect(offered(...rolledOut.views)[0]).toEqual({ kind: 'rollback', target: SHOP, toRevision: 1 });
    expect(offered(...aDeployed('checkout', [{ revision: 1, pods: [bad] }]).views)).toEqual([]);
  });

  it('is offered for a liveness probe that kills what a rollout brought', () => {
    const killed = aContainer({
      ready: false,
      restartCount: 4,
      probes: { liveness: 'GET :80/live every 10 s' },
    });
    const { views, pods } = aDeployed(
      'checkout',
      [
        { revision: 1, pods: [{}, {}] },
        { revision: 2, ageMs: 12 * MINUTE_MS, pods: [{ containers: [killed] }] },
      ],
      { replicas: 2 },
    );
    const pod = pods.find((each) => each.containers[0]?.restartCount === 4) ?? aPod();
    const events = [
      anEvent(pod, 'Killing', 'Container app failed liveness probe, will be restarted'),
      anEvent(pod, 'Unhealthy', 'Liveness probe failed: HTTP probe failed with statuscode: 404'),
    ];
    expect(offered(...views, ...events)[0]).toMatchObject({ kind: 'rollback', toRevision: 1 });
  });
});
