import type { MessageId } from '../ids.ts';

/** How a turn may be taken. */
export interface TurnLimits {
  /** A turn that would come later than this, in milliseconds, is not taken. Default: any turn is. */
  readonly withinMs?: number;
  /** How many turns may be taken at once after a quiet time. Default 1: each keeps its distance. */
  readonly burst?: number;
}

/** Turns among all processes that write to the same place, each at its time. Fails like the store. */
export interface PostingPace {
  /**
   * Takes the next free turn for `key`: at least `intervalMs` after the turn before it. Returns how long to wait for it,
   * in milliseconds; longer than `withinMs` means that none was taken. A clock that was set back keeps nobody waiting
   * longer than the turns before them need.
   */
  takeTurn(key: string, intervalMs: number, limits?: TurnLimits): Promise<number>;
  /** Nobody gets a turn for `key` sooner than `delayMs` from now: Slack has asked for a pause. */
  pause(key: string, delayMs: number): Promise<void>;
}

/** A message that waits to be posted. */
export interface WaitingPost {
  readonly messageId: MessageId;
  /** Somebody waits for it: it goes before what nobody does. */
  readonly isUrgent: boolean;
  /** It may stand in one message together with others. */
  readonly mayRollUp: boolean;
}

/** What stands in line besides a message. */
export interface PlaceInLine {
  /** How many go before it. */
  readonly ahead: number;
  /** How many, itself included, may be rolled up. */
  readonly rollable: number;
}

/**
 * The messages that wait to be posted to the same channel, among all processes. It orders and gathers; each message
 * has a job of its own, so that nothing is lost with a place. Fails like the store.
 */
export interface PostingLine {
  /** Takes a place at the end of the line, or keeps the one taken before. */
  wait(key: string, post: WaitingPost): Promise<PlaceInLine>;
  /** Those that may be rolled up, in their order; at most `limit`. */
  listRollable(key: string, limit: number): Promise<readonly MessageId[]>;
  /** They wait no longer. */
  leave(key: string, messageIds: readonly MessageId[]): Promise<void>;
}
