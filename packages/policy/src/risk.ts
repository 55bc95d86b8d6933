import type { BlastRadius, ClusterInfo, Quorum, Risk, RiskTier } from '@jamie/core';

const MINUTE_MS = 60_000;

/** What the tier depends on. All of it measured, none of it said by a model. */
export interface RiskFacts {
  readonly effect: 'scale' | 'restart' | 'rollback';
  readonly environment: ClusterInfo['environment'];
  readonly currentReplicas: number;
  readonly wantedReplicas: number;
  readonly readyReplicas: number;
  readonly blastRadius: BlastRadius;
}

interface TierRule {
  readonly approvals: number;
  readonly requesterCounts: (environment: ClusterInfo['environment']) => boolean;
  readonly expiresAfterMs: number;
  readonly watchMs: number;
}

/** The tiers of the design: approvals, whether the requester counts, expiry, and how long the result is watched. */
const TIERS: Readonly<Record<RiskTier, TierRule>> = {
  low: { approvals: 1, requesterCounts: () => true, expiresAfterMs: 15 * MINUTE_MS, watchMs: 2 * MINUTE_MS },
  medium: {
    approvals: 1,
    requesterCounts: (environment) => environment !== 'production',
    expiresAfterMs: 15 * MINUTE_MS,
    watchMs: 5 * MINUTE_MS,
  },
  high: {
    approvals: 2,
    requesterCounts: () => false,
    expiresAfterMs: 30 * MINUTE_MS,
    watchMs: 10 * MINUTE_MS,
  },
};

/** From this share of a namespace's ready pods on, a change is high risk. */
const HIGH_RISK_SHARE = 0.25;

/** Decides the tier and what it asks for. Pure: the same facts always get the same risk. */
export function assessRisk(facts: RiskFacts): Risk {
  const high = highRiskReasons(facts);
  const medium = mediumRiskReasons(facts);
  const tier: RiskTier = high.length > 0 ? 'high' : medium.length > 0 ? 'medium' : 'low';
  const reasons = tier === 'high' ? high : tier === 'medium' ? medium : [lowRiskReason(facts)];
  const rule = TIERS[tier];
  return {
    tier,
    reasons,
    quorum: quorumOf(rule, facts.environment),
    expiresAfterMs: rule.expiresAfterMs,
    watchMs: rule.watchMs,
  };
}

function quorumOf(rule: TierRule, environment: ClusterInfo['environment']): Quorum {
  // The demo cluster holds nothing that anybody could miss, and a newcomer is alone with it.
  if (environment === 'demo') return { approvals: 1, requesterCounts: true };
  return { approvals: rule.approvals, requesterCounts: rule.requesterCounts(environment) };
}

function highRiskReasons(facts: RiskFacts): readonly string[] {
  const reasons: string[] = [];
  const { blastRadius } = facts;
  if (facts.effect === 'scale' && facts.wantedReplicas === 0) reasons.push('nothing would be left running');
  if (blastRadius.podsAffected > 0 && blastRadius.share >= HIGH_RISK_SHARE) {
    reasons.push(`it takes ${Math.round(blastRadius.share * 100)} % of the namespace's ready pods`);
  }
  if (facts.effect !== 'scale' && facts.currentReplicas === 1 && blastRadius.services.length > 0) {
    reasons.push(`the only pod behind Service ${blastRadius.services.join(', ')} is replaced`);
  }
  return reasons;
}

function mediumRiskReasons(facts: RiskFacts): readonly string[] {
  if (facts.effect === 'rollback') return ['the pod template changes'];
  if (facts.effect === 'restart') {
    return facts.readyReplicas >= 2 ? [] : [`only ${facts.readyReplicas} ready before the restart`];
  }
  if (facts.wantedReplicas < facts.currentReplicas) return ['capacity goes down'];
  if (facts.currentReplicas === 0) return ['it starts from nothing'];
  return facts.wantedReplicas > 2 * facts.currentReplicas ? ['more than twice as many pods'] : [];
}

function lowRiskReason(facts: RiskFacts): string {
  if (facts.effect === 'restart') return `${facts.readyReplicas} ready, replaced step by step`;
  return 'capacity goes up to at most twice as much';
}
