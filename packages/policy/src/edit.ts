import type { AccessAnswer, PlanRecord, Principal } from '@jamie/core';
import { describeDecided, describeMissingRights } from './wording.ts';

/** Somebody who wants to change the parameters of a plan. */
export interface EditAttempt {
  readonly principal: Principal;
  readonly now: number;
  /** Whether the cluster itself would let this person make the change. */
  readonly access: AccessAnswer;
}

export type EditDecision =
  | { readonly kind: 'allow' }
  | {
      readonly kind: 'refuse';
      readonly reason: 'decided' | 'expired' | 'not_permitted';
      readonly message: string;
    };

/**
 * Decides whether somebody may replace a plan by an edited one. Pure. Only a plan that waits for a decision can be
 * edited: by its requester, and by whoever might vote on it.
 */
export function decideEdit(record: PlanRecord, attempt: EditAttempt): EditDecision {
  const { plan } = record;
  if (record.status !== 'awaiting_approval') {
    return { kind: 'refuse', reason: 'decided', message: describeDecided(record) };
  }
  if (attempt.now >= plan.expiresAt) {
    const message = 'The plan expired before you edited it. Ask for it again.';
    return { kind: 'refuse', reason: 'expired', message };
  }
  if (attempt.principal.id === plan.requester.id || attempt.access.allowed) return { kind: 'allow' };
  const message = describeMissingRights(plan, attempt.access);
  return { kind: 'refuse', reason: 'not_permitted', message };
}
