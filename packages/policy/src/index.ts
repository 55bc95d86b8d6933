export { decideEdit, type EditAttempt, type EditDecision } from './edit.ts';
export { CONTROL_PLANE_NAMESPACES, checkGuardrails, type GuardrailDecision } from './guardrails.ts';
export { POLICY_VERSION } from './policy-version.ts';
export { assessRisk, type RiskFacts } from './risk.ts';
export { type CastVote, countApprovals, decideVote, type VoteDecision } from './vote.ts';
