import type { PodDisruptionBudgetView } from '@jamie/core';
import {
  type AnyView,
  aCondition,
  aDisruptionBudget,
  aNode,
  aPod,
  aSnapshot,
  aWorkload,
  SNAPSHOT_TIME,
} from '@jamie/testing';
import { describe, expect, it } from '@jest/globals';
import { diagnose } from '../../diagnose.ts';

function causesOf(views: readonly AnyView[], lint = false) {
  return diagnose(aSnapshot().with(views).build(), { kind: 'cluster' }, { lint }).causes;
}

function codes(views: readonly AnyView[], lint = false): readonly string[] {
  return causesOf(views, lint)
    .map(({ root }) => root.code)
    .filter((code) => code.startsWith('CHK-PDB'));
}

const budget = (more: Partial<PodDisruptionBudgetView> = {}) => aDisruptionBudget('web', more);
const blocking = (more: Partial<PodDisruptionBudgetView> = {}) =>
  budget({
    minAvailable: '3',
    desiredHealthy: 3,
    disruptionsAllowed: 0,
    conditions: [aCondition('DisruptionAllowed', 'False', { reason: 'InsufficientPods' })],
    ...more,
  });
const pod = aPod({ name: 'web-1', labels: { app: 'web', tier: 'front' } });
const SYNC_FAILED = { reason: 'SyncFailed', message: 'found no controllers for pod "web-1"' };

describe('a disruption budget', () => {
  it.each<[string, string, readonly AnyView[]]>([
    ['CHK-PDB-1151', 'minAvailable 3', [blocking()]],
    ['CHK-PDB-1151', 'maxUnavailable 0', [blocking({ minAvailable: '', maxUnavailable: '0' })]],
    ['CHK-PDB-1152', 'asks for 5 available pods', [blocking({ minAvailable: '5', desiredHealthy: 5 })]],
    [
      'CHK-PDB-1153',
      'found no controllers',
      [budget({ conditions: [aCondition('DisruptionAllowed', 'False', SYNC_FAILED)], expectedPods: 0 })],
    ],
  ])('is told as %s: %s', (code, words, views) => {
    expect(codes(views)).toEqual([code]);
    expect(causesOf(views)[0]?.explanation).toContain(words);
  });

  it('is told by the condition of its type, wherever it stands', () => {
    const conditions = [aCondition('Other', 'True', { since: SNAPSHOT_TIME }), ...blocking().conditions];
    expect(codes([blocking({ conditions })])).toEqual(['CHK-PDB-1151']);
    const others = [aCondition('Other', 'False', SYNC_FAILED), ...budget().conditions];
    expect(codes([budget({ conditions: others })])).toEqual([]);
  });

  it('names the drain that waits for it', () => {
    const node = aNode('worker-1', { unschedulable: true });
    const [cause] = causesOf([blocking(), pod, node]).filter(({ root }) => root.code === 'CHK-PDB-1151');
    expect(cause?.explanation).toContain('the drain of worker-1 waits for it');
    expect(cause?.root.related).toContainEqual({ kind: 'Node', name: 'worker-1' });
  });

  const just = { since: SNAPSHOT_TIME - 60_000 };

  it.each<[string, readonly AnyView[]]>([
    ['lets one pod go', [budget()]],
    ['holds on to what is left of an ill workload', [blocking({ currentHealthy: 2 })]],
    ['blocks since a minute', [blocking({ conditions: [aCondition('DisruptionAllowed', 'False', just)] })]],
    ['counts a share', [budget({ minAvailable: '50%' })]],
    ['is being deleted', [blocking({ deletingSince: SNAPSHOT_TIME - 1 })]],
    ['has no conditions yet', [budget({ conditions: [], expectedPods: 0 })]],
  ])('is not told where it %s', (_what, views) => {
    expect(codes(views)).toEqual([]);
  });

  it('is told to select nothing only when hygiene is asked for', () => {
    const idle = budget({ expectedPods: 0, disruptionsAllowed: 0 });
    expect(codes([idle], true)).toEqual(['CHK-PDB-1154']);
    expect(codes([idle])).toEqual([]);
    expect(codes([idle, aWorkload('Deployment', 'web', { replicas: 0 })], true)).toEqual([]);
    expect(codes([idle, pod], true)).toEqual([]);
  });

  it('reads expressions: what they exclude it does not protect', () => {
    const idle = (operator: 'In' | 'NotIn') =>
      budget({
        expectedPods: 0,
        selector: { matchLabels: {}, matchExpressions: [{ key: 'tier', operator, values: ['front'] }] },
      });
    expect(codes([idle('In'), pod], true)).toEqual([]);
    expect(codes([idle('NotIn'), pod], true)).toEqual(['CHK-PDB-1154']);
  });

  it('is told where another protects the same pod, and not where it protects others', () => {
    const front = { matchLabels: { tier: 'front' }, matchExpressions: [] };
    const views = [budget(), aDisruptionBudget('front', { selector: front }), pod];
    expect(codes(views)).toEqual(['CHK-PDB-1155']);
    expect(causesOf(views)[0]?.explanation).toContain('2 budgets (front and web)');
    expect(codes([budget(), aDisruptionBudget('cart'), pod])).toEqual([]);
  });
});
