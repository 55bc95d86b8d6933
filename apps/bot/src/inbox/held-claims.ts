import {
  type ClaimedDelivery,
  type Clock,
  type Inbox,
  isOpsError,
  type Logger,
  toOpsError,
} from '@jamie/core';

export interface HeldClaimsOptions {
  readonly inbox: Inbox;
  readonly owner: string;
  readonly leaseMs: number;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** The deliveries that this process has claimed, kept for as long as it lives. */
export class HeldClaims {
  readonly #options: HeldClaimsOptions;
  readonly #held = new Set<string>();
  readonly #ended = new AbortController();
  #renewing: Promise<void> | undefined;
  #renewedAt = 0;

  constructor(options: HeldClaimsOptions) {
    this.#options = options;
  }

  /** Claims what is open, until this process holds `most` deliveries. */
  async claim(most: number): Promise<readonly ClaimedDelivery[]> {
    const { inbox, owner, leaseMs } = this.#options;
    const claimed = await inbox.claim(owner, most - this.#held.size, leaseMs);
    if (claimed.length === 0) return claimed;
    if (this.#held.size === 0) this.#renewedAt = this.#elapsed();
    for (const { delivery } of claimed) this.#held.add(delivery.id);
    this.#renewing ??= this.#keepRenewing();
    return claimed;
  }

  /** Whether nobody else can have taken the delivery over: a process that stood still for a lease has lost it. */
  async isHeld(id: string): Promise<boolean> {
    if (this.#elapsed() - this.#renewedAt > this.#options.leaseMs / 2) await this.#renew();
    return this.#held.has(id);
  }

  forget(id: string): void {
    this.#held.delete(id);
  }

  /** Gives back what was not finished; nothing is claimed afterwards. */
  async release(): Promise<void> {
    this.#ended.abort();
    await this.#renewing;
    await this.#options.inbox.release(this.#options.owner);
  }

  async #keepRenewing(): Promise<void> {
    const { clock, leaseMs, logger } = this.#options;
    while (!this.#ended.signal.aborted && this.#held.size > 0) {
      try {
        await clock.sleep(leaseMs / 3, this.#ended.signal);
        await this.#renew();
      } catch (error) {
        if (!isOpsError(error, 'cancelled'))
          logger.warn('inbox claims could not be renewed', { err: toOpsError(error) });
      }
    }
    this.#renewing = undefined;
  }

  async #renew(): Promise<void> {
    const { inbox, owner, leaseMs } = this.#options;
    const before = [...this.#held];
    const startedAt = this.#elapsed();
    const kept = await inbox.renew(owner, leaseMs);
    this.#renewedAt = startedAt;
    for (const id of before) if (!kept.has(id)) this.#held.delete(id);
  }

  #elapsed(): number {
    const { clock } = this.#options;
    return clock.elapsed?.() ?? clock.now();
  }
}
