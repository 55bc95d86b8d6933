import type { OperationFacts } from '../operation-facts.ts';
import type { PolicyDecision } from '../policy-book.ts';
import { assessRisk } from '../risk.ts';
import type { CompiledPolicy } from './compiled-policy.ts';
import { conditionValues } from './conditions.ts';
import { demandsOfRules, demandsOfTier, highestTier } from './demands-of.ts';
import { demandsOfTime } from './demands-of-time.ts';
import { type Refusal, refusalsOf } from './refuse-by-policy.ts';
import { type Demand, raiseTo, tighten } from './tighten-risk.ts';

/** A decision with everything that led to it. */
export interface ExplainedDecision {
  readonly decision: PolicyDecision;
  /** All that refuse, not only the first, which is the one that decides. */
  readonly refusals: readonly Refusal[];
  /** All that made the change stricter. */
  readonly demands: readonly Demand[];
}

/**
 * Decides an operation by a team's policy on top of what is built in. Pure. The first refusal decides; where nothing
 * refuses, the built-in risk is lifted and tightened by every rule whose condition holds.
 */
export function decideByPolicy(policy: CompiledPolicy, facts: OperationFacts): ExplainedDecision {
  const builtIn = assessRisk(facts);
  const values = conditionValues(facts, builtIn.tier);
  const refusals = refusalsOf(policy, facts, values);
  const asked = demandsOfRules(policy, values);
  const [refusal] = refusals;
  if (refusal !== undefined) return { decision: { kind: 'deny', ...refusal }, refusals, demands: asked };
  const lifting = highestTier(asked);
  const lifted =
    lifting?.tier === undefined
      ? builtIn
      : raiseTo(builtIn, lifting.tier, lifting.because ?? `rule ${lifting.rule}`, facts.environment);
  const demands = [
    ...demandsOfTier(policy, lifted.tier, facts.environment),
    ...asked,
    ...demandsOfTime(policy, facts, values, lifted.expiresAfterMs),
  ];
  const risk = tighten(lifted, demands);
  if (risk.quorum.fromTeams?.length === 0) {
    const nobody = refuseWithoutApprovers(demands);
    return { decision: { kind: 'deny', ...nobody }, refusals: [nobody], demands };
  }
  const decision: PolicyDecision = {
    kind: 'allow',
    risk,
    rules: demands.map(({ rule }) => rule),
  };
  return { decision, refusals, demands };
}

/** A card that nobody may ever approve helps nobody; whoever keeps the policy has to know. */
function refuseWithoutApprovers(demands: readonly Demand[]): Refusal {
  const named = demands.filter(({ fromTeams }) => fromTeams !== undefined);
  const rules = [...new Set(named.map(({ rule }) => rule))];
  return {
    rule: rules.at(-1) ?? 'fromTeams',
    message: `No team is named by all of ${rules.join(', ')}, so nobody could approve this. Ask whoever keeps the policy to name a common one.`,
  };
}
