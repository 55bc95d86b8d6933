/** Time, injected. Wall-clock milliseconds since 1970; nothing of ours calls Date.now or setTimeout directly. */
export interface Clock {
  now(): number;
  /** Resolves after the time, or rejects with `cancelled` as soon as the signal aborts. */
  sleep(durationMs: number, signal?: AbortSignal): Promise<void>;
  /** Milliseconds since a moment of no meaning; setting the clock does not move it. Absent: only now() is known. */
  elapsed?(): number;
}
