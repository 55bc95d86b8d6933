import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClusterSnapshot, Kind } from '@jamie/core';
import {
  type AnyView,
  aCondition,
  aConfigMap,
  aContainer,
  aCrashingContainer,
  aDeployed,
  aNode,
  anEvent,
  aPendingPod,
  aPod,
  aService,
  aSnapshot,
  SNAPSHOT_TIME,
  terminated,
  waiting,
} from '@jamie/testing';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ANALYZERS } from './analyzers/catalogue.ts';
import { diagnose } from './diagnose.ts';
import { healthReport } from './health/health-report.ts';
import { logsWanted } from './logs/logs-wanted.ts';
import { withLogs } from './logs/with-logs.ts';
import { findWorkloads } from './names/find-workloads.ts';

const KINDS = Object.keys(aSnapshot().build().objects) as Kind[];

/** Text that clusters of other people may hold: odd names, control characters, secrets, very long words. */
const hostileText = fc.oneof(
  fc.constantFrom(
    '',
    '__proto__',
    'constructor',
    'a/b',
    '\u202egnp.exe',
    '\u0000\n\r\u001b[31m',
    'x'.repeat(5_000),
    'password=hunter2hunter2',
    '$(rm -rf /)',
    '0/0 nodes are available: ',
  ),
  fc.string({ maxLength: 20 }),
);
const hostileNumber = fc.oneof(
  fc.constantFrom(0, -1, Number.NaN, Number.POSITIVE_INFINITY, SNAPSHOT_TIME, SNAPSHOT_TIME - 120_000),
  fc.integer(),
);
const hostileLabels = fc.dictionary(fc.constantFrom('app', 'tier', '__proto__', ''), hostileText, {
  maxKeys: 3,
});
const uids = fc.constantFrom('u1', 'u2', 'u3', '');

const state = fc.oneof(
  fc.record({
    kind: fc.constant('waiting' as const),
    reason: fc.constantFrom('CrashLoopBackOff', 'ErrImagePull', 'CreateContainerConfigError', ''),
    message: hostileText,
  }),
  fc.record({ kind: fc.constant('running' as const), since: hostileNumber }),
  fc.record({
    kind: fc.constant('terminated' as const),
    reason: fc.constantFrom('OOMKilled', 'Error', ''),
    message: hostileText,
    exitCode: hostileNumber,
    finishedAt: hostileNumber,
  }),
  fc.constant({ kind: 'unknown' as const }),
);
const conditions = fc.array(
  fc.record({
    type: fc.constantFrom(
      'Ready',
      'PodScheduled',
      'Progressing',
      'Available',
      'ReplicaFailure',
      'DiskPressure',
    ),
    status: fc.constantFrom('True' as const, 'False' as const, 'Unknown' as const),
    reason: fc.constantFrom('Unschedulable', 'ProgressDeadlineExceeded', 'FailedCreate', ''),
    message: hostileText,
    since: hostileNumber,
  }),
  { maxLength: 4 },
);
const container = fc.record({
  name: fc.constantFrom('app', 'proxy', ''),
  image: hostileText,
  isInit: fc.boolean(),
  ready: fc.boolean(),
  restartCount: hostileNumber,
  state,
  lastState: state,
  requests: fc.dictionary(fc.constantFrom('cpu', 'memory'), hostileText),
  limits: fc.dictionary(fc.constantFrom('cpu', 'memory'), hostileText),
  probes: fc.constantFrom({}, { readiness: 'GET :80/ every 10 s' }, { liveness: 'x', startup: 'y' }),
});

