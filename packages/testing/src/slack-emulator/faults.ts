import { seededRandom } from './seeded-random.ts';

/** What goes wrong with a call of the Web API, an upload or an answer to a response URL. */
export type ApiFault =
  | { readonly kind: 'rate_limited'; readonly retryAfterSeconds: number }
  | { readonly kind: 'error'; readonly error: string }
  | { readonly kind: 'http_status'; readonly status: number }
  /** The connection is cut before the call has any effect. */
  | { readonly kind: 'reset' }
  /** The call has its effect, and then the connection is cut before the answer. */
  | { readonly kind: 'lost_response' }
  | { readonly kind: 'slow'; readonly delayMs: number };

/** Faults that come by chance, but the same ones for the same seed and the same order of calls. */
export interface RandomFaults {
  /** Default: every method. */
  readonly method?: string;
  /** Which share of the calls fails, from 0 to 1. */
  readonly share: number;
  readonly seed: number;
  /** One of these each time. */
  readonly kinds: readonly ApiFault[];
}

/** Faults that tests have ordered. */
export class ApiFaults {
  readonly #queues = new Map<string, ApiFault[]>();
  #random: { readonly order: RandomFaults; readonly next: () => number }[] = [];

  /** The next calls of a method fail so. */
  order(method: string, fault: ApiFault, times: number): void {
    const queue = this.#queues.get(method) ?? [];
    for (let count = 0; count < times; count += 1) queue.push(fault);
    this.#queues.set(method, queue);
  }

  /** From now on calls fail by chance, in addition to what was ordered before. */
  orderRandomly(order: RandomFaults): void {
    this.#random.push({ order, next: seededRandom(order.seed) });
  }

  /** Nothing fails any more. */
  clear(): void {
    this.#queues.clear();
    this.#random = [];
  }

  /** How many were ordered and have met no call yet. */
  get ordered(): number {
    return [...this.#queues.values()].reduce((sum, queue) => sum + queue.length, 0);
  }

  take(method: string): ApiFault | undefined {
    return this.#queues.get(method)?.shift() ?? this.#takeByChance(method);
  }

  #takeByChance(method: string): ApiFault | undefined {
    for (const { order, next } of this.#random) {
      if (order.method !== undefined && order.method !== method) continue;
      if (next() >= order.share) continue;
      return order.kinds[Math.floor(next() * order.kinds.length)];
    }
    return undefined;
  }
}
