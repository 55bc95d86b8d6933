/** Every wait and every size of the informer cache. */
export interface CacheLimits {
  /** How long one watch lives before the API server ends it and we open the next. */
  readonly watchSeconds: number;
  /** A watch without a single byte for so long is taken for dead. */
  readonly silenceMs: number;
  /** A kind that fails and was last heard of so long ago counts as unread. */
  readonly staleAfterMs: number;
  /** How often a kind is tried again that we may not read or that is not served. */
  readonly refusedRetryMs: number;
  readonly maxLineBytes: number;
  readonly eventsPerObject: number;
  readonly events: number;
}

/**
 * Short watches cost half a request per second for all kinds together, and buy two things: a bookmark at the end
 * of each, so that a quiet kind is never stale for long, and a dead socket that is noticed within 45 s.
 */
export const DEFAULT_CACHE_LIMITS: CacheLimits = {
  watchSeconds: 30,
  silenceMs: 45_000,
  staleAfterMs: 60_000,
  refusedRetryMs: 60_000,
  maxLineBytes: 16 * 1024 * 1024,
  eventsPerObject: 10,
  events: 5_000,
};
