/** Turns among all processes that write to the same place, each at its time. Fails like the store. */
export interface PostingPace {
  /**
   * Takes the next free turn for `key`: at least `intervalMs` after the turn before it. Returns how long to wait for it,
   * in milliseconds. A clock that was set back keeps nobody waiting longer than the turns before them need.
   */
  takeTurn(key: string, intervalMs: number): Promise<number>;
  /** Nobody gets a turn for `key` sooner than `delayMs` from now: Slack has asked for a pause. */
  pause(key: string, delayMs: number): Promise<void>;
}
