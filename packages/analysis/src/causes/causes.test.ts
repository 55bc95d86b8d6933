import type { Diagnosis, PodView } from '@jamie/core';
import {
  type AnyView,
  aCondition,
  aConfigMap,
  aContainer,
  aCrashingContainer,
  aDeployed,
  aNode,
  anEvent,
  aPod,
  aService,
  aSnapshot,
  SNAPSHOT_TIME,
  terminated,
  waiting,
} from '@jamie/testing';
import { describe, expect, it } from '@jest/globals';
import { diagnose } from '../diagnose.ts';

const MINUTE_MS = 60_000;
const CRASH: Partial<PodView> = { containers: [aCrashingContainer(1)] };

function diagnoseViews(...views: readonly AnyView[]): Diagnosis {
  return diagnose(aSnapshot().with(views).build(), { kind: 'cluster' });
}

function outline({ causes }: Diagnosis) {
  return causes.map((cause) => [
    cause.root.code,
    cause.root.subject.name,
    cause.consequences.map((each) => each.code),
  ]);
}

function badRollout(oldPods: readonly Partial<PodView>[]) {
  const exceeded = aCondition('Progressing', 'False', { reason: 'ProgressDeadlineExceeded' });
  return aDeployed(
    'checkout',
    [
      { revision: 4, image: 'shop/app:1.4.2', pods: oldPods },
      { revision: 5, image: 'shop/app:1.5.0', ageMs: 12 * MINUTE_MS, pods: [CRASH, CRASH] },
    ],
    { replicas: 3, conditions: [exceeded] },
  );
}

