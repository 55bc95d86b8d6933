import type { NetworkPolicyView, NetworkRuleView } from '@jamie/core';
import {
  type AnyView,
  aCronJob,
  aDeployed,
  aNamespace,
  aNetworkPolicy,
  aPod,
  aPodSpec,
  aService,
  aSnapshot,
  aWorkload,
} from '@jamie/testing';
import { describe, expect, it } from '@jest/globals';
import { diagnose } from '../../diagnose.ts';
import { buildSnapshotIndex } from '../../snapshot/snapshot-index.ts';
import type { Analyzer } from '../define-analyzer.ts';
import { blockFitsNoPod } from './block-fits-no-pod.ts';
import { dnsEgressBlocked } from './dns-egress-blocked.ts';
import { peerNamespaceMissing } from './peer-namespace-missing.ts';
import { peerPodMissing } from './peer-pod-missing.ts';
import { podsHalfSecured } from './pods-half-secured.ts';
import { podsUnsecured } from './pods-unsecured.ts';
import { policyAdmitsEverybody } from './policy-admits-everybody.ts';
import { policySelectsNobody } from './policy-selects-nobody.ts';
import { serviceIsolated } from './service-isolated.ts';

const SHOP = [aNamespace('shop'), aNamespace('web'), aNamespace('kube-system')];
const CHECKOUT = aDeployed('checkout', [{ revision: 1, pods: [{}, {}] }]).views;
const BEHIND: readonly AnyView[] = [...SHOP, ...CHECKOUT, aService('checkout')];
const selector = (matchLabels: Record<string, string> = {}) => ({ matchLabels, matchExpressions: [] });
const EVERYBODY = selector();
const tcp = (port: string, endPort?: number) => ({
  protocol: 'TCP',
  port,
  ...(endPort !== undefined && { endPort }),
});
const udp = (port: string) => ({ protocol: 'UDP', port });

function policy(more: Partial<NetworkPolicyView>, name = 'checkout'): NetworkPolicyView {
  return aNetworkPolicy(name, { pods: selector({ app: 'checkout' }), ...more });
}

const admits = (...ingress: readonly NetworkRuleView[]) => policy({ ingress });

/** A policy that says nothing about what comes in. */
function sends(...egress: readonly NetworkRuleView[]): NetworkPolicyView {
  const { ingress: _ingress, ...rest } = policy({ egress });
  return rest;
}

function found(analyzer: Analyzer, ...views: readonly (AnyView | readonly AnyView[])[]): readonly string[] {
  return analyzer
    .analyze(
      buildSnapshotIndex(
        aSnapshot()
          .with(...views)
          .build(),
      ),
    )
    .map(({ subject, severity, summary }) => `${severity} ${subject.kind} ${subject.name}: ${summary}`);
}

