export {
  type BreakGlassAttempt,
  type BreakGlassDecision,
  type BreakGlassRule,
  decideBreakGlass,
  LONGEST_BREAK_GLASS_MS,
} from './break-glass.ts';
export { decideEdit, type EditAttempt, type EditDecision } from './edit.ts';
export { decideFreeze, describeThaw, type FreezeDecision, type FreezeRule } from './freeze.ts';
export {
  CONTROL_PLANE_NAMESPACES,
  checkContent,
  checkGuardrails,
  checkPlace,
  type GuardrailDecision,
} from './guardrails.ts';
export { podSpecWarnings } from './guardrails-pod.ts';
export { isInTeam } from './is-in-team.ts';
export { checkLimits, type LimitDecision } from './limits.ts';
export type { OperationFacts, PlannedEffect } from './operation-facts.ts';
export {
  type Autonomy,
  BUILT_IN_POLICY,
  type PolicyBook,
  type PolicyDecision,
  type PolicyLimits,
  type PolicySource,
  type PolicyUsage,
} from './policy-book.ts';
export { POLICY_VERSION } from './policy-version.ts';
export { assessRisk } from './risk.ts';
export { isSamePerson } from './same-person.ts';
export { type CastVote, countApprovals, decideVote, type StandIn, type VoteDecision } from './vote.ts';
