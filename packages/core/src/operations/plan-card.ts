import type { PlanId } from '../ids.ts';
import type { RiskTier } from './plan.ts';
import type { PlanStatus } from './plan-record.ts';

/** Everything a surface shows of a plan, rendered from the record and nothing else. Plain text throughout. */
export interface PlanCard {
  readonly planId: PlanId;
  readonly planHash: string;
  readonly headline: string;
  readonly status: PlanStatus;
  readonly tier: RiskTier;
  /** One sentence: what is happening or how it ended. */
  readonly statusLine: string;
  /** Why there is a plan that nobody asked for: what was found, the case, and which attempt it is. */
  readonly healing?: string;
  /** Label and value pairs: runs as, affects, risk, rollback, expires, watched. */
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  readonly diff: string;
  readonly warnings: readonly string[];
  readonly votes: readonly string[];
  /** What a person may do now. */
  readonly actions: readonly ('approve' | 'edit' | 'deny' | 'undo')[];
}
