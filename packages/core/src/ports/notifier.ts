import type { ShownMessage } from './desk.ts';

/**
 * Makes a chat platform show a message in its present version: posts it once, repaints it from then on. Safe to
 * repeat: a post whose response was lost is found again before another is sent.
 * Fails with: not_found (channel or message gone), forbidden, rate_limited (with retryAfterMs), timeout, unavailable.
 */
export interface Notifier {
  /** Returns the platform's message timestamp. */
  show(shown: ShownMessage): Promise<{ readonly ts: string }>;
}
