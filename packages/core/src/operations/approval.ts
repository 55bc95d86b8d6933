import type { PlanId } from '../ids.ts';
import type { Signature } from '../ports/signer.ts';
import type { Principal } from '../principal.ts';

/** What lets a plan start: votes, one person in an emergency, or a rule of the team for changes made by itself. */
export const APPROVAL_BASES = ['quorum', 'break_glass', 'autonomy'] as const;
export type ApprovalBasis = (typeof APPROVAL_BASES)[number];

/** One approval that counted. */
export interface CountedApproval {
  readonly principalId: string;
  /** The Kubernetes user whose rights were asked about. */
  readonly user: string;
  /** The principal who had asked the voter to stand in for them. */
  readonly onBehalfOf?: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** Everything that a decision to start a plan is bound to. Its canonical JSON is what is signed. */
export interface ApprovalStatement {
  readonly planId: PlanId;
  readonly planHash: string;
  readonly cluster: string;
  /** The uids of the objects, step by step; null where there was none. */
  readonly uids: readonly (string | null)[];
  readonly policyVersion: string;
  readonly requesterId: string;
  readonly expiresAt: number;
  readonly basis: ApprovalBasis;
  readonly approvals: readonly CountedApproval[];
  readonly decidedAt: number;
}

/** A decision that nobody without the key can have made up, and that holds for this one plan as it was shown. */
export interface SignedApproval {
  readonly statement: ApprovalStatement;
  readonly signature: Signature;
}

/** One person let a plan start in an emergency. A review has to be written. */
export interface BreakGlass {
  readonly by: Principal;
  readonly reason: string;
  readonly at: number;
  readonly reviewDueAt: number;
  readonly review?: { readonly by: Principal; readonly text: string; readonly at: number };
}

/** Somebody stands in for somebody else's approvals for a while. */
export interface Delegation {
  readonly id: string;
  readonly from: Principal;
  readonly to: Principal;
  readonly reason: string;
  readonly at: number;
  readonly until: number;
  /** Grows with each change; the end of a delegation before its time is a change of `until`. */
  readonly version: number;
}