describe('causes', () => {
  it('makes one cause of a bad rollout, the crash first, and offers the revision before', () => {
    const diagnosis = diagnoseViews(...badRollout([{}, {}]).views, aService('checkout'));
    expect(outline(diagnosis)).toEqual([['CHK-POD-101', 'checkout', ['CHK-WKL-301', 'CHK-WKL-303']]]);
    const [cause] = diagnosis.causes;
    expect(cause?.changes.map((change) => change.summary)).toEqual([
      'revision 5 replaced revision 4: image of app shop/app:1.4.2 → shop/app:1.5.0',
    ]);
    expect(cause?.proposals[0]?.operation).toEqual({
      kind: 'rollback',
      target: { kind: 'Deployment', namespace: 'shop', name: 'checkout' },
      toRevision: 4,
    });
    expect(cause?.proposals[0]?.advice).toContain('2 pods of it are ready now');
  });

  it('takes the Service that lost its endpoints under the same cause', () => {
    const diagnosis = diagnoseViews(...badRollout([]).views, aService('checkout'));
    expect(outline(diagnosis)).toEqual([
      ['CHK-POD-101', 'checkout', ['CHK-WKL-301', 'CHK-WKL-303', 'CHK-SVC-202']],
    ]);
    expect(diagnosis.causes[0]?.explanation).toMatch(
      /Because of that .*Service checkout has no ready endpoint\.$/,
    );
  });

  it.each<[string, readonly AnyView[]]>([
    ['an older revision crashes too', badRollout([CRASH]).views],
    ['there is no revision before', aDeployed('checkout', [{ revision: 1, pods: [CRASH] }]).views],
    [
      'the revision had run well for hours before',
      aDeployed('checkout', [
        { revision: 1, ageMs: 72 * 60 * MINUTE_MS, pods: [] },
        { revision: 2, pods: [CRASH] },
      ]).views,
    ],
    [
      'the revision before lived for two minutes',
      aDeployed('checkout', [
        { revision: 1, ageMs: 14 * MINUTE_MS, pods: [] },
        { revision: 2, ageMs: 12 * MINUTE_MS, pods: [CRASH] },
      ]).views,
    ],
  ])('offers no rollback when %s', (_what, views) => {
    const operations = diagnoseViews(...views).causes.flatMap((cause) =>
      cause.proposals.flatMap((each) => each.operation ?? []),
    );
    expect(operations).toEqual([]);
  });

  it('never offers a restart for a crash', () => {
    const proposals = diagnoseViews(...badRollout([{}]).views).causes.flatMap((cause) => cause.proposals);
    expect(proposals.map((proposal) => proposal.operation?.kind)).not.toContain('restart');
  });

  it('keeps two faults of two workloads apart, the one that costs a Service first', () => {
    const first = aDeployed('basket', [{ revision: 1, pods: [CRASH] }]);
    const second = aDeployed('checkout', [{ revision: 1, pods: [CRASH] }]);
    const { causes } = diagnoseViews(...first.views, ...second.views, aService('checkout'));
    expect(causes.map((cause) => cause.root.subject.name)).toEqual(['checkout', 'basket']);
  });

  it('puts what is down before what merely warns', () => {
    const oom = aContainer({
      restartCount: 1,
      lastState: terminated(137, { reason: 'OOMKilled', agoMs: 20 * MINUTE_MS }),
    });
    const mild = aDeployed('basket', [{ revision: 1, pods: [{ containers: [oom] }] }]);
    const grave = aDeployed('checkout', [{ revision: 1, pods: [CRASH] }]);
    expect(diagnoseViews(...mild.views, ...grave.views).causes.map((cause) => cause.root.code)).toEqual([
      'CHK-POD-101',
      'CHK-POD-112',
    ]);
  });

  it('is not led astray by an old rollout, a recovered pod or a noisy neighbour', () => {
    const recovered = aContainer({ restartCount: 14, lastState: terminated(1, { agoMs: 90 * MINUTE_MS }) });
    const noisy = aDeployed('basket', [
      { revision: 6, pods: [] },
      { revision: 7, pods: [{ containers: [recovered] }] },
    ]);
    const missing = {
      phase: 'Pending',
      containers: [
        aContainer({
          ready: false,
          state: waiting('CreateContainerConfigError', 'configmap "rates" not found'),
        }),
      ],
    };
    const broken = aDeployed('checkout', [{ revision: 1, pods: [missing] }]);
    const [pod] = noisy.pods;
    const oldEvent =
      pod === undefined
        ? []
        : [
            anEvent(pod, 'BackOff', 'Back-off restarting failed container', {
              lastSeen: SNAPSHOT_TIME - 80 * MINUTE_MS,
            }),
          ];
    const diagnosis = diagnoseViews(...noisy.views, ...broken.views, ...oldEvent);
    expect(outline(diagnosis)).toEqual([['CHK-POD-131', 'checkout', ['CHK-WKL-303']]]);
  });

  it('dates a revision that is used again by its first pod', () => {
    const minutes = (count: number) => SNAPSHOT_TIME - count * MINUTE_MS;
    const crash = (count: number) => ({ ...CRASH, createdAt: minutes(count) });
    const { views } = aDeployed('checkout', [
      { revision: 3, ageMs: 20 * MINUTE_MS, pods: [{}] },
      { revision: 4, ageMs: 50 * MINUTE_MS, pods: [crash(2), crash(3)] },
    ]);
    expect(diagnoseViews(...views).causes[0]?.changes).toMatchObject([{ at: minutes(3) }]);
  });

  it('names a ConfigMap that was made just before the crash among the changes', () => {
    const pod = { ...CRASH, references: [{ kind: 'ConfigMap', name: 'rates', via: 'env' }] as const };
    const deployed = aDeployed('checkout', [{ revision: 1, pods: [pod] }]);
    const rates = aConfigMap('rates', [], { createdAt: SNAPSHOT_TIME - 15 * MINUTE_MS });
    expect(
      diagnoseViews(...deployed.views, rates).causes[0]?.changes.map((change) => change.summary),
    ).toEqual(['ConfigMap rates was created']);
  });

  it('does not take what Kubernetes puts into every new namespace for a change', () => {
    const references = [{ kind: 'ConfigMap', name: 'kube-root-ca.crt', via: 'volume' }] as const;
    const { views } = aDeployed('checkout', [{ revision: 1, pods: [{ ...CRASH, references }] }]);
    const certificate = aConfigMap('kube-root-ca.crt', [], { createdAt: SNAPSHOT_TIME - 15 * MINUTE_MS });
    expect(diagnoseViews(...views, certificate).causes[0]?.changes).toEqual([]);
  });

  it('says healthy of a healthy cluster, and why not of one that it cannot see', () => {
    const views = aDeployed('checkout', [{ revision: 1, pods: [{}, {}] }]).views;
    const seen = aSnapshot().with(views, aService('checkout'), aNode('worker-1'));
    expect(diagnose(seen.build(), { kind: 'cluster' }).verdict).toBe('healthy');
    const blind = diagnose(aSnapshot().with(views).unread('Event', 'timeout').build(), { kind: 'cluster' });
    expect(blind.verdict).toBe('cannot_tell');
    expect(blind.causes).toEqual([]);
    const stale = diagnose(
      aSnapshot()
        .with(views)
        .stale(10 * MINUTE_MS)
        .build(),
      { kind: 'cluster' },
    );
    expect(stale.verdict).toBe('cannot_tell');
    expect(stale.unchecked[0]?.what).toBe('anything that happened in the last 10 min');
  });

  it('still names a fault that it can see while something else is unread', () => {
    const views = aDeployed('checkout', [{ revision: 1, pods: [CRASH] }]).views;
    const partly = diagnose(aSnapshot().with(views).unread('Event').build(), { kind: 'cluster' });
    expect(partly.verdict).toBe('faulty');
    expect(partly.causes.map((cause) => cause.root.code)).toEqual(['CHK-POD-101']);
  });

  it.each([
    'Pod',
    'ReplicaSet',
    'Deployment',
    'Service',
    'EndpointSlice',
    'ConfigMap',
    'Node',
    'Event',
  ] as const)('raises no false alarm when %s is unread', (kind) => {
    const views = aDeployed('checkout', [{ revision: 1, pods: [{}, {}] }]).views;
    const snapshot = aSnapshot().with(views, aService('checkout'), aNode('worker-1')).unread(kind).build();
    const diagnosis = diagnose(snapshot, { kind: 'cluster' });
    expect(diagnosis.causes).toEqual([]);
    expect(diagnosis.unchecked.length).toBeGreaterThan(0);
  });

  it('does not say that a Service selects nothing while pods are unread', () => {
    const views = [aPod({ labels: { app: 'checkout' } }), aService('checkout')];
    expect(diagnoseViews(...views).verdict).toBe('healthy');
    const blind = diagnose(aSnapshot().with(views).unread('Pod').build(), { kind: 'cluster' });
    expect(blind.causes).toEqual([]);
  });

  it('numbers the evidence in reading order and every finding cites some', () => {
    const { causes } = diagnoseViews(...badRollout([]).views, aService('checkout'));
    const findings = causes.flatMap((cause) => [cause.root, ...cause.consequences]);
    expect(findings.every((finding) => finding.evidence.length > 0)).toBe(true);
    expect(findings[0]?.evidence[0]?.id).toBe('E1');
  });
});

