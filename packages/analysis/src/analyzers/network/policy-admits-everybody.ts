import type { NetworkPolicyView } from '@jamie/core';
import { listOf } from '../../wording.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import { describeConfiguration } from '../describe-configuration.ts';
import { formatSelector } from './format-selector.ts';
import { livePolicies } from './pod-policies.ts';

const DIRECTIONS = [
  { word: 'comes in', field: 'spec.ingress', rules: ({ ingress = [] }: NetworkPolicyView) => ingress },
  { word: 'goes out', field: 'spec.egress', rules: ({ egress = [] }: NetworkPolicyView) => egress },
] as const;

/** CHK-NET-957: a policy admits everything in a direction, so it only undoes what other policies close. */
export const policyAdmitsEverybody = defineAnalyzer({
  code: 'CHK-NET-957',
  title: 'network policy that admits everybody',
  severity: 'info',
  tier: 'service',
  reads: ['NetworkPolicy'],
  lint: true,
  sources: ['k8sgpt NetworkPolicy allows all pods', 'popeye 1203'],
  analyze: (index) =>
    livePolicies(index).flatMap((policy) => {
      const open = DIRECTIONS.filter(({ rules }) =>
        rules(policy).some(({ peers, ports }) => peers.length + ports.length === 0),
      );
      const [first] = open;
      if (first === undefined) return [];
      const ways = listOf(open.map(({ word }) => word));
      return [
        describeConfiguration(index, policy, {
          summary: `admits everything that ${ways}`,
          field: first.field,
          says: 'a rule without peers and ports',
          explanation: `NetworkPolicy ${policy.name} admits everything that ${ways} for ${formatSelector(policy.pods)} in ${policy.namespace}, whatever other policies close.`,
          remedy: {
            label: 'Name who is admitted',
            advice: `Name peers and ports in ${first.field} of NetworkPolicy ${policy.name}, or keep it if these pods are to be open.`,
          },
        }),
      ];
    }),
});
