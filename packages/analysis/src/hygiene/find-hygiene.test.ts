import type { ClusterSnapshot, PodView } from '@jamie/core';
import { aContainerSpec, aPod, aPodSpec, aSnapshot, SNAPSHOT_TIME } from '@jamie/testing';
import { describe, expect, it } from '@jest/globals';
import { type AnalyzerDefinition, defineAnalyzer } from '../analyzers/define-analyzer.ts';
import { diagnose } from '../diagnose.ts';
import { observeField } from '../evidence/observe.ts';
import { healthReport } from '../health/health-report.ts';
import { refOf } from '../snapshot/ref-of.ts';
import { findHygiene } from './find-hygiene.ts';

const CLUSTER = { kind: 'cluster' } as const;

function aLint(code: string, concerns: (pod: PodView) => boolean, more: Partial<AnalyzerDefinition> = {}) {
  return defineAnalyzer({
    code,
    title: `pod of ${code}`,
    severity: 'info',
    tier: 'pod',
    reads: ['Pod'],
    lint: true,
    analyze: (index) =>
      index.pods.filter(concerns).map((pod) => ({
        subject: refOf(pod),
        summary: 'is untidy',
        since: SNAPSHOT_TIME,
        evidence: [observeField(pod, 'spec', 'untidy', index.takenAt)],
        related: [],
        pods: [],
        explanation: 'It is untidy.',
        confidence: 'high' as const,
        remedies: [{ label: 'Tidy it', advice: 'Tidy it up.' }],
        templateMayCauseIt: false,
      })),
    ...more,
  });
}

const PODS = ['a', 'b', 'c'].map((name) => aPod({ name, namespace: name === 'c' ? 'web' : 'shop' }));
const SNAPSHOT: ClusterSnapshot = aSnapshot()
  .with(...PODS)
  .build();

const codesOf = (report: ReturnType<typeof findHygiene>) =>
  report.groups.map(({ code, objects }) => [code, objects]);

describe('findHygiene', () => {
  it('puts the most severe first, then what concerns most objects, then by code', () => {
    const lints = [
      aLint('CHK-POD-903', () => true),
      aLint('CHK-POD-902', ({ name }) => name !== 'c'),
      aLint('CHK-POD-901', ({ name }) => name !== 'a'),
      aLint('CHK-POD-904', ({ name }) => name === 'a', { severity: 'warning' }),
      aLint('CHK-POD-905', () => false),
    ];
    expect(codesOf(findHygiene(SNAPSHOT, CLUSTER, lints))).toEqual([
      ['CHK-POD-904', 1],
      ['CHK-POD-903', 3],
      ['CHK-POD-901', 2],
      ['CHK-POD-902', 2],
    ]);
  });

  it('keeps to the namespace or the object that was asked about', () => {
    const lints = [aLint('CHK-POD-901', () => true)];
    const within = (scope: Parameters<typeof findHygiene>[1]) => codesOf(findHygiene(SNAPSHOT, scope, lints));
    expect(within({ kind: 'namespace', namespace: 'shop' })).toEqual([['CHK-POD-901', 2]]);
    const ref = { kind: 'Pod', namespace: 'web', name: 'c' } as const;
    expect(within({ kind: 'object', ref })).toEqual([['CHK-POD-901', 1]]);
  });

  it('counts an object once, and keeps each finding with what helps', () => {
    const twice = aLint('CHK-POD-901', () => true);
    const doubled = {
      ...twice,
      analyze: (index: Parameters<typeof twice.analyze>[0]) => [
        ...twice.analyze(index),
        ...twice.analyze(index),
      ],
    };
    const [group] = findHygiene(SNAPSHOT, CLUSTER, [doubled]).groups;
    expect([group?.objects, group?.findings.length]).toEqual([3, 6]);
    expect(group?.findings[0]?.remedies).toEqual([{ label: 'Tidy it', advice: 'Tidy it up.' }]);
  });

  it('says what it could not check instead of finding nothing', () => {
    const blind = {
      ...SNAPSHOT,
      unread: [{ kind: 'Pod', reason: 'forbidden', message: 'pods is forbidden' }] as const,
    };
    const report = findHygiene(blind, CLUSTER, [aLint('CHK-POD-901', () => true)]);
    expect(report.groups).toEqual([]);
    expect(report.unchecked).toEqual([
      { what: 'pod of CHK-POD-901', why: 'Jamie may not read Pods: pods is forbidden' },
    ]);
  });

  it('finds what the catalogue calls hygiene; diagnosis and score know nothing of it unless asked', () => {
    const spec = aPodSpec({ containers: [aContainerSpec({ image: 'nginx' })] });
    const untidy = aSnapshot()
      .with(aPod({ name: 'by-hand', spec }))
      .build();
    expect(codesOf(findHygiene(untidy, CLUSTER))).toContainEqual(['CHK-CON-701', 1]);
    const { diagnosis, score } = healthReport(untidy);
    expect([diagnosis.verdict, diagnosis.causes, score]).toEqual(['healthy', [], 100]);
    const asked = diagnose(untidy, CLUSTER, { lint: true });
    expect(asked.causes.map(({ root }) => root.code)).toContain('CHK-CON-701');
    expect(asked.verdict).toBe('healthy');
  });
});
