import type { BallotResult } from '@jamie/core';
import type { ApiResult } from './api-client.ts';

/**
 * What the person at this page is doing with a card; the card itself says how the plan stands.
 * `voted`: counted for this hash. One person has one vote, so that no further click can help.
 */
export type CardActivity =
  | { readonly kind: 'idle' }
  | { readonly kind: 'denying' }
  | { readonly kind: 'sending'; readonly decision: 'approve' | 'deny' }
  | { readonly kind: 'voted'; readonly planHash: string; readonly message: string }
  | { readonly kind: 'refused'; readonly message: string };

/** The activity once the vote has come back. A vote that nobody answered may be given again: it counts once. */
export function activityAfterVote(result: ApiResult<BallotResult>, planHash: string): CardActivity {
  switch (result.kind) {
    case 'ok':
      return result.value.kind === 'counted'
        ? { kind: 'voted', planHash, message: result.value.message }
        : { kind: 'refused', message: result.value.message };
    case 'signed_out':
      return { kind: 'refused', message: 'You are signed out, so your vote did not count.' };
    case 'unreachable':
      return {
        kind: 'refused',
        message: `${result.message} It is not known whether your vote arrived; you can vote again.`,
      };
    case 'rejected':
      return { kind: 'refused', message: result.message };
  }
}

/** Whether a click may be sent now. */
export function canVote(activity: CardActivity, planHash: string): boolean {
  if (activity.kind === 'sending') return false;
  return activity.kind !== 'voted' || activity.planHash !== planHash;
}
