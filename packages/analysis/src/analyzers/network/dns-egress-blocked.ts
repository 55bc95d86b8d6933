import type { NetworkPolicyView, NetworkRuleView, PodView } from '@jamie/core';
import { observeField } from '../../evidence/observe.ts';
import { refOf } from '../../snapshot/ref-of.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { countOf, someOf } from '../../wording.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import { describeConfiguration } from '../describe-configuration.ts';
import type { Observation } from '../fault.ts';
import { blamesNames } from './blames-names.ts';
import { clusterDns } from './cluster-dns.ts';
import { isUnfinished, policiesOf } from './pod-policies.ts';
import { admitsOneOf } from './policy-peers.ts';
import { admitsPort } from './policy-ports.ts';

interface Blocked {
  readonly policies: readonly NetworkPolicyView[];
  readonly pods: PodView[];
}

/**
 * CHK-NET-953: pods may go out to somebody but not to the DNS that would find them. Pods that may not go out at all are
 * silent, for that is meant; so are those that may only reach single addresses, which need no names.
 */
export const dnsEgressBlocked = defineAnalyzer({
  code: 'CHK-NET-953',
  title: 'network policy that keeps pods from the cluster DNS',
  severity: 'critical',
  tier: 'service',
  reads: ['NetworkPolicy', 'Pod'],
  helpedBy: ['Service', 'Namespace', 'Event'],
  standsAlone: true,
  sources: ['HolmesGPT NetworkPolicy blocking', 'HolmesGPT DNS'],
  analyze: (index) => {
    const groups = new Map<string, Blocked>();
    const dns = new Set(clusterDns(index).pods);
    for (const pod of index.pods) {
      if (!isUnfinished(pod) || dns.has(pod)) continue;
      const policies = policiesOf(index, pod).egress;
      if (policies.length === 0) continue;
      const key = `${pod.namespace}\n${policies.map(({ name }) => name).join('\n')}`;
      const group = groups.get(key);
      if (group === undefined) groups.set(key, { policies, pods: [pod] });
      else group.pods.push(pod);
    }
    return [...groups.values()].flatMap((group) => (isBlocked(index, group) ? describe(index, group) : []));
  },
});

function isBlocked(index: SnapshotIndex, { policies }: Blocked): boolean {
  const rules = policies.flatMap((policy) => (policy.egress ?? []).map((rule) => ({ policy, rule })));
  if (rules.length === 0 || rules.every(({ rule }) => namesOnlyHosts(rule))) return false;
  return !rules.some(({ policy, rule }) => admitsDns(index, policy, rule));
}

function namesOnlyHosts({ peers }: NetworkRuleView): boolean {
  return peers.length > 0 && peers.every(({ cidr }) => cidr !== undefined && /\/(?:32|128)$/.test(cidr));
}

function admitsDns(index: SnapshotIndex, policy: NetworkPolicyView, rule: NetworkRuleView): boolean {
  const { pods, ports } = clusterDns(index);
  const isOpen = ports.some((port) =>
    ['dns', 'dns-udp'].some((name) => admitsPort(rule, { protocol: 'UDP', port, name })),
  );
  if (!isOpen) return false;
  return rule.peers.length === 0 || rule.peers.some((peer) => admitsOneOf(index, policy, peer, pods));
}

function describe(index: SnapshotIndex, { policies, pods }: Blocked): readonly Observation[] {
  const [first, ...others] = policies;
  if (first === undefined) return [];
  const names = someOf(policies.map(({ name }) => name));
  const victims = pods.filter((pod) => blamesNames(index, pod));
  const workloads = [...new Set(pods.map((pod) => index.workloadOf(pod) ?? pod))].map(refOf);
  const who = someOf(workloads.map(({ kind, name }) => `${kind} ${name}`));
  const blame =
    victims.length === 0
      ? ''
      : ` ${countOf(victims.length, 'pod')} of them report names that do not resolve.`;
  return [
    {
      ...describeConfiguration(index, first, {
        summary: `keeps ${who} from the DNS of the cluster`,
        field: 'spec.egress',
        says: describeRules(first),
        evidence: others
          .slice(0, 2)
          .map((policy) => observeField(policy, 'spec.egress', describeRules(policy), index.takenAt)),
        related: [...others.map(refOf), ...workloads],
        since: Math.max(...policies.map(({ createdAt }) => createdAt)),
        confidence: victims.length === 0 ? 'medium' : 'high',
        explanation: `NetworkPolicy ${names} limits where ${who} may send, and none of its rules admits UDP port 53 to the DNS of the cluster. Where the network plugin enforces policies, names do not resolve there.${blame}`,
        remedy: {
          label: 'Admit DNS',
          advice: `Add an egress rule to NetworkPolicy ${first.name} for UDP and TCP port 53 to the pods with k8s-app=kube-dns in kube-system.`,
        },
      }),
      victims,
    },
  ];
}

function describeRules({ egress = [] }: NetworkPolicyView): string {
  const ports = egress.flatMap((rule) => rule.ports.map(({ protocol, port }) => `${port}/${protocol}`));
  const isLimited = egress.every((rule) => rule.ports.length > 0);
  return `${countOf(egress.length, 'rule')}; ports ${isLimited && ports.length > 0 ? someOf([...new Set(ports)]) : 'all'}`;
}
