import type { Kind } from '@jamie/core';
import type { OperationFacts } from '../operation-facts.ts';
import type { PolicyDecision } from '../policy-book.ts';
import type { CompiledPolicy } from './compiled-policy.ts';
import { decideByPolicy } from './decide-by-policy.ts';
import type { GivenFacts, PolicyTest } from './team-policy-schema.ts';

export interface PolicyTestResult {
  readonly name: string;
  /** What was expected and what came instead; empty where the test passed. */
  readonly failures: readonly string[];
}

/** Runs the tests that a policy brings along. */
export function runPolicyTests(policy: CompiledPolicy): readonly PolicyTestResult[] {
  return policy.document.tests.map((test) => ({
    name: test.name,
    failures: compare(test, decideByPolicy(policy, factsOf(test.given)).decision),
  }));
}

/** The facts of a made-up change. */
export function factsOf(given: GivenFacts): OperationFacts {
  const target = { kind: given.kind as Kind, namespace: given.namespace, name: given.name };
  const { currentReplicas, wantedReplicas, readyReplicas, images, podsAffected, share, services } = given;
  return {
    cluster: given.cluster,
    environment: given.environment,
    requester: {
      id: given.requester,
      displayName: given.requester,
      kubernetes: { user: given.requester, groups: [] },
      source: 'slack',
      teams: given.teams,
    },
    effects: given.operations.map((operation) => ({
      operation,
      target,
      currentReplicas,
      wantedReplicas,
      readyReplicas,
      images,
    })),
    blastRadius: { podsAffected, namespaceReadyPods: 0, share, services },
    managers: given.reverts
      ? [{ kind: 'argo_cd', name: 'Argo CD', ref: target, evidence: 'given', reverts: true, advice: '' }]
      : [],
    isWayBack: given.isWayBack,
    now: Date.parse(given.at),
  };
}

function compare({ expect }: PolicyTest, decision: PolicyDecision): readonly string[] {
  const seen = {
    decision: decision.kind,
    rule: decision.kind === 'deny' ? decision.rule : undefined,
    tier: decision.kind === 'allow' ? decision.risk.tier : undefined,
    approvals: decision.kind === 'allow' ? decision.risk.quorum.approvals : undefined,
    requesterCounts: decision.kind === 'allow' ? decision.risk.quorum.requesterCounts : undefined,
  };
  return (Object.keys(expect) as (keyof typeof expect)[])
    .filter((key) => key !== 'rule' || decision.kind === 'deny')
    .filter((key) => expect[key] !== seen[key])
    .map((key) => `${key}: expected ${String(expect[key])}, got ${String(seen[key])}`)
    .concat(missingRule(expect.rule, decision));
}

/** For a change that is allowed, `rule` is one of those that made it stricter. */
function missingRule(rule: string | undefined, decision: PolicyDecision): readonly string[] {
  if (rule === undefined || decision.kind === 'deny' || decision.rules.includes(rule)) return [];
  return [`rule: expected ${rule} to apply, got ${decision.rules.join(', ') || 'none'}`];
}
