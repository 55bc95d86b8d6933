import type { OperationFacts } from '../operation-facts.ts';
import type { PolicyDecision } from '../policy-book.ts';
import { assessRisk } from '../risk.ts';
import type { CompiledPolicy } from './compiled-policy.ts';
import { conditionValues } from './conditions.ts';
import { demandsOfRules, demandsOfTier, highestTier } from './demands-of.ts';
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
  const demands = [...demandsOfTier(policy, lifted.tier, facts.environment), ...asked];
  const decision: PolicyDecision = {
    kind: 'allow',
    risk: tighten(lifted, demands),
    rules: demands.map(({ rule }) => rule),
  };
  return { decision, refusals, demands };
}
