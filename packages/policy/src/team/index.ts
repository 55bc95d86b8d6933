export { compileTeamPolicy, type PolicyReading } from './compile-team-policy.ts';
export type { CompiledPolicy } from './compiled-policy.ts';
export { decideByPolicy, type ExplainedDecision } from './decide-by-policy.ts';
export { OPERATION_KINDS } from './operation-kinds.ts';
export { factsOf, type PolicyTestResult, runPolicyTests } from './run-policy-tests.ts';
export { type GivenFacts, givenFactsSchema } from './team-policy-schema.ts';
export { toPolicyBook } from './to-policy-book.ts';
