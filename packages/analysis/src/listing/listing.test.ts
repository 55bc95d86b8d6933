import type { DiagnosisScope, EventView, ObjectRef, PodView } from '@jamie/core';
import {
  aCondition,
  aConfigMap,
  aContainer,
  aCrashingContainer,
  aDeployed,
  aNode,
  anEvent,
  aPendingPod,
  aPod,
  aReplicaSet,
  aService,
  aSnapshot,
  running,
  SNAPSHOT_TIME,
  terminated,
  waiting,
} from '@jamie/testing';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { hostileSnapshot } from '../hostile-snapshot.fixture.ts';
import { eventsWithin } from './events-within.ts';
import { findOwner } from './find-owner.ts';
import { foldEvents } from './fold-events.ts';
import { formatAge } from './format-age.ts';
import { nodeUsageRows } from './node-usage-rows.ts';
import { podRows } from './pod-rows.ts';
import { podStatus } from './pod-status.ts';
import { podsWithin } from './pods-within.ts';
import { containerUsageRows, isNearLimit, podUsageRows, shareOf } from './usage-rows.ts';

const MEBIBYTE = 1024 ** 2;

describe('podStatus', () => {
  const init = (more: Parameters<typeof aContainer>[0]) =>
    aContainer({ name: 'init', isInit: true, ready: false, ...more });
  const initialising = { conditions: [aCondition('Initialized', 'False')], phase: 'Pending' };
  it.each<[string, Partial<PodView>]>([
    ['Running', {}],
    ['Pending', { phase: 'Pending', containers: [aContainer({ ready: false, state: waiting('') })] }],
    [
      'ContainerCreating',
      { phase: 'Pending', containers: [aContainer({ state: waiting('ContainerCreating') })] },
    ],
    ['CrashLoopBackOff', { containers: [aCrashingContainer(1)] }],
    [
      'OOMKilled',
      { containers: [aContainer({ ready: false, state: terminated(137, { reason: 'OOMKilled' }) })] },
    ],
    ['ExitCode:3', { containers: [aContainer({ ready: false, state: terminated(3, { reason: '' }) })] }],
    ['Completed', { phase: 'Succeeded', containers: [aContainer({ ready: false, state: terminated(0) })] }],
    ['Evicted', { phase: 'Failed', reason: 'Evicted', containers: [] }],
    ['Terminating', { deletingSince: SNAPSHOT_TIME - 1_000 }],
    ['Unknown', { deletingSince: SNAPSHOT_TIME - 1_000, reason: 'NodeLost' }],
    [
      'Init:0/2',
      {
        ...initialising,
        containers: [
          init({ state: running() }),
          init({ state: waiting('') }),
          aContainer({ state: waiting('PodInitializing') }),
        ],
      },
    ],
    [
      'Init:1/2',
      {
        ...initialising,
        containers: [init({ state: terminated(0) }), init({ state: waiting('PodInitializing') })],
      },
    ],
    [
      'Init:CrashLoopBackOff',
      { ...initialising, containers: [init({ state: waiting('CrashLoopBackOff') })] },
    ],
    ['Init:Error', { ...initialising, containers: [init({ state: terminated(1) })] }],
    [
      'PodInitializing',
      {
        ...initialising,
        containers: [init({ state: terminated(0) }), aContainer({ state: waiting('PodInitializing') })],
      },
    ],
    [
      'SchedulingGated',
      {
        phase: 'Pending',
        conditions: [aCondition('PodScheduled', 'False', { reason: 'SchedulingGated' })],
        containers: [],
      },
    ],
    [
      'NotReady',
      {
        conditions: [aCondition('Ready', 'False')],
        containers: [aContainer({ name: 'job', ready: false, state: terminated(0) }), aContainer()],
      },
    ],
  ])('says %s', (status, fields) => {
    expect(podStatus(aPod(fields))).toBe(status);
  });
});