describe('a Service whose pods are isolated', () => {
  it.each<[string, readonly AnyView[], string]>([
    ['nobody', [admits()], 'it admits nobody'],
    [
      'pods that do not exist',
      [admits({ peers: [{ pods: selector({ app: 'gone' }) }], ports: [] })],
      'it admits only pods of which none exists',
    ],
    [
      'a namespace that does not exist',
      [admits({ peers: [{ namespaces: selector({ team: 'gone' }) }], ports: [] })],
      'it admits only pods of which none exists',
    ],
    [
      'another port only',
      [admits({ peers: [], ports: [tcp('80')] })],
      'it admits no port to which the Service sends (http → 8080)',
    ],
    [
      'the port of another protocol',
      [admits({ peers: [], ports: [udp('8080')] })],
      'it admits no port to which the Service sends (http → 8080)',
    ],
    [
      'nobody by a policy for the whole namespace',
      [policy({ pods: EVERYBODY, ingress: [] }, 'deny-all')],
      'it admits nobody',
    ],
  ])('is a fault when its policies admit %s', (_what, policies, why) => {
    expect(found(serviceIsolated, BEHIND, policies)).toEqual([
      `critical Service checkout: nobody reaches it: ${why}`,
    ]);
  });

  const neighbour = aPod({ name: 'client', labels: { app: 'client' } });
  it.each<[string, readonly AnyView[]]>([
    ['there is no policy', []],
    ['another policy admits everybody', [admits(), policy({}, 'open')]],
    [
      'another namespace is admitted',
      [
        admits({ peers: [{ namespaces: selector({ 'kubernetes.io/metadata.name': 'web' }) }], ports: [] }),
        aPod({ name: 'client', namespace: 'web' }),
      ],
    ],
    ['a pod is admitted', [admits({ peers: [{ pods: selector({ app: 'client' }) }], ports: [] }), neighbour]],
    [
      'a workload without pods now is admitted',
      [
        admits({ peers: [{ pods: selector({ app: 'client' }) }], ports: [] }),
        aWorkload('Deployment', 'client', { replicas: 0 }),
      ],
    ],
    [
      'a CronJob may make the pod that is admitted',
      [admits({ peers: [{ pods: selector({ app: 'nightly' }) }], ports: [] }), aCronJob('nightly')],
    ],
    ['an address block is admitted', [admits({ peers: [{ cidr: '203.0.113.0/24' }], ports: [] })]],
    ['its port is admitted', [admits({ peers: [], ports: [tcp('8080')] })]],
    ['its port is admitted by name', [admits({ peers: [], ports: [tcp('http')] })]],
    ['its port lies within a range', [admits({ peers: [], ports: [tcp('8000', 9000)] })]],
    ['the policy is about what goes out', [sends()]],
    ['the policy selects other pods', [aNetworkPolicy('other', { ingress: [] })]],
    ['the policy goes', [{ ...admits(), deletingSince: 1 }]],
  ])('is none when %s', (_what, views) => {
    expect(found(serviceIsolated, BEHIND, views)).toEqual([]);
  });

  it('is no fault of pods in the network of their node, of a headless Service, or while a pod is still reached', () => {
    const host = { spec: aPodSpec({ hostNetwork: true }) };
    const onHost = aDeployed('checkout', [{ revision: 1, pods: [host] }]).views;
    expect(found(serviceIsolated, SHOP, onHost, aService('checkout'), admits())).toEqual([]);
    const headless = aService('checkout', { clusterIp: 'None' });
    expect(found(serviceIsolated, SHOP, CHECKOUT, headless, admits())).toEqual([]);
    const open = aPod({ name: 'open', labels: { app: 'checkout', canary: 'yes' } });
    const closed = policy({
      pods: { ...selector(), matchExpressions: [{ key: 'canary', operator: 'DoesNotExist', values: [] }] },
      ingress: [],
    });
    expect(found(serviceIsolated, BEHIND, open, closed)).toEqual([]);
  });

  it('cannot be told of namespaces that were not read', () => {
    const rule = { peers: [{ namespaces: selector({ team: 'gone' }) }], ports: [] };
    const snapshot = aSnapshot()
      .with([...BEHIND, admits(rule)])
      .unread('Namespace')
      .build();
    expect(serviceIsolated.analyze(buildSnapshotIndex(snapshot))).toEqual([]);
  });

  it('is one cause for every Service that the same policy closes', () => {
    const basket = aDeployed('basket', [{ revision: 1, pods: [{}] }]).views;
    const closed = policy({ pods: EVERYBODY, ingress: [] }, 'deny-all');
    const views = [...BEHIND, ...basket, aService('basket'), closed];
    const { causes } = diagnose(aSnapshot().with(views).build(), { kind: 'cluster' });
    expect(causes.map(({ root, consequences }) => [root.code, consequences.map(({ code }) => code)])).toEqual(
      [['CHK-NET-952', ['CHK-NET-952']]],
    );
  });
});

describe('egress that keeps pods from DNS', () => {
  const DNS = [
    aService('kube-dns', { namespace: 'kube-system', selector: { 'k8s-app': 'kube-dns' } }),
    aPod({ name: 'coredns-1', namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } }),
  ];
  const toDatabase = { peers: [{ pods: selector({ app: 'db' }) }], ports: [tcp('5432')] };
  const toDns = (pods: Record<string, string>, namespace?: string): NetworkRuleView => ({
    peers: [
      {
        pods: selector(pods),
        ...(namespace !== undefined && {
          namespaces: selector({ 'kubernetes.io/metadata.name': namespace }),
        }),
      },
    ],
    ports: [udp('53'), tcp('53')],
  });

  it.each<[string, readonly NetworkRuleView[]]>([
    ['only another port is admitted', [toDatabase]],
    ['everywhere is admitted for HTTPS alone', [{ peers: [{ cidr: '0.0.0.0/0' }], ports: [tcp('443')] }]],
    ['port 53 is admitted for TCP alone', [{ peers: [], ports: [tcp('53')] }]],
    ['port 53 is admitted to the own namespace alone', [toDns({ 'k8s-app': 'kube-dns' })]],
    ['port 53 is admitted to other pods of kube-system', [toDns({ 'k8s-app': 'dns' }, 'kube-system')]],
  ])('is a fault when %s', (_what, rules) => {
    expect(found(dnsEgressBlocked, BEHIND, DNS, sends(...rules))).toEqual([
      'critical NetworkPolicy checkout: keeps Deployment checkout from the DNS of the cluster',
    ]);
  });

  it.each<[string, readonly NetworkRuleView[]]>([
    ['nothing may go out at all', []],
    ['everything may go out', [{ peers: [], ports: [] }]],
    ['only single addresses may be reached', [{ peers: [{ cidr: '10.0.0.5/32' }], ports: [tcp('5432')] }]],
    ['DNS is admitted by its labels', [toDatabase, toDns({ 'k8s-app': 'kube-dns' }, 'kube-system')]],
    ['port 53 is admitted to everybody', [toDatabase, { peers: [], ports: [udp('53')] }]],
    ['a block may hold the DNS', [toDatabase, { peers: [{ cidr: '169.254.20.10/32' }], ports: [udp('53')] }]],
  ])('is none when %s', (_what, rules) => {
    expect(found(dnsEgressBlocked, BEHIND, DNS, sends(...rules))).toEqual([]);
  });

  it('is none when another policy of the same pods admits DNS, or the DNS runs elsewhere', () => {
    const also = { ...sends({ peers: [], ports: [udp('53')] }), name: 'dns', uid: 'dns' };
    expect(found(dnsEgressBlocked, BEHIND, DNS, sends(toDatabase), also)).toEqual([]);
    expect(found(dnsEgressBlocked, BEHIND, sends(toDatabase, toDns({ x: 'y' }, 'dns')))).toEqual([]);
  });
});