describe('diagnose for one object', () => {
  const broken = aDeployed('checkout', [{ revision: 1, pods: [CRASH] }]);
  const other = aDeployed('basket', [{ revision: 1, pods: [CRASH] }]);
  const snapshot = aSnapshot()
    .with(broken.views, other.views, aService('checkout'), aNode('worker-1'))
    .build();

  it.each([
    ['Deployment', 'checkout'],
    ['ReplicaSet', 'checkout-hash1'],
    ['Pod', 'checkout-hash1-pod0'],
    ['Service', 'checkout'],
  ] as const)('follows %s %s to its cause and leaves its neighbours out', (kind, name) => {
    const { causes } = diagnose(snapshot, { kind: 'object', ref: { kind, namespace: 'shop', name } });
    expect(causes.map((cause) => [cause.root.code, cause.root.subject.name])).toEqual([
      ['CHK-POD-101', 'checkout'],
    ]);
  });

  it('says what it looked at and ruled out', () => {
    const { ruledOut } = diagnose(snapshot, {
      kind: 'object',
      ref: { kind: 'Deployment', namespace: 'shop', name: 'checkout' },
    });
    expect(ruledOut).toContain('the nodes that run its pods are ready');
    expect(ruledOut).toContain('every image could be pulled');
    expect(ruledOut).not.toContain('no container keeps crashing');
  });

  it('cannot tell about an object that it does not know', () => {
    const unknown = diagnose(snapshot, {
      kind: 'object',
      ref: { kind: 'Deployment', namespace: 'shop', name: 'ghost' },
    });
    expect(unknown.verdict).toBe('cannot_tell');
    expect(unknown.unchecked[0]).toEqual({
      what: 'Deployment ghost',
      why: 'no such Deployment is among the objects that were read',
    });
  });

  it('keeps to a namespace', () => {
    expect(diagnose(snapshot, { kind: 'namespace', namespace: 'shop' }).causes).toHaveLength(2);
    expect(diagnose(snapshot, { kind: 'namespace', namespace: 'other' }).verdict).toBe('cannot_tell');
  });
});
