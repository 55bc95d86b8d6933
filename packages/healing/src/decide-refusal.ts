/** What was refused because the world is not as it was seen is looked at again after this. */
const LOOK_AGAIN_MS = 5 * 60_000;

export type RefusalDecision =
  | { readonly kind: 'wait'; readonly untilMs: number; readonly reason: string }
  | { readonly kind: 'escalate'; readonly reason: string };

/** The object has changed or gone since it was looked at: the next sight of it will tell. */
const PASSING: ReadonlySet<string> = new Set(['no_change', 'not_found']);

/**
 * What becomes of a case whose plan was refused: no plan was made, so nothing counts against its budget, and what stays
 * refused is for people at once. The message says what, why and what to do, the manager's advice included. Pure.
 */
export function decideRefusal(
  { reason, message }: { readonly reason: string; readonly message: string },
  now: number,
): RefusalDecision {
  if (PASSING.has(reason)) return { kind: 'wait', untilMs: now + LOOK_AGAIN_MS, reason: message };
  return { kind: 'escalate', reason: `It cannot be done by itself. ${message}` };
}
