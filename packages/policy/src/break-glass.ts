import type { AccessAnswer, PlanRecord, Principal } from '@jamie/core';
import { isInTeam } from './is-in-team.ts';
import { describeDecided, describeMissingRights } from './wording.ts';

/** No emergency start counts on a plan older than this (milliseconds), whatever a team allows. */
export const LONGEST_BREAK_GLASS_MS = 15 * 60_000;
/** A reason shorter than this tells the owner nothing. */
const SHORTEST_REASON = 10;

/** Who may let a plan start alone in an emergency, and who is told. */
export interface BreakGlassRule {
  /** Teams of the principals file whose people may. */
  readonly teams: readonly string[];
  /** Ids of the people who are told at once, for example `slack:T1:U1`. */
  readonly owners: readonly string[];
  /** How old a plan may be, in milliseconds; at most LONGEST_BREAK_GLASS_MS counts. */
  readonly expiresAfterMs: number;
  /** How long there is to write the review, in milliseconds. */
  readonly reviewWithinMs: number;
}

export interface BreakGlassAttempt {
  readonly principal: Principal;
  readonly reason: string;
  readonly now: number;
  readonly access: AccessAnswer;
  /** Emergency starts of this person that nobody has reviewed yet. */
  readonly unreviewed: readonly PlanRecord[];
}

export type BreakGlassDecision =
  | { readonly kind: 'allow'; readonly reviewDueAt: number }
  | {
      readonly kind: 'refuse';
      readonly reason:
        | 'no_rule'
        | 'decided'
        | 'expired'
        | 'automation'
        | 'not_permitted'
        | 'other_team'
        | 'reason_missing'
        | 'review_missing';
      readonly message: string;
    };

/**
 * Decides whether one person may let a plan start without the approvals that it needs. Pure. It opens nothing that the
 * cluster forbids this person, and no guardrail.
 */
export function decideBreakGlass(
  record: PlanRecord,
  rule: BreakGlassRule | undefined,
  attempt: BreakGlassAttempt,
): BreakGlassDecision {
  const { principal, now } = attempt;
  if (record.status !== 'awaiting_approval') return refuse('decided', describeDecided(record));
  if (rule === undefined) {
    return refuse('no_rule', 'No team policy says who may break the glass. Ask for the approvals instead.');
  }
  if (principal.source === 'automation') {
    return refuse('automation', 'Only a person may break the glass.');
  }
  if (!isInTeam(principal, rule.teams)) {
    return refuse('other_team', `Only people of ${rule.teams.join(' or ')} may break the glass.`);
  }
  const { plan } = record;
  const oldestMs = Math.min(rule.expiresAfterMs, LONGEST_BREAK_GLASS_MS);
  if (now >= plan.expiresAt || now - plan.createdAt >= oldestMs) {
    return refuse('expired', 'The preview is too old for an emergency. Ask for the plan again.');
  }
  if (!attempt.access.allowed) return refuse('not_permitted', describeMissingRights(plan, attempt.access));
  if (attempt.reason.trim().length < SHORTEST_REASON) {
    return refuse('reason_missing', 'Say what the emergency is; the owner reads it at once.');
  }
  const [open] = attempt.unreviewed;
  if (open !== undefined) {
    const { id } = open.plan;
    return refuse('review_missing', `Write the review of ${id} first: review ${id} what happened and why.`);
  }
  return { kind: 'allow', reviewDueAt: now + rule.reviewWithinMs };
}

function refuse(
  reason: Extract<BreakGlassDecision, { kind: 'refuse' }>['reason'],
  message: string,
): BreakGlassDecision {
  return { kind: 'refuse', reason, message };
}
