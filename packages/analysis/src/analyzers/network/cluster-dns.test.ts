import {
  type AnyView,
  aCondition,
  aContainer,
  aCrashingContainer,
  aDeployed,
  aNetworkPolicy,
  aNode,
  anEndpointSlice,
  anEvent,
  aService,
  aSnapshot,
  SNAPSHOT_TIME,
  terminated,
} from '@jamie/testing';
import { describe, expect, it } from '@jest/globals';
import { diagnose } from '../../diagnose.ts';

const KUBE_DNS = aService('kube-dns', {
  namespace: 'kube-system',
  selector: { app: 'coredns' },
  labels: { 'k8s-app': 'kube-dns' },
});
const UNRESOLVED = 'dial tcp: lookup db on 10.96.0.10:53: no such host';

function coredns(...pods: readonly object[]): readonly AnyView[] {
  return aDeployed('coredns', [{ revision: 1, pods }], { namespace: 'kube-system', replicas: 2 }).views;
}
const CRASH = { containers: [aCrashingContainer(1)] };
const DOWN = [KUBE_DNS, ...coredns(CRASH, CRASH)];
const blaming = (name: string, message = UNRESOLVED) =>
  aDeployed(name, [
    {
      revision: 1,
      pods: [{ containers: [aCrashingContainer(1, { lastState: terminated(1, { message }) })] }],
    },
  ]).views;

function outline(...views: readonly AnyView[]) {
  const { causes } = diagnose(aSnapshot().with(views).build(), { kind: 'cluster' });
  return causes.map(({ root, consequences }) => [
    `${root.code} ${root.subject.name}`,
    consequences.map(({ code, subject }) => `${code} ${subject.name}`).sort(),
  ]);
}

describe('the DNS of a cluster', () => {
  it('that is down is one cause with the crash that took it down and the pods that say so', () => {
    expect(outline(...DOWN, ...blaming('checkout'), aService('checkout'))).toEqual([
      [
        'CHK-POD-101 coredns',
        [
          'CHK-NET-951 kube-dns',
          'CHK-POD-101 checkout',
          'CHK-SVC-202 checkout',
          'CHK-WKL-303 checkout',
          'CHK-WKL-303 coredns',
        ],
      ],
    ]);
  });

  it('that is down does not explain a pod that crashes for another reason', () => {
    const roots = outline(...DOWN, ...blaming('checkout', 'panic: nil map')).map(([root]) => root);
    expect(roots).toEqual(['CHK-POD-101 coredns', 'CHK-POD-101 checkout']);
  });

  it('is looked at for a pod elsewhere that blames it', () => {
    const snapshot = aSnapshot()
      .with([...DOWN, ...blaming('checkout')])
      .build();
    const { causes } = diagnose(snapshot, { kind: 'namespace', namespace: 'shop' });
    expect(causes.map(({ root }) => root.code)).toEqual(['CHK-NET-951']);
    expect(causes[0]?.explanation).toContain('1 pod elsewhere');
  });

  it('without a pod is a fault although its workload is meant to have none', () => {
    const none = aDeployed('coredns', [{ revision: 1, pods: [] }], { namespace: 'kube-system', replicas: 0 });
    expect(outline(KUBE_DNS, ...none.views)).toEqual([['CHK-NET-951 kube-dns', []]]);
  });

  it('that OpenShift runs is known too', () => {
    const service = aService('dns-default', { namespace: 'openshift-dns' });
    expect(outline(service)).toEqual([['CHK-NET-951 dns-default', []]]);
  });

  it.each<[string, readonly AnyView[]]>([
    ['one pod of it is ready', [KUBE_DNS, ...coredns({}, {})]],
    [
      'somebody else keeps its endpoints',
      [KUBE_DNS, { ...anEndpointSlice('kube-dns', 2), namespace: 'kube-system' }],
    ],
    [
      'it has begun to start',
      [
        { ...KUBE_DNS, createdAt: SNAPSHOT_TIME - 5_000 },
        ...coredns({
          containers: [aContainer({ ready: false })],
          createdAt: SNAPSHOT_TIME - 5_000,
          conditions: [aCondition('Ready', 'False', { since: SNAPSHOT_TIME - 5_000 })],
        }),
      ],
    ],
    [
      'its pods stopped being ready a moment ago',
      [
        KUBE_DNS,
        ...coredns({
          containers: [aContainer({ ready: false })],
          conditions: [aCondition('Ready', 'False', { since: SNAPSHOT_TIME - 5_000 })],
        }),
      ],
    ],
    ['a Service of its name is in another namespace', [aService('kube-dns', { selector: {} })]],
  ])('is no fault when %s', (_what, views) => {
    const codes = outline(...views).flatMap(([root]) => root);
    expect(codes.filter((code) => String(code).startsWith('CHK-NET'))).toEqual([]);
  });

  it('that a policy keeps from pods explains the ones that say so', () => {
    const views = blaming('checkout');
    const { ingress: _ingress, ...policy } = aNetworkPolicy('checkout', {
      egress: [{ peers: [], ports: [{ protocol: 'TCP', port: '443' }] }],
    });
    expect(outline(...views, policy, aNode('worker-1'))).toEqual([
      ['CHK-NET-953 checkout', ['CHK-POD-101 checkout', 'CHK-WKL-303 checkout']],
    ]);
  });

  it('is blamed by a probe that cannot resolve a name', () => {
    const unready = aDeployed('checkout', [
      {
        revision: 1,
        pods: [{ containers: [aContainer({ ready: false, probes: { readiness: 'GET :80/ every 10 s' } })] }],
      },
    ]);
    const [pod] = unready.pods;
    const event =
      pod === undefined
        ? []
        : [anEvent(pod, 'Unhealthy', 'Readiness probe failed: could not resolve host: db')];
    const roots = outline(...DOWN, ...unready.views, ...event).map(([root]) => root);
    expect(roots).toEqual(['CHK-POD-101 coredns']);
  });
});