/** A view of any kind with the fields of every kind: owners point at each other and at themselves. */
const hostileView = fc.record({
  kind: fc.constantFrom(...KINDS),
  namespace: fc.constantFrom('shop', 'web', ''),
  name: fc.oneof(fc.constantFrom('checkout', 'basket'), hostileText),
  uid: uids,
  resourceVersion: fc.constant('1'),
  createdAt: hostileNumber,
  labels: hostileLabels,
  owner: fc.record({
    kind: fc.constantFrom('ReplicaSet', 'Deployment', 'Job'),
    name: hostileText,
    uid: uids,
  }),
  phase: fc.constantFrom('Running', 'Pending', 'Succeeded', 'Odd'),
  reason: fc.constantFrom('', 'Unhealthy', 'FailedMount', 'FailedCreate', 'Killing', 'BackOff'),
  message: hostileText,
  nodeName: fc.constantFrom('', 'checkout'),
  conditions,
  containers: fc.array(container, { maxLength: 2 }),
  references: fc.constant([{ kind: 'ConfigMap' as const, name: 'gone', via: 'env' as const }]),
  generation: hostileNumber,
  observedGeneration: hostileNumber,
  replicas: hostileNumber,
  currentReplicas: hostileNumber,
  updatedReplicas: hostileNumber,
  readyReplicas: hostileNumber,
  availableReplicas: hostileNumber,
  paused: fc.boolean(),
  progressDeadlineSeconds: hostileNumber,
  selector: hostileLabels,
  images: hostileLabels,
  revision: hostileNumber,
  podTemplateHash: hostileText,
  changeCause: hostileText,
  type: fc.constantFrom('ClusterIP', 'ExternalName', 'Warning'),
  ports: fc.constant([]),
  serviceName: hostileText,
  readyAddresses: hostileNumber,
  notReadyAddresses: hostileNumber,
  unschedulable: fc.boolean(),
  taints: fc.constant([{ key: 'a', value: '', effect: 'NoSchedule' }]),
  allocatable: fc.dictionary(fc.constantFrom('cpu', 'memory'), hostileText),
  count: hostileNumber,
  firstSeen: hostileNumber,
  lastSeen: hostileNumber,
  involved: fc.record({
    kind: fc.constantFrom('Pod', 'Node'),
    namespace: fc.constant('shop'),
    name: hostileText,
    uid: uids,
  }),
  keys: fc.constant([]),
  hard: fc.constant({}),
  used: fc.constant({}),
  target: fc.constant({ kind: 'Deployment', name: 'checkout' }),
  minReplicas: hostileNumber,
  maxReplicas: hostileNumber,
  desiredReplicas: hostileNumber,
});

const hostileSnapshot = fc.array(hostileView, { maxLength: 25 }).map((views) =>
  // One record carries the fields of all kinds; only its kind decides how it is read.
  aSnapshot()
    .with(views as unknown as readonly AnyView[])
    .build(),
);

function shuffled(snapshot: ClusterSnapshot, seed: number): ClusterSnapshot {
  const objects = Object.fromEntries(
    Object.entries(snapshot.objects).map(([kind, views]) => [kind, rotate<unknown>(views, seed)]),
  );
  // The same kinds with the same views: only their order differs.
  return { ...snapshot, objects: objects as unknown as ClusterSnapshot['objects'] };
}

function rotate<T>(items: readonly T[], seed: number): readonly T[] {
  const start = items.length === 0 ? 0 : seed % items.length;
  const turned = [...items.slice(start), ...items.slice(0, start)];
  return seed % 2 === 0 ? turned : turned.reverse();
}

