import type { HorizontalPodAutoscalerView } from '@jamie/core';
import {
  type AnyView,
  aCondition,
  aContainer,
  aContainerSpec,
  aNode,
  anAutoscaler,
  aPod,
  aPodSpec,
  aSnapshot,
  aWorkload,
  SNAPSHOT_TIME,
} from '@jamie/testing';
import { describe, expect, it } from '@jest/globals';
import { diagnose } from '../../diagnose.ts';

const MINUTE_MS = 60_000;

function causesOf(views: readonly AnyView[], lint = false) {
  return diagnose(aSnapshot().with(views).build(), { kind: 'cluster' }, { lint }).causes;
}

function codes(views: readonly AnyView[], lint = false): readonly string[] {
  return causesOf(views, lint)
    .map(({ root }) => root.code)
    .filter((code) => code.startsWith('CHK-HPA'));
}

const scaler = (more: Partial<HorizontalPodAutoscalerView> = {}) => anAutoscaler('checkout', more);
const target = (more = {}) => aWorkload('Deployment', 'checkout', more);
const inactive = (reason: string, message: string) => ({
  conditions: [aCondition('ScalingActive', 'False', { reason, message })],
});
const without = (requests = {}, limits = {}) => {
  const containers = [aContainerSpec({ name: 'web', requests, limits })];
  return target({ template: { labels: {}, spec: aPodSpec({ containers }), claims: [] } });
};

describe('an autoscaler that does not scale', () => {
  it.each<[string, string, readonly AnyView[]]>([
    ['CHK-HPA-1101', 'Deployment checkout, which does not exist', [scaler()]],
    ['CHK-HPA-1102', 'has no number of replicas', [scaler({ target: { kind: 'DaemonSet', name: 'agent' } })]],
    ['CHK-HPA-1103', 'container web of checkout requests no cpu', [scaler(), without()]],
    [
      'CHK-HPA-1103',
      'container web of checkout requests no cpu',
      [
        scaler(
          inactive('FailedGetResourceMetric', 'missing request for cpu in container web of Pod checkout-1'),
        ),
        without(),
      ],
    ],
    [
      'CHK-HPA-1104',
      'no metrics returned',
      [
        scaler(inactive('FailedGetResourceMetric', 'no metrics returned from resource metrics API')),
        target(),
      ],
    ],
    [
      'CHK-HPA-1105',
      'FailedGetScale',
      [scaler({ conditions: [aCondition('AbleToScale', 'False', { reason: 'FailedGetScale' })] }), target()],
    ],
    [
      'CHK-HPA-1106',
      '2 autoscalers',
      [scaler(), { ...anAutoscaler('other'), target: scaler().target }, target()],
    ],
    [
      'CHK-HPA-1107',
      'asked for 5 pods',
      [scaler({ desiredReplicas: 5, lastScaledAt: SNAPSHOT_TIME - 30 * MINUTE_MS }), target()],
    ],
  ])('is told as %s: %s', (code, words, views) => {
    expect(codes(views)).toEqual([code]);
    expect(causesOf(views)[0]?.explanation).toContain(words);
  });

  const tooFew = aCondition('ScalingLimited', 'True', { reason: 'TooFewReplicas' });
  const resting = aCondition('ScalingActive', 'False', { reason: 'ScalingDisabled' });
  const recent = { since: SNAPSHOT_TIME - MINUTE_MS, reason: 'FailedGetResourceMetric' };

  it.each<[string, readonly AnyView[]]>([
    [
      'is at its minimum',
      [scaler({ conditions: [tooFew], currentReplicas: 2, desiredReplicas: 2 }), target()],
    ],
    ['has no conditions yet', [scaler({ conditions: [] }), target()]],
    ['has requests and no limits', [scaler(), without({ cpu: '100m' })]],
    ['has limits, which are the requests too', [scaler(), without({}, { cpu: '1' })]],
    ['measures something else', [scaler({ utilisationOf: [], metrics: ['External queue'] }), without()]],
    [
      'scales although a request seems to be missing',
      [scaler({ conditions: [aCondition('ScalingActive', 'True')] }), without()],
    ],
    ['rests with its target at zero', [scaler({ conditions: [resting] }), target({ replicas: 0 })]],
    [
      'has waited for metrics for a minute',
      [scaler({ conditions: [aCondition('ScalingActive', 'False', recent)] }), target()],
    ],
    ['scales a kind of somebody else', [scaler({ target: { kind: 'Rollout', name: 'checkout' } })]],
    [
      'has only just asked for more',
      [scaler({ desiredReplicas: 5, lastScaledAt: SNAPSHOT_TIME - 1 }), target()],
    ],
    ['is being deleted', [scaler({ deletingSince: SNAPSHOT_TIME - 1 })]],
  ])('is not told where it %s', (_what, views) => {
    expect(codes(views)).toEqual([]);
  });

  it('goes by what became of its pods: a LimitRange may have added the request', () => {
    const workload = without();
    const owner = { kind: 'Deployment', name: workload.name, uid: workload.uid };
    const pod = aPod({ owner, containers: [aContainer({ requests: { cpu: '100m' } })] });
    expect(codes([scaler(), workload, pod])).toEqual([]);
  });

  it('cannot be told to have no target where workloads were not read', () => {
    const snapshot = aSnapshot().with(scaler()).unread('Deployment').build();
    expect(diagnose(snapshot, { kind: 'cluster' }).causes).toEqual([]);
  });
});

describe('an autoscaler in bad order', () => {
  // Three pods run with 100m and 128Mi each; a node of one core takes ten.
  const node = aNode('worker-1', { allocatable: { cpu: '1', memory: '64Gi' } });
  const small = aNode('worker-1', { allocatable: { cpu: '64', memory: '512Mi' } });
  const cart = { ...anAutoscaler('cart', { maxReplicas: 6 }) };

  it.each<[readonly string[], readonly AnyView[]]>([
    [['CHK-HPA-1108'], [scaler(), target({ replicas: 0 })]],
    [['CHK-HPA-1109'], [scaler({ minReplicas: 6 }), target()]],
    [['CHK-HPA-1110'], [scaler({ maxReplicas: 40 }), target(), node]],
    [['CHK-HPA-1111'], [scaler({ maxReplicas: 10 }), target(), small]],
    [['CHK-HPA-1112'], [scaler(), cart, target(), aWorkload('Deployment', 'cart'), node]],
    [
      ['CHK-HPA-1113'],
      [
        scaler({ maxReplicas: 3 }),
        { ...cart, maxReplicas: 3 },
        target(),
        aWorkload('Deployment', 'cart'),
        small,
      ],
    ],
  ])('is told as %s only when hygiene is asked for', (expected, views) => {
    expect(codes(views, true)).toEqual(expected);
    expect(codes(views)).toEqual([]);
  });

  it.each<[string, readonly AnyView[]]>([
    ['fits on the nodes', [scaler(), target(), node]],
    ['may sleep at zero', [scaler({ minReplicas: 0 }), target({ replicas: 0 })]],
    ['runs where no node was seen', [scaler({ maxReplicas: 400 }), target()]],
  ])('is not told where it %s', (_what, views) => {
    expect(codes(views, true)).toEqual([]);
  });
});
