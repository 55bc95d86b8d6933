import type { NetworkPeerView, NetworkPolicyView } from '@jamie/core';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { someOf } from '../../wording.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import { describeConfiguration } from '../describe-configuration.ts';
import { formatSelector } from './format-selector.ts';
import { peersOf } from './peers-in-use.ts';
import { livePolicies } from './pod-policies.ts';
import { admitsSomebody, namespacesOf } from './policy-peers.ts';

/** CHK-NET-956: a policy admits pods of which none exists. */
export const peerPodMissing = defineAnalyzer({
  code: 'CHK-NET-956',
  title: 'network policy that admits pods of which none exists',
  severity: 'info',
  tier: 'service',
  reads: ['NetworkPolicy', 'Pod', 'Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob'],
  helpedBy: ['Namespace'],
  lint: true,
  sources: ['popeye 1202', 'popeye 1208'],
  analyze: (index) =>
    livePolicies(index).flatMap((policy) => {
      const missing = peersOf(policy).find(
        ({ peer }) => hasNamespaces(index, policy, peer) && !admitsSomebody(index, policy, peer),
      );
      if (missing?.peer.pods === undefined) return [];
      const selector = formatSelector(missing.peer.pods);
      const where = someOf([...(namespacesOf(index, policy, missing.peer) ?? [])].sort());
      return [
        describeConfiguration(index, policy, {
          summary: `admits pods with ${selector} in ${where}, of which none exists`,
          field: missing.field,
          says: selector,
          explanation: `NetworkPolicy ${policy.name} admits pods with ${selector} in ${where}; there is none, and no workload there makes one.`,
          remedy: {
            label: 'Correct the pod selector',
            advice: `Correct podSelector in ${missing.field} of NetworkPolicy ${policy.name}. Pods of another namespace need a namespaceSelector beside it.`,
          },
        }),
      ];
    }),
});

/** A selector of namespaces that finds none is told by itself. */
function hasNamespaces(index: SnapshotIndex, policy: NetworkPolicyView, peer: NetworkPeerView): boolean {
  return peer.pods !== undefined && namespacesOf(index, policy, peer)?.length !== 0;
}