describe('podRows', () => {
  it('puts what needs somebody first, and counts restarts with the last of them', () => {
    const pods = [
      aPod({ name: 'well' }),
      aPod({ name: 'going', deletingSince: SNAPSHOT_TIME - 10_000 }),
      aPod({ name: 'stuck', deletingSince: SNAPSHOT_TIME - 900_000 }),
      aPod({ name: 'crashing', containers: [aCrashingContainer(1, { restartCount: 4 })] }),
      aPod({ name: 'worse', containers: [aCrashingContainer(1, { restartCount: 9 })] }),
      aPendingPod('0/1 nodes', { name: 'homeless' }),
      aPod({
        name: 'done',
        phase: 'Succeeded',
        containers: [aContainer({ ready: false, state: terminated(0) })],
      }),
      aPod({
        name: 'unpulled',
        containers: [aContainer({ ready: false, state: waiting('ImagePullBackOff') })],
      }),
    ];
    const rows = podRows(pods, SNAPSHOT_TIME);
    expect(rows.map(({ pod, condition }) => `${pod.name} ${condition}`)).toEqual([
      'worse failing',
      'crashing failing',
      'unpulled failing',
      'homeless not_ready',
      'stuck not_ready',
      'going ending',
      'well ready',
      'done done',
    ]);
    expect(rows[0]).toMatchObject({
      restarts: 9,
      lastRestartAt: SNAPSHOT_TIME - 30_000,
      readyContainers: 0,
      containers: 1,
    });
    expect(rows.find(({ pod }) => pod.name === 'well')).not.toHaveProperty('lastRestartAt');
  });

  it('leaves init containers that are done out of the count, and takes sidecars in', () => {
    const [row] = podRows(
      [
        aPod({
          containers: [
            aContainer({ name: 'init', isInit: true, ready: true, state: terminated(0) }),
            aContainer({ name: 'sidecar', isInit: true }),
            aContainer(),
          ],
        }),
      ],
      SNAPSHOT_TIME,
    );
    expect([row?.readyContainers, row?.containers]).toEqual([2, 2]);
  });
});

describe('podsWithin', () => {
  const deployed = aDeployed('cart', [
    { revision: 1, pods: [{}] },
    { revision: 2, pods: [{ nodeName: 'worker-2' }, { deletingSince: SNAPSHOT_TIME }] },
  ]);
  const reader = aPod({
    name: 'reader',
    namespace: 'web',
    references: [{ kind: 'ConfigMap', name: 'settings', via: 'env' }],
  });
  const snapshot = aSnapshot()
    .with(
      deployed.views,
      aNode('worker-2'),
      aService('cart'),
      reader,
      aConfigMap('settings', [], { namespace: 'web' }),
    )
    .build();
  const names = (scope: DiagnosisScope): readonly string[] | string => {
    const found = podsWithin(snapshot, scope);
    return found.kind === 'pods' ? found.pods.map(({ name }) => name) : found.reason;
  };
  const of = (ref: ObjectRef) => names({ kind: 'object', ref });

  it('takes all of a place, or those of an object, those that are going too', () => {
    expect(names({ kind: 'cluster' })).toHaveLength(4);
    expect(names({ kind: 'namespace', namespace: 'web' })).toEqual(['reader']);
    expect(of({ kind: 'Deployment', namespace: 'shop', name: 'cart' })).toHaveLength(3);
    expect(of({ kind: 'ReplicaSet', namespace: 'shop', name: 'cart-hash1' })).toEqual(['cart-hash1-pod0']);
    expect(of({ kind: 'Service', namespace: 'shop', name: 'cart' })).toHaveLength(3);
    expect(of({ kind: 'Node', name: 'worker-2' })).toEqual(['cart-hash2-pod0']);
    expect(of({ kind: 'ConfigMap', namespace: 'web', name: 'settings' })).toEqual(['reader']);
    expect(of({ kind: 'Pod', namespace: 'web', name: 'reader' })).toEqual(['reader']);
  });

  it('says why there is no list', () => {
    expect(of({ kind: 'Deployment', namespace: 'shop', name: 'absent' })).toBe('gone');
    expect(podsWithin(aSnapshot().unread('Pod').build(), { kind: 'cluster' })).toEqual({
      kind: 'no_pods',
      reason: 'unread',
    });
  });

  it('finds the workload that something belongs to', () => {
    const owner = { kind: 'Deployment', namespace: 'shop', name: 'cart' };
    expect(findOwner(snapshot, { kind: 'Pod', namespace: 'shop', name: 'cart-hash1-pod0' })).toEqual(owner);
    expect(findOwner(snapshot, { kind: 'ReplicaSet', namespace: 'shop', name: 'cart-hash1' })).toEqual(owner);
    expect(findOwner(snapshot, { kind: 'Pod', namespace: 'web', name: 'reader' })).toBeUndefined();
  });
});

