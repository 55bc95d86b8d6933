import type { Clock } from '@jamie/core';

/** What somebody holds; `token` is another one after every renewal. */
export interface HeldLease {
  readonly id: string;
  readonly token: string;
}

interface SeenLease {
  readonly token: string;
  /** How long had been watched in all when it was first seen. */
  readonly seenAt: number;
}

/** What one look adds to the time watched, at most, as a share of the lease. */
const MOST_PER_LOOK = 1 / 3;

/**
 * Tells who lives by watching: a lease is over once it was seen not to be renewed for its whole length, by this
 * watcher's own count of what passes. No clock that is set, here or in another process, ends a lease; and a watcher
 * that stood still itself has not watched meanwhile: each look counts for a third of the lease at most.
 */
export class LeaseWatch {
  readonly #clock: Clock;
  #seen: ReadonlyMap<string, SeenLease> = new Map();
  #lookedAt: number;
  #watchedMs = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#lookedAt = this.#elapsed();
  }

  /** Takes all leases that there are now; returns the ids of those that are not over. */
  living(leases: readonly HeldLease[], leaseMs: number): ReadonlySet<string> {
    const lookedAt = this.#elapsed();
    this.#watchedMs += Math.min(lookedAt - this.#lookedAt, leaseMs * MOST_PER_LOOK);
    this.#lookedAt = lookedAt;
    const now = this.#watchedMs;
    this.#seen = new Map(
      leases.map(({ id, token }) => {
        const known = this.#seen.get(id);
        return [id, known?.token === token ? known : { token, seenAt: now }];
      }),
    );
    return new Set([...this.#seen].filter(([, { seenAt }]) => now - seenAt < leaseMs).map(([id]) => id));
  }

  #elapsed(): number {
    return this.#clock.elapsed?.() ?? this.#clock.now();
  }
}
