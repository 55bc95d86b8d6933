import type { Installation } from '@jamie/core';

export type RotationDecision =
  | { readonly kind: 'keep'; readonly reason: 'does_not_expire' | 'fresh' }
  /** `isUsable`: until the next one is there, this one still works. */
  | { readonly kind: 'rotate'; readonly reason: 'ends_soon' | 'ended'; readonly isUsable: boolean }
  | { readonly kind: 'lost'; readonly reason: 'no_refresh_token' };

/** A token of Slack's lives twelve hours; some minutes leave room for an outage of either side. */
export const ROTATE_AHEAD_MS = 10 * 60_000;

/** Decides what becomes of a workspace's token before it is used. Pure. */
export function decideRotation(
  installation: Pick<Installation, 'expiresAt' | 'refreshToken'>,
  now: number,
): RotationDecision {
  const { expiresAt, refreshToken } = installation;
  if (expiresAt === undefined) return { kind: 'keep', reason: 'does_not_expire' };
  if (now < expiresAt - ROTATE_AHEAD_MS) return { kind: 'keep', reason: 'fresh' };
  const isUsable = now < expiresAt;
  if (refreshToken !== undefined)
    return { kind: 'rotate', reason: isUsable ? 'ends_soon' : 'ended', isUsable };
  return isUsable ? { kind: 'keep', reason: 'fresh' } : { kind: 'lost', reason: 'no_refresh_token' };
}