describe('foldEvents', () => {
  const pods = ['cart-7d9f8b6c5-4kx7d', 'cart-7d9f8b6c5-z2mqp'].map((name) => aPod({ name })) as [
    PodView,
    PodView,
  ];
  const text = (name: string, wait: string) =>
    `Back-off ${wait} restarting failed container=app pod=${name}_shop(1c4d9a52-1111-2222-3333-444455556666)`;

  it('folds what differs in names, ids and times alone, and keeps different facts apart', () => {
    const scaled = (to: number) =>
      anEvent(
        aDeployed('cart', [{ revision: 1, pods: [] }]).workload,
        'ScalingReplicaSet',
        `Scaled up from ${to - 1} to ${to}`,
        { type: 'Normal' },
      );
    const folded = foldEvents([
      anEvent(pods[0], 'BackOff', text(pods[0].name, '40s'), { count: 3, lastSeen: SNAPSHOT_TIME - 5_000 }),
      anEvent(pods[1], 'BackOff', text(pods[1].name, '2m40s'), { count: 4, lastSeen: SNAPSHOT_TIME - 1_000 }),
      scaled(2),
      scaled(3),
    ]);
    expect(folded.map(({ reason, count, objects }) => [reason, count, objects.length])).toEqual([
      ['BackOff', 7, 2],
      ['ScalingReplicaSet', 5, 1],
      ['ScalingReplicaSet', 5, 1],
    ]);
    expect(folded[0]).toMatchObject({
      lastSeen: SNAPSHOT_TIME - 1_000,
      message: expect.stringContaining('2m40s'),
    });
  });

  it('folds what a controller says of each of its pods', () => {
    const set = aReplicaSet(aDeployed('cart', [{ revision: 1, pods: [] }]).workload, 1);
    const created = (suffix: string) =>
      anEvent(set, 'SuccessfulCreate', `Created pod: ${set.name}-${suffix}`, { count: 1, uid: suffix });
    expect(foldEvents([created('4kx7d'), created('z2mqp')]).map(({ count }) => count)).toEqual([2]);
  });

  it('orders by time, or warnings before the rest', () => {
    const events: readonly EventView[] = [
      anEvent(pods[0], 'Old', 'x', { lastSeen: 1 }),
      anEvent(pods[0], 'New', 'y', { lastSeen: 2, type: 'Normal' }),
    ];
    expect(foldEvents(events).map(({ reason }) => reason)).toEqual(['New', 'Old']);
    expect(foldEvents(events, true).map(({ reason }) => reason)).toEqual(['Old', 'New']);
  });
});

