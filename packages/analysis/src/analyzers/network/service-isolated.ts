import type { NetworkPolicyView, NetworkRuleView, PodView, ServicePortView, ServiceView } from '@jamie/core';
import { observeField } from '../../evidence/observe.ts';
import { refOf } from '../../snapshot/ref-of.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { countOf, listOf, someOf } from '../../wording.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import { describeConfiguration } from '../describe-configuration.ts';
import type { Observation } from '../fault.ts';
import { selectsPods } from '../service/service-endpoints.ts';
import { findTarget, isNumbered, nameOfPort } from '../service/target-ports.ts';
import { isUnfinished, policiesOf } from './pod-policies.ts';
import { admitsSomebody } from './policy-peers.ts';
import { admitsPort, type ListeningPort } from './policy-ports.ts';

/** Why nothing reaches a pod: its policies admit nobody, only peers of whom none exists, or only other ports. */
type Obstacle = 'closed' | 'nobody' | 'port';

/**
 * CHK-NET-952: the policies of all pods behind a Service let nobody reach it. One that admits another namespace, an address or
 * a pod that may yet come is silent; so is a headless Service, which often only gives pods their names.
 */
export const serviceIsolated = defineAnalyzer({
  code: 'CHK-NET-952',
  title: 'Service that network policies let nobody reach',
  severity: 'critical',
  tier: 'service',
  reads: ['Service', 'Pod', 'NetworkPolicy', 'Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob'],
  helpedBy: ['Namespace'],
  standsAlone: true,
  sources: ['HolmesGPT NetworkPolicy blocking'],
  analyze: (index) =>
    index.services
      .filter((service) => selectsPods(service) && service.clusterIp !== 'None' && service.ports.length > 0)
      .flatMap((service) => describe(index, service)),
});

function describe(index: SnapshotIndex, service: ServiceView): readonly Observation[] {
  const pods = index.podsSelectedBy(service).filter(isUnfinished);
  let obstacle: Obstacle | undefined;
  for (const pod of pods) {
    obstacle = obstacleOf(index, service, pod);
    if (obstacle === undefined) return [];
  }
  const [pod] = pods;
  if (obstacle === undefined || pod === undefined) return [];
  const policies = policiesOf(index, pod).ingress;
  const names = policies.map(({ name }) => name);
  const why = WHY[obstacle](service);
  return [
    describeConfiguration(index, service, {
      summary: `nobody reaches it: ${why}`,
      field: 'spec.selector',
      says: `its pods are isolated by NetworkPolicy ${someOf(names)}`,
      evidence: policies
        .slice(0, 3)
        .map((policy) => observeField(policy, 'spec.ingress', describeRules(policy), index.takenAt)),
      related: policies.map(refOf),
      since: Math.max(...policies.map(({ createdAt }) => createdAt)),
      sharedKey: `${service.namespace}/${names.join(',')}`,
      confidence: 'medium',
      explanation: `NetworkPolicy ${someOf(names)} isolates the pods behind Service ${service.name}: ${why}. Where the network plugin enforces policies, requests to it time out.`,
      remedy: {
        label: 'Admit who should reach it',
        advice: `Add a NetworkPolicy in ${service.namespace} that admits the clients of Service ${service.name} to the ports of its pods, or correct ${someOf(names)}. Unless the isolation is meant.`,
      },
    }),
  ];
}

const WHY: Readonly<Record<Obstacle, (service: ServiceView) => string>> = {
  closed: () => 'it admits nobody',
  nobody: () => 'it admits only pods of which none exists',
  port: ({ ports }) =>
    `it admits no port to which the Service sends (${listOf(
      ports.slice(0, 3).map((port) => `${nameOfPort(port)} → ${port.targetPort}`),
    )})`,
};

function obstacleOf(index: SnapshotIndex, service: ServiceView, pod: PodView): Obstacle | undefined {
  const policies = policiesOf(index, pod).ingress;
  if (policies.length === 0) return undefined;
  const rules = policies.flatMap((policy) => (policy.ingress ?? []).map((rule) => ({ policy, rule })));
  if (rules.length === 0) return 'closed';
  const open = rules.filter(({ policy, rule }) => meetsSomebody(index, policy, rule));
  if (open.length === 0) return 'nobody';
  const isAdmitted = service.ports.some((port) => {
    const listening = listeningPort(pod, port);
    return listening === undefined || open.some(({ rule }) => admitsPort(rule, listening));
  });
  return isAdmitted ? undefined : 'port';
}

function meetsSomebody(index: SnapshotIndex, policy: NetworkPolicyView, rule: NetworkRuleView): boolean {
  return rule.peers.length === 0 || rule.peers.some((peer) => admitsSomebody(index, policy, peer));
}

/** Where the pod listens for a Service port; undefined where the name of the port says nothing about it. */
function listeningPort(pod: PodView, port: ServicePortView): ListeningPort | undefined {
  const declared = findTarget(pod.spec, port);
  if (declared !== undefined) return declared;
  return isNumbered(port) ? { protocol: port.protocol, port: Number(port.targetPort), name: '' } : undefined;
}

function describeRules({ ingress = [] }: NetworkPolicyView): string {
  if (ingress.length === 0) return 'no rule: it admits nobody';
  const ports = ingress.flatMap((rule) => rule.ports.map(({ protocol, port }) => `${port}/${protocol}`));
  return `${countOf(ingress.length, 'rule')}; ports ${ports.length === 0 ? 'all' : someOf([...new Set(ports)])}`;
}
