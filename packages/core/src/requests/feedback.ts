import type { MessageId } from '../ids.ts';
import type { Principal } from '../principal.ts';

/** What may be wrong with an answer: `jamie audit` and evaluations count these. */
export const FEEDBACK_PROBLEMS = ['wrong', 'incomplete', 'unclear', 'too_long', 'too_slow', 'other'] as const;
export type FeedbackProblem = (typeof FEEDBACK_PROBLEMS)[number];

/** What somebody thinks of an answer. */
export interface Feedback {
  readonly messageId: MessageId;
  readonly principal: Principal;
  readonly verdict: 'helpful' | 'not_helpful';
  readonly problem?: FeedbackProblem;
  /** In the person's own words. */
  readonly comment?: string;
  readonly inboxId?: string;
}

/** `recorded` and `replaced` (their earlier verdict on the same answer) count; `unknown`: there is no such answer. */
export interface FeedbackResult {
  readonly kind: 'recorded' | 'replaced' | 'repeated' | 'unknown';
  /** What the person reads. */
  readonly message: string;
}
