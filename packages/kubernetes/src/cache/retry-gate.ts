import { type Clock, OpsError } from '@jamie/core';
import { backoffMs } from './decide-recovery.ts';

/** Two requests a second at most while the cluster fails. */
const SPACING_MS = 500;
/** The longest pause between two probes, so that a cluster that is back is noticed within five seconds. */
const LONGEST_PROBE_MS = 4_500;

/** Permission to send one request; exactly one of the two is to be called with its outcome. */
export interface Admission {
  succeeded(): void;
  failed(retryAfterMs: number): void;
}

/**
 * Paces the informers of one cluster together. While the cluster answers, everybody passes. Once it fails, one
 * request at a time probes it with exponential pauses, and the first success lets everybody pass again.
 */
export class RetryGate {
  readonly #clock: Clock;
  readonly #random: () => number;
  // Nobody knows yet whether the cluster is there: the very first request is a probe too.
  #isDown = true;
  #isProbing = false;
  #isClosed = false;
  #failures = 0;
  #notBefore = 0;
  #lastEntryAt = Number.NEGATIVE_INFINITY;
  #waiters: (() => void)[] = [];

  constructor(clock: Clock, random: () => number) {
    this.#clock = clock;
    this.#random = random;
  }

  /** Waits for one's turn. Throws `cancelled` once the signal aborts or the gate is closed. */
  async enter(signal: AbortSignal): Promise<Admission> {
    for (;;) {
      if (this.#isClosed || signal.aborted) throw new OpsError('cancelled', 'the informer was stopped');
      const now = this.#clock.now();
      if (!this.#isDown) return this.#admit(now, false);
      if (this.#isProbing) {
        await this.#change();
        continue;
      }
      const waitMs = Math.max(this.#notBefore, this.#lastEntryAt + SPACING_MS) - now;
      if (waitMs <= 0) return this.#admit(now, true);
      await this.#clock.sleep(waitMs, signal);
    }
  }

  /** Tells of a failure outside an admission: a stream that broke after it had been opened. */
  reportFailure(retryAfterMs: number): void {
    this.#fail(retryAfterMs, !this.#isDown);
  }

  /** Lets everybody who waits go, with `cancelled`. */
  close(): void {
    this.#isClosed = true;
    this.#notify();
  }

  #admit(now: number, isProbe: boolean): Admission {
    this.#lastEntryAt = now;
    this.#isProbing = isProbe;
    return {
      succeeded: () => this.#succeed(isProbe),
      failed: (retryAfterMs) => {
        // Of many requests that fail together only the first counts, or the pauses would jump to their maximum.
        const counts = isProbe || !this.#isDown;
        if (isProbe) this.#isProbing = false;
        this.#fail(retryAfterMs, counts);
      },
    };
  }

  #succeed(isProbe: boolean): void {
    if (isProbe) this.#isProbing = false;
    this.#isDown = false;
    this.#failures = 0;
    this.#notify();
  }

  #fail(retryAfterMs: number, counts: boolean): void {
    const now = this.#clock.now();
    if (counts) {
      this.#failures += 1;
      this.#isDown = true;
      this.#notBefore = now + backoffMs(this.#failures, this.#random(), LONGEST_PROBE_MS);
    }
    this.#notBefore = Math.max(this.#notBefore, now + retryAfterMs);
    this.#notify();
  }

  #change(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiters.push(resolve);
    });
  }

  #notify(): void {
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const wake of waiters) wake();
  }
}
