import { type ClusterInfo, RISK_TIERS, type RiskTier } from '@jamie/core';
import type { CompiledPolicy } from './compiled-policy.ts';
import type { ConditionValues } from './conditions.ts';
import type { Demand } from './tighten-risk.ts';

/** What the rules whose condition holds ask for, in the order of the file. */
export function demandsOfRules({ rules }: CompiledPolicy, values: ConditionValues): readonly Demand[] {
  return rules.flatMap(({ rule, condition }) => {
    const { name, when: _when, deny: _deny, ...demand } = rule;
    return condition.holds(values) ? [{ rule: name, ...demand }] : [];
  });
}

/** What the file asks for in a tier, everywhere and in this environment. */
export function demandsOfTier(
  { document }: CompiledPolicy,
  tier: RiskTier,
  environment: ClusterInfo['environment'],
): readonly Demand[] {
  const everywhere = document.tiers[tier];
  const here = document.environments[environment]?.[tier];
  return [
    ...(everywhere === undefined ? [] : [{ rule: `tiers.${tier}`, ...everywhere }]),
    ...(here === undefined ? [] : [{ rule: `environments.${environment}.${tier}`, ...here }]),
  ];
}

/** The highest tier that any of them asks for; undefined where none does. */
export function highestTier(demands: readonly Demand[]): Demand | undefined {
  return demands
    .filter((demand) => demand.tier !== undefined)
    .toSorted((one, other) => rank(other.tier) - rank(one.tier))[0];
}

function rank(tier: RiskTier | undefined): number {
  return tier === undefined ? -1 : RISK_TIERS.indexOf(tier);
}
