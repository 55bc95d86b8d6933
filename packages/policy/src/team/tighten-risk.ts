import { type ClusterInfo, RISK_TIERS, type Risk, type RiskTier } from '@jamie/core';
import { tierTerms } from '../risk.ts';
import type { Tightening } from './team-policy-schema.ts';

const MINUTE_MS = 60_000;

/** Something that makes a change stricter, and the name of the rule that says so. */
export interface Demand extends Tightening {
  readonly rule: string;
  readonly tier?: RiskTier | undefined;
  readonly because?: string | undefined;
}

/** The higher of two tiers. */
function higherTier(one: RiskTier, other: RiskTier): RiskTier {
  return RISK_TIERS.indexOf(one) >= RISK_TIERS.indexOf(other) ? one : other;
}

/** Lifts a risk to a tier; a lower one changes nothing. */
export function raiseTo(
  risk: Risk,
  tier: RiskTier,
  because: string,
  environment: ClusterInfo['environment'],
): Risk {
  if (higherTier(risk.tier, tier) === risk.tier) return risk;
  return { ...risk, ...tierTerms(tier, environment), tier, reasons: [because] };
}

/**
 * Adds what rules ask for to a risk. Nothing becomes looser: approvals and the watch only grow, the time to decide only
 * shrinks, nobody who did not count counts. Teams named by several rules must all agree: only people in one of the teams
 * of every rule count.
 */
export function tighten(risk: Risk, demands: readonly Demand[]): Risk {
  const { quorum } = risk;
  const fromTeams = demands.reduce(
    (teams, demand) => intersect(teams, demand.fromTeams),
    quorum.fromTeams as readonly string[] | undefined,
  );
  const minutes = demands.map((demand) => demand.expiresAfterMinutes ?? Infinity);
  return {
    ...risk,
    quorum: {
      approvals: Math.max(quorum.approvals, ...demands.map((demand) => demand.approvals ?? 0)),
      requesterCounts: quorum.requesterCounts && demands.every((demand) => demand.requesterCounts !== false),
      ...(fromTeams !== undefined && { fromTeams }),
    },
    expiresAfterMs: Math.min(risk.expiresAfterMs, ...minutes.map((each) => each * MINUTE_MS)),
    watchMs: Math.max(risk.watchMs, ...demands.map((demand) => (demand.watchMinutes ?? 0) * MINUTE_MS)),
  };
}

function intersect(
  one: readonly string[] | undefined,
  other: readonly string[] | undefined,
): readonly string[] | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return one.filter((team) => other.includes(team));
}
