import { canonicalJson } from '../canonical-json.ts';
import type { Digest } from '../digest.ts';
import { type ConversationId, type HealingCaseId, healingCaseIdOf, type PlanId } from '../ids.ts';
import type { ObjectRef } from '../kubernetes/object-ref.ts';
import type { Remediation } from './remediation.ts';

/**
 * Where a case is.
 * waiting: it was found and nothing runs; `reason` says what is waited for.
 * acting: the plan of its last attempt has not ended, or is a suggestion that nobody has decided.
 * escalated: people were told; nothing more happens by itself until somebody closes the case.
 * resolved: the fault has been gone for long enough.
 */
export const HEALING_STATUSES = ['waiting', 'acting', 'escalated', 'resolved'] as const;
export type HealingStatus = (typeof HEALING_STATUSES)[number];

/** How an attempt ended: the fault is gone, it stayed, the change was taken back, people said no, or nobody can tell. */
export const ATTEMPT_OUTCOMES = ['helped', 'did_not_help', 'taken_back', 'declined', 'unclear'] as const;
export type AttemptOutcome = (typeof ATTEMPT_OUTCOMES)[number];

/** One plan that was made by itself. Counts against the budget from the moment it is made, whatever becomes of it. */
export interface HealingAttempt {
  readonly planId: PlanId;
  readonly startedAt: number;
  /** `suggest`: people had to decide. */
  readonly level: 'suggest' | 'act';
  readonly endedAt?: number;
  readonly outcome?: AttemptOutcome;
}

/** Many faults at once, in which nothing is tried. Every case that it holds up carries it, so that people are told once. */
export interface HealingStorm {
  readonly place: 'namespace' | 'cluster';
  readonly since: number;
}

/** One fault of one object that may be healed, and everything that was tried. The budget lives here, so that it outlives us. */
export interface HealingCase {
  readonly id: HealingCaseId;
  readonly cluster: string;
  readonly subject: ObjectRef;
  readonly remediation: Remediation;
  /** The detection and its sentence as they were last seen. */
  readonly findingCode: string;
  readonly summary: string;
  readonly status: HealingStatus;
  /** Why it is where it is, in a sentence for people. */
  readonly reason: string;
  readonly firstSeenAt: number;
  readonly lastSeenAt: number;
  /** Oldest first; those that the budget still counts, and the last one. */
  readonly attempts: readonly HealingAttempt[];
  /** When the fault came back after it had gone; oldest first, those within the window of the budget. */
  readonly relapses: readonly number[];
  /** When somebody else was seen to change back what an attempt had changed. */
  readonly reverts: readonly number[];
  /** No attempt begins before this. */
  readonly notBefore: number;
  /** Since when the fault has not been seen; absent while it is. */
  readonly goneSince?: number;
  /** The storm that holds it up; absent outside of one. */
  readonly storm?: HealingStorm;
  /** Where its cards and its dossier go. */
  readonly conversationId: ConversationId;
  /** Grows by one with each change; every update is a compare-and-set on it. */
  readonly version: number;
}

/** What makes a case the same case: one remediation of one object on one cluster. */
export function caseIdOf(
  { cluster, subject, remediation }: Pick<HealingCase, 'cluster' | 'subject' | 'remediation'>,
  digest: Digest,
): HealingCaseId {
  const { kind, namespace, name } = subject;
  return healingCaseIdOf(
    digest(canonicalJson({ cluster, kind, namespace: namespace ?? null, name, remediation })),
  );
}