describe('diagnose on any snapshot', () => {
  it('never throws, and every finding cites evidence on one line of bounded length', () => {
    fc.assert(
      fc.property(hostileSnapshot, (snapshot) => {
        const diagnosis = diagnose(snapshot, { kind: 'cluster' });
        for (const cause of diagnosis.causes) {
          for (const finding of [cause.root, ...cause.consequences]) {
            expect(finding.evidence.length).toBeGreaterThan(0);
            for (const { id, text } of finding.evidence) {
              expect(id).toMatch(/^E\d+$/);
              expect(text.length).toBeLessThanOrEqual(320);
              expect(text).not.toMatch(/\p{Cc}/u);
              expect(text).not.toContain('hunter2');
            }
          }
        }
        healthReport(snapshot, 'shop');
        findWorkloads(snapshot, ['checkout']);
        withLogs(
          diagnosis,
          logsWanted(diagnosis).map((query) => ({ kind: 'read', query, text: 'panic: x', readAt: 1 })),
        );
      }),
      { numRuns: 150 },
    );
  });

  it('gives the same diagnosis whatever the order of the objects', () => {
    fc.assert(
      fc.property(hostileSnapshot, fc.nat(), (snapshot, seed) => {
        const scope = { kind: 'cluster' } as const;
        expect(diagnose(shuffled(snapshot, seed), scope)).toEqual(diagnose(snapshot, scope));
      }),
      { numRuns: 150 },
    );
  });

  it('answers for every object that there is', () => {
    fc.assert(
      fc.property(hostileSnapshot, (snapshot) => {
        for (const view of Object.values(snapshot.objects).flat()) {
          if (view.kind === 'Namespace') continue;
          const { kind, name, namespace } = view;
          const ref = namespace === '' ? { kind, name } : { kind, namespace, name };
          expect(diagnose(snapshot, { kind: 'object', ref }).objectsChecked).toBeGreaterThan(0);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('says of an empty cluster that it is healthy', () => {
    expect(diagnose(aSnapshot().build(), { kind: 'cluster' }).verdict).toBe('healthy');
  });

  it('finds the same faults in any order of a composed incident', () => {
    const crash = { containers: [aCrashingContainer(2)] };
    const config = {
      phase: 'Pending',
      containers: [
        aContainer({
          ready: false,
          state: waiting('CreateContainerConfigError', 'configmap "smtp" not found'),
        }),
      ],
    };
    const oom = {
      containers: [aCrashingContainer(137, { lastState: terminated(137, { reason: 'OOMKilled' }) })],
    };
    const cart = aDeployed(
      'cart',
      [
        { revision: 1, pods: [{}, {}] },
        { revision: 2, ageMs: 900_000, pods: [crash] },
      ],
      {
        replicas: 2,
        conditions: [aCondition('Progressing', 'False', { reason: 'ProgressDeadlineExceeded' })],
      },
    );
    const views = [
      ...cart.views,
      ...aDeployed('mailer', [{ revision: 1, pods: [config, config] }]).views,
      ...aDeployed('search', [{ revision: 1, pods: [oom] }]).views,
      ...aDeployed('healthy', [{ revision: 1, pods: [{}] }]).views,
      aPendingPod('0/1 nodes are available: 1 Insufficient cpu.', { name: 'report' }),
      aService('cart'),
      aService('mailer'),
      aService('typo'),
      aNode('worker-1'),
      aConfigMap('other', []),
      anEvent(aPod({ name: 'gone' }), 'BackOff', 'Back-off restarting failed container'),
    ];
    const snapshot = aSnapshot().with(views).build();
    const expected = diagnose(snapshot, { kind: 'cluster' });
    expect(expected.causes.map((cause) => cause.root.code).sort()).toEqual([
      'CHK-POD-101',
      'CHK-POD-111',
      'CHK-POD-131',
      'CHK-POD-141',
      'CHK-SVC-201',
    ]);
    for (let seed = 1; seed < 12; seed += 1) {
      expect(diagnose(shuffled(snapshot, seed), { kind: 'cluster' })).toEqual(expected);
    }
  });
});

describe('ANALYZERS', () => {
  it('have codes of their own in the documented scheme', () => {
    const codes = ANALYZERS.map((analyzer) => analyzer.code);
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes.filter((code) => !/^CHK-(?:POD|SVC|WKL|ADM|NODE)-\d{3}$/.test(code))).toEqual([]);
  });

  it('are the table of the README', () => {
    const readme = readFileSync(join(import.meta.dirname, '..', 'README.md'), 'utf8');
    const cells = readme.split('\n').map((line) => line.split('|').map((cell) => cell.trim()));
    expect(cells.filter((row) => row[1]?.startsWith('CHK-')).map((row) => row.slice(1, -1))).toEqual(
      ANALYZERS.map(({ code, title, severity, reads }) => [code, title, severity, reads.join(', ')]),
    );
  });

  it('explain one another without a circle and only by codes that exist', () => {
    const byCode = new Map(ANALYZERS.map((analyzer) => [analyzer.code, analyzer]));
    const depthOf = (code: string, path: readonly string[]): number => {
      expect(path).not.toContain(code);
      const analyzer = byCode.get(code);
      if (analyzer === undefined) throw new Error(`no analyzer has the code ${code}`);
      return 1 + Math.max(0, ...(analyzer.explainedBy ?? []).map((cause) => depthOf(cause, [...path, code])));
    };
    expect(Math.max(...ANALYZERS.map((analyzer) => depthOf(analyzer.code, [])))).toBe(3);
  });
});