describe('usage rows', () => {
  const sample = (name: string, cpuMillicores: number, mebibytes: number) => ({
    namespace: 'shop',
    name,
    cpuMillicores,
    memoryBytes: mebibytes * MEBIBYTE,
    measuredAt: SNAPSHOT_TIME,
    windowMs: 15_000,
    containers: [{ name: 'app', cpuMillicores, memoryBytes: mebibytes * MEBIBYTE }],
  });

  it('sets usage beside what was asked for and what is allowed, and sorts by it', () => {
    const pods = [
      aPod({ name: 'small' }),
      aPod({ name: 'big' }),
      aPod({ name: 'down', containers: [aCrashingContainer(1)] }),
    ];
    const rows = podUsageRows(pods, [sample('small', 10, 250), sample('big', 90, 64)], 'cpu');
    expect(rows.map(({ name }) => name)).toEqual(['big', 'small', 'down']);
    expect(rows[0]?.cpu).toEqual({ used: 90, requested: 100 });
    expect(rows[1]?.memory).toEqual({
      used: 250 * MEBIBYTE,
      requested: 128 * MEBIBYTE,
      limit: 256 * MEBIBYTE,
    });
    expect(rows.map(({ memory }) => isNearLimit(memory))).toEqual([false, true, false]);
    expect(rows[2]).toMatchObject({ unmeasured: 'CrashLoopBackOff' });
    expect(podUsageRows(pods, [sample('small', 10, 250), sample('big', 90, 64)], 'memory')[0]?.name).toBe(
      'small',
    );
  });

  it('has no share of a limit that not every container has', () => {
    const pod = aPod({ name: 'two', containers: [aContainer(), aContainer({ name: 'proxy', limits: {} })] });
    const [row] = podUsageRows([pod], [sample('two', 10, 200)], 'memory');
    expect(row?.memory.limit).toBeUndefined();
    expect(shareOf(row?.memory ?? {})).toBeUndefined();
    const containers = containerUsageRows(pod, [sample('two', 10, 200)], 'memory');
    expect(containers.map(({ name, unmeasured }) => [name, unmeasured])).toEqual([
      ['app', undefined],
      ['proxy', 'Running'],
    ]);
  });

  it('makes no figures up where nothing was measured', () => {
    const [row] = podUsageRows([aPod()], undefined, 'cpu');
    expect(row?.cpu).toEqual({ requested: 100 });
    expect(row).not.toHaveProperty('unmeasured');
  });

  it('sums up what the pods of a node ask for', () => {
    const pods = [aPod({ name: 'a' }), aPod({ name: 'b' }), aPod({ name: 'done', phase: 'Succeeded' })];
    const [row] = nodeUsageRows(
      [aNode('worker-1')],
      pods,
      [{ ...sample('worker-1', 3_900, 1), namespace: '' }],
      'cpu',
    );
    expect(row).toMatchObject({ pods: 2, cpu: { used: 3_900, requested: 200, allocatable: 4_000 } });
    expect(isNearLimit(row?.cpu ?? {})).toBe(true);
    expect(nodeUsageRows([aNode('worker-1')], undefined, undefined, 'cpu')[0]?.cpu).toEqual({
      allocatable: 4_000,
    });
  });
});

describe('formatAge', () => {
  it.each([
    [0, '0s'],
    [90_000, '90s'],
    [600_000, '10m'],
    [7_200_000, '2h'],
    [172_800_000, '2d'],
    [Number.NaN, '–'],
    [-5, '0s'],
  ])('writes %d ms as %s', (ms, text) => {
    expect(formatAge(ms)).toBe(text);
  });
});

describe('lists of any snapshot', () => {
  const scopes: readonly DiagnosisScope[] = [
    { kind: 'cluster' },
    { kind: 'namespace', namespace: 'shop' },
    ...(['Deployment', 'Service', 'Pod', 'ReplicaSet', 'ConfigMap'] as const).map((kind) => ({
      kind: 'object' as const,
      ref: { kind, namespace: 'shop', name: 'checkout' },
    })),
    { kind: 'object', ref: { kind: 'Node', name: 'checkout' } },
  ];

  it('never throw, lose no pod, and keep texts to one bounded line without secrets', () => {
    const property = fc.property(hostileSnapshot, fc.constantFrom(...scopes), (snapshot, scope) => {
      const found = podsWithin(snapshot, scope);
      const pods = found.kind === 'pods' ? found.pods : [];
      const rows = podRows(pods, SNAPSHOT_TIME);
      expect(rows).toHaveLength(pods.length);
      for (const { status, restarts } of rows) {
        expect(status.length).toBeLessThanOrEqual(60);
        expect(Number.isSafeInteger(restarts)).toBe(true);
      }
      const events = eventsWithin(snapshot, { scope, warningsOnly: false });
      for (const { message, count } of foldEvents(events)) {
        expect(message.length).toBeLessThanOrEqual(220);
        expect(message).not.toMatch(/\p{Cc}/u);
        expect(message).not.toContain('hunter2');
        expect(Number.isFinite(count)).toBe(true);
      }
      podUsageRows(pods, undefined, 'memory');
      nodeUsageRows(snapshot.objects.Node, pods, [], 'cpu');
      for (const pod of pods) containerUsageRows(pod, [], 'cpu');
    });
    fc.assert(property, { numRuns: 200 });
  });
});
