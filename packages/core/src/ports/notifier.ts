import type { OpsError } from '../errors.ts';
import type { SlackDelivery } from '../requests/conversation.ts';
import type { ShownMessage } from './desk.ts';

/** What is known about an attempt to show a message. */
export interface ShowAttempt {
  /** Nobody has tried before, so that no post of ours can be there already. Default: somebody may have. */
  readonly isFirst?: boolean;
  /** Somebody waits for it. Default: yes. */
  readonly isUrgent?: boolean;
}

/** Where a message stands now. */
export interface ShownPlace
  extends Pick<SlackDelivery, 'channelId' | 'movedBecause' | 'parts' | 'permalink' | 'isDigest'> {
  /** The platform's timestamp of the message, or of its first part. */
  readonly ts: string;
  /** A part or a file is still missing, and trying again may bring it. */
  readonly failure?: OpsError;
}

/**
 * Makes a chat platform show a message in its present version: posts it once, repaints it from then on. Safe to
 * repeat: a post whose response was lost is found again before another is sent. Where the channel does not take it, it
 * goes to the person who asked. An error that is not retryable means that nobody can be told.
 * Fails with: not_found (channel gone), forbidden, rate_limited (with retryAfterMs; nothing was posted; details.waitsFor
 * is `channel` where only others' posts in the same channel are in the way), timeout, unavailable, internal.
 */
export interface Notifier {
  show(shown: ShownMessage, attempt?: ShowAttempt): Promise<ShownPlace>;
  /** How long there is no turn to post this message, in milliseconds; 0: now is as good as ever. Changes nothing. */
  findPostWait(shown: ShownMessage, isUrgent: boolean): Promise<number>;
  /** Posts one message that lists these, which all wait for the same channel, each with its link. Fails like show. */
  showDigest(messages: readonly ShownMessage[]): Promise<ShownPlace>;
}