describe('hygiene of network policies', () => {
  const lonely = aNetworkPolicy('gone', { ingress: [] });
  it.each<[string, Analyzer, readonly AnyView[], string]>([
    ['selects no pod', policySelectsNobody, [lonely], 'NetworkPolicy gone: selects no pod'],
    [
      'admits a namespace that does not exist',
      peerNamespaceMissing,
      [admits({ peers: [{ namespaces: selector({ team: 'x' }) }], ports: [] })],
      'admits namespaces with team=x, of which none exists',
    ],
    [
      'admits a pod that does not exist',
      peerPodMissing,
      [admits({ peers: [{ pods: selector({ app: 'x' }) }], ports: [] })],
      'admits pods with app=x in shop, of which none exists',
    ],
    [
      'admits a pod that another namespace lacks',
      peerPodMissing,
      [sends({ peers: [{ pods: selector({ app: 'x' }), namespaces: EVERYBODY }], ports: [] })],
      'admits pods with app=x in kube-system, shop and web',
    ],
    ['admits everybody', policyAdmitsEverybody, [policy({})], 'admits everything that comes in'],
    ['closes one direction', podsHalfSecured, [admits()], 'limits what goes out of its pods'],
    ['is missing', podsUnsecured, [], 'no network policy limits what its pods send and receive'],
    [
      'names a private block without pods',
      blockFitsNoPod,
      [admits({ peers: [{ cidr: '10.99.0.0/16' }], ports: [] })],
      'its address block 10.99.0.0/16 holds no pod',
    ],
    [
      'leaves out a block without pods',
      blockFitsNoPod,
      [admits({ peers: [{ cidr: '10.244.0.0/16', except: ['10.244.9.0/24'] }], ports: [] })],
      'its address block 10.244.9.0/24 holds no pod',
    ],
  ])('tells when a policy %s, and only when asked', (_what, analyzer, views, text) => {
    expect(analyzer.lint).toBe(true);
    const findings = found(analyzer, SHOP, CHECKOUT, views);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatch(/^info /);
    expect(findings[0]).toContain(text);
  });

  const both = policy({ ingress: [], egress: [] });
  it.each<[string, Analyzer, readonly AnyView[]]>([
    [
      'a policy for pods that a workload would make',
      policySelectsNobody,
      [aWorkload('Deployment', 'gone'), lonely],
    ],
    ['a policy for pods that a CronJob may make', policySelectsNobody, [aCronJob('nightly'), lonely]],
    [
      'a policy for a namespace without pods',
      policySelectsNobody,
      [aCronJob('x'), policy({ pods: EVERYBODY })],
    ],
    [
      'namespaces by name',
      peerNamespaceMissing,
      [admits({ peers: [{ namespaces: selector({ 'kubernetes.io/metadata.name': 'web' }) }], ports: [] })],
    ],
    [
      'pods that exist',
      peerPodMissing,
      [admits({ peers: [{ pods: selector({ app: 'checkout' }) }], ports: [] })],
    ],
    [
      'namespaces that are told already',
      peerPodMissing,
      [admits({ peers: [{ pods: selector({ app: 'x' }), namespaces: selector({ team: 'x' }) }], ports: [] })],
    ],
    ['a policy that closes', policyAdmitsEverybody, [both]],
    ['pods that are closed in both directions', podsHalfSecured, [both]],
    ['pods that no policy selects, which is told by itself', podsHalfSecured, []],
    ['pods with a policy', podsUnsecured, [both]],
    ['a block that holds a pod', blockFitsNoPod, [admits({ peers: [{ cidr: '10.244.0.0/16' }], ports: [] })]],
    ['a block of the internet', blockFitsNoPod, [admits({ peers: [{ cidr: '203.0.113.0/24' }], ports: [] })]],
    [
      'what is no block',
      blockFitsNoPod,
      [admits({ peers: [{ cidr: '10.0.0.0/99' }, { cidr: 'x' }], ports: [] })],
    ],
  ])('is silent about %s', (_what, analyzer, views) => {
    expect(found(analyzer, SHOP, CHECKOUT, views)).toEqual([]);
  });
});
