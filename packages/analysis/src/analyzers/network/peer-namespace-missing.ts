import { defineAnalyzer } from '../define-analyzer.ts';
import { describeConfiguration } from '../describe-configuration.ts';
import { formatSelector } from './format-selector.ts';
import { peersOf } from './peers-in-use.ts';
import { livePolicies } from './pod-policies.ts';
import { namespacesOf } from './policy-peers.ts';

/** CHK-NET-955: a policy admits namespaces of which none exists. */
export const peerNamespaceMissing = defineAnalyzer({
  code: 'CHK-NET-955',
  title: 'network policy that admits namespaces of which none exists',
  severity: 'info',
  tier: 'service',
  reads: ['NetworkPolicy', 'Namespace'],
  lint: true,
  sources: ['popeye 1201'],
  analyze: (index) =>
    livePolicies(index).flatMap((policy) => {
      const missing = peersOf(policy).find(({ peer }) => namespacesOf(index, policy, peer)?.length === 0);
      if (missing?.peer.namespaces === undefined) return [];
      const selector = formatSelector(missing.peer.namespaces);
      return [
        describeConfiguration(index, policy, {
          summary: `admits namespaces with ${selector}, of which none exists`,
          field: missing.field,
          says: selector,
          explanation: `NetworkPolicy ${policy.name} admits namespaces with ${selector}, and no namespace carries that.`,
          remedy: {
            label: 'Correct the namespace selector',
            advice: `Correct namespaceSelector in ${missing.field} of NetworkPolicy ${policy.name}, or label the namespace that it means.`,
          },
        }),
      ];
    }),
});
