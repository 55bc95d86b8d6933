import { toSingleLine } from '../../evidence/cluster-text.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import { describeConfiguration } from '../describe-configuration.ts';
import { holdsPod, isPrivateBlock } from './address-blocks.ts';
import { peersOf } from './peers-in-use.ts';
import { livePolicies } from './pod-policies.ts';

/** CHK-NET-960: an address block of a policy that lies within private address space holds no pod. Blocks of the internet are meant for others. */
export const blockFitsNoPod = defineAnalyzer({
  code: 'CHK-NET-960',
  title: 'network policy whose private address block holds no pod',
  severity: 'info',
  tier: 'service',
  reads: ['NetworkPolicy', 'Pod'],
  lint: true,
  sources: ['popeye 1206', 'popeye 1207'],
  analyze: (index) =>
    livePolicies(index).flatMap((policy) => {
      const empty = peersOf(policy).flatMap(({ peer, field }) => {
        const blocks = [...(peer.cidr === undefined ? [] : [peer.cidr]), ...(peer.except ?? [])];
        const found = blocks.find((block) => isPrivateBlock(block) && !holdsPod(index, block));
        return found === undefined ? [] : [{ block: toSingleLine(found, 63), field }];
      });
      const [first] = empty;
      if (first === undefined) return [];
      return [
        describeConfiguration(index, policy, {
          summary: `its address block ${first.block} holds no pod`,
          field: `${first.field}[].ipBlock`,
          says: first.block,
          confidence: 'low',
          explanation: `NetworkPolicy ${policy.name} names the private address block ${first.block}, in which no pod has its address. That is right where it means machines outside the cluster.`,
          remedy: {
            label: 'See whom the block means',
            advice: `If ${first.block} in NetworkPolicy ${policy.name} means pods, select them by label: their addresses change.`,
          },
        }),
      ];
    }),
});
