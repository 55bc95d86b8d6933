import type { ClusterInfo, DirectOperation, Quorum, Risk, RiskTier } from '@jamie/core';
import type { OperationFacts, PlannedEffect } from './operation-facts.ts';

const MINUTE_MS = 60_000;

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

/** The tier of an operation before anything about its target is known. */
const TIER_OF: Readonly<Record<DirectOperation['kind'], RiskTier>> = {
  scale: 'low',
  restart: 'low',
  resume: 'low',
  uncordon: 'low',
  annotate: 'low',
  label: 'medium',
  pause: 'medium',
  rollback: 'medium',
  set_image: 'medium',
  resize: 'medium',
  cordon: 'medium',
  delete_pod: 'medium',
  suspend: 'medium',
  unsuspend: 'medium',
  run_cron_job: 'medium',
  rerun_job: 'medium',
  autoscale: 'medium',
  apply: 'medium',
  drain: 'high',
  delete: 'high',
};

const WHY: Readonly<Partial<Record<DirectOperation['kind'], string>>> = {
  label: 'selectors may depend on labels',
  pause: 'later changes would not roll out',
  rollback: 'the pod template changes',
  set_image: 'another image runs',
  resize: 'the resources of the containers change',
  cordon: 'no new pod starts on the node',
  delete_pod: 'a running pod goes',
  suspend: 'its runs are left out',
  unsuspend: 'its runs start again',
  run_cron_job: 'it runs once more',
  rerun_job: 'it runs once more',
  autoscale: 'the bounds of the autoscaler change',
  apply: 'the object is set to what the manifest says',
  drain: 'every pod of the node has to move',
  delete: 'the object goes for good',
};

/** Operations that replace running pods. */
const REPLACES_PODS: ReadonlySet<DirectOperation['kind']> = new Set([
  'restart',
  'rollback',
  'set_image',
  'resize',
  'delete_pod',
  'apply',
]);

/** Decides the tier and what it asks for. Pure: the same facts always get the same risk. */
export function assessRisk(facts: OperationFacts): Risk {
  const high = highRiskReasons(facts);
  const medium = facts.effects.flatMap(mediumRiskReasons);
  const tier: RiskTier = high.length > 0 ? 'high' : medium.length > 0 ? 'medium' : 'low';
  const reasons = tier === 'high' ? high : tier === 'medium' ? medium : facts.effects.map(lowRiskReason);
  return { tier, reasons: [...new Set(reasons)], ...tierTerms(tier, facts.environment) };
}

/** What a tier asks for: approvals, the time to decide, and how long the result is watched. */
export function tierTerms(
  tier: RiskTier,
  environment: ClusterInfo['environment'],
): Pick<Risk, 'quorum' | 'expiresAfterMs' | 'watchMs'> {
  const rule = TIERS[tier];
  const { expiresAfterMs, watchMs } = rule;
  return { quorum: quorumOf(rule, environment), expiresAfterMs, watchMs };
}

function quorumOf(rule: TierRule, environment: ClusterInfo['environment']): Quorum {
  // The demo cluster holds nothing that anybody could miss, and a newcomer is alone with it.
  if (environment === 'demo') return { approvals: 1, requesterCounts: true };
  return { approvals: rule.approvals, requesterCounts: rule.requesterCounts(environment) };
}

function highRiskReasons({ effects, blastRadius, managers }: OperationFacts): readonly string[] {
  const reasons: string[] = [];
  for (const { operation } of effects)
    if (TIER_OF[operation] === 'high') reasons.push(WHY[operation] ?? operation);
  if (effects.some(leavesNothing)) reasons.push('nothing would be left running');
  if (effects.filter(({ operation }) => operation === 'apply').length > 1)
    reasons.push('several objects at once');
  if (blastRadius.podsAffected > 0 && blastRadius.share >= HIGH_RISK_SHARE) {
    reasons.push(`it takes ${Math.round(blastRadius.share * 100)} % of the namespace's ready pods`);
  }
  // Without a share no pod that is ready goes, and one that is not is behind no Service.
  if (blastRadius.share > 0 && effects.some(isOnlyPod) && blastRadius.services.length > 0) {
    reasons.push(`the only pod behind Service ${blastRadius.services.join(', ')} is replaced`);
  }
  for (const { concerns = [] } of effects) reasons.push(...concerns.map(asClause));
  const reverting = managers.find(({ reverts }) => reverts);
  if (reverting !== undefined) reasons.push(`${reverting.name} would take it back`);
  return reasons;
}

/** A manifest that says 0 replicas stops as much as scaling to 0 does. */
function leavesNothing({ operation, currentReplicas, wantedReplicas }: PlannedEffect): boolean {
  if (wantedReplicas > 0) return false;
  return operation === 'scale' || (operation === 'apply' && currentReplicas > 0);
}

/** Reasons stand in a list: a sentence without its end. */
function asClause(sentence: string): string {
  return sentence.replace(/\.$/, '');
}

function isOnlyPod({ operation, currentReplicas }: PlannedEffect): boolean {
  return REPLACES_PODS.has(operation) && currentReplicas === 1;
}

function mediumRiskReasons(effect: PlannedEffect): readonly string[] {
  const { operation, currentReplicas, wantedReplicas, readyReplicas } = effect;
  if (TIER_OF[operation] !== 'low') return [WHY[operation] ?? operation];
  if (operation === 'restart')
    return readyReplicas >= 2 ? [] : [`only ${readyReplicas} ready before the restart`];
  if (operation !== 'scale') return [];
  if (wantedReplicas < currentReplicas) return ['capacity goes down'];
  if (currentReplicas === 0) return ['it starts from nothing'];
  return wantedReplicas > 2 * currentReplicas ? ['more than twice as many pods'] : [];
}

function lowRiskReason({ operation, readyReplicas }: PlannedEffect): string {
  switch (operation) {
    case 'restart':
      return `${readyReplicas} ready, replaced step by step`;
    case 'scale':
      return 'capacity goes up to at most twice as much';
    case 'resume':
      return 'the rollout goes on';
    case 'uncordon':
      return 'pods may start on the node again';
    default:
      return 'nothing that runs depends on it';
  }
}
