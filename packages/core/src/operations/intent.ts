import type { IntentId, PlanId } from '../ids.ts';

export type IntentOutcome =
  | { readonly kind: 'applied'; readonly resourceVersion: string }
  /** Observed to be in effect already: nothing was sent, or what was sent before had arrived. */
  | { readonly kind: 'already_applied'; readonly resourceVersion: string }
  | { readonly kind: 'not_applied'; readonly reason: string };

/** Written before a request is sent, completed after. One per plan, phase and step. */
export interface Intent {
  readonly id: IntentId;
  readonly planId: PlanId;
  readonly phase: 'execute' | 'rollback';
  readonly stepId: string;
  readonly epoch: number;
  readonly at: number;
  readonly outcome?: IntentOutcome;
  readonly completedAt?: number;
}
