/** Every wait and every size that a request may take. */
export interface TransportLimits {
  readonly connectMs: number;
  /** From the last byte of the request to the last header. */
  readonly headersMs: number;
  /** Between two chunks of a body. */
  readonly bodyIdleMs: number;
  /** One request with all its retries. Watches are exempt: the informer has its own limit on silence. */
  readonly totalMs: number;
  readonly maxBytes: number;
  /** How often a repeatable request is sent in all. */
  readonly attempts: number;
  /** The longest Retry-After that is waited for within one request. */
  readonly retryAfterMs: number;
  readonly connections: number;
}

/** 64 MiB holds a page of 500 objects of the largest size that etcd stores by default in practice (1.5 MiB is rare). */
export const DEFAULT_LIMITS: TransportLimits = {
  connectMs: 5_000,
  headersMs: 15_000,
  bodyIdleMs: 15_000,
  totalMs: 30_000,
  maxBytes: 64 * 1024 * 1024,
  attempts: 4,
  retryAfterMs: 8_000,
  connections: 48,
};
