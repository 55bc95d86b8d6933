export { decideEdit, type EditAttempt, type EditDecision } from './edit.ts';
export { CONTROL_PLANE_NAMESPACES, checkGuardrails, type GuardrailDecision } from './guardrails.ts';
export {
  BUILT_IN_POLICY,
  type OperationFacts,
  type PlannedEffect,
  type PolicyBook,
  type PolicyDecision,
  type PolicySource,
} from './policy-book.ts';
export { POLICY_VERSION } from './policy-version.ts';
export { assessRisk } from './risk.ts';
export { type CastVote, countApprovals, decideVote, type VoteDecision } from './vote.ts';
