import type { Clock } from '@jamie/core';

/** What somebody holds; `token` is another one after every renewal. */
export interface HeldLease {
  readonly id: string;
  readonly token: string;
}

interface SeenLease {
  readonly token: string;
  readonly seenAt: number;
}

/**
 * Tells who lives by watching: a lease is over once it was seen not to be renewed for its whole length, by this
 * watcher's own count of what passes. No clock that is set, here or in another process, ends a lease.
 */
export class LeaseWatch {
  readonly #clock: Clock;
  #seen: ReadonlyMap<string, SeenLease> = new Map();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Takes all leases that there are now; returns the ids of those that are not over. */
  living(leases: readonly HeldLease[], leaseMs: number): ReadonlySet<string> {
    const now = this.#clock.elapsed?.() ?? this.#clock.now();
    this.#seen = new Map(
      leases.map(({ id, token }) => {
        const known = this.#seen.get(id);
        return [id, known?.token === token ? known : { token, seenAt: now }];
      }),
    );
    return new Set([...this.#seen].filter(([, { seenAt }]) => now - seenAt < leaseMs).map(([id]) => id));
  }
}
