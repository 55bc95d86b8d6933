import type { ClusterSnapshot } from '@jamie/core';
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
  aService,
  aSnapshot,
  terminated,
  waiting,
} from '@jamie/testing';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ANALYZERS } from './analyzers/catalogue.ts';
import { diagnose } from './diagnose.ts';
import { healthReport } from './health/health-report.ts';
import { hostileSnapshot } from './hostile-snapshot.fixture.ts';
import { logsWanted } from './logs/logs-wanted.ts';
import { withLogs } from './logs/with-logs.ts';
import { findWorkloads } from './names/find-workloads.ts';

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
    expect(codes.filter((code) => !/^CHK-[A-Z]{2,4}-\d{3,4}$/.test(code))).toEqual([]);
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
