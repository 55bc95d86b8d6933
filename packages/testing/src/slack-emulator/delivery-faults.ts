import { seededRandom } from './seeded-random.ts';

/** Bad weather between Slack and the app. The same seed brings the same weather for the same deliveries. */
export interface Weather {
  readonly seed: number;
  /** The share of deliveries that come twice, from 0 to 1. */
  readonly duplicateShare?: number;
  /** The share of deliveries that come after the one behind them. */
  readonly reorderShare?: number;
  /** The share of acknowledgements that Slack never sees, so that the delivery comes again. */
  readonly dropAckShare?: number;
}

type Share = 'duplicateShare' | 'reorderShare' | 'dropAckShare';

/** What goes wrong with deliveries: what a test has ordered, and what the weather brings. */
export class DeliveryFaults {
  #duplicates = 0;
  #cuts = 0;
  #batch = 0;
  #ignoresAcks = false;
  #weather: { readonly shares: Weather; readonly next: () => number } | undefined;

  /** The next deliveries come twice. */
  duplicateNext(count = 1): void {
    this.#duplicates += count;
  }

  /** The connection breaks at the next acknowledgement, which Slack does not see. */
  dropAtNextAck(): void {
    this.#cuts += 1;
  }

  /** The next `count` deliveries arrive last first. */
  reorderNext(count = 2): void {
    this.#batch = count;
  }

  /** Until told otherwise, Slack sees no acknowledgement at all. */
  ignoreAcks(ignores = true): void {
    this.#ignoresAcks = ignores;
  }

  /** Bad weather from now on; without a word it clears up. */
  chaos(weather?: Weather): void {
    this.#weather = weather === undefined ? undefined : { shares: weather, next: seededRandom(weather.seed) };
  }

  takeDuplicate(): boolean {
    if (this.#duplicates === 0) return this.#happens('duplicateShare');
    this.#duplicates -= 1;
    return true;
  }

  /** How many deliveries are gathered before they are sent, last first; 1 when nothing is held back. */
  takeBatch(): number {
    const ordered = this.#batch;
    this.#batch = 0;
    if (ordered > 1) return ordered;
    return this.#happens('reorderShare') ? 2 : 1;
  }

  /** What becomes of an acknowledgement that has come. */
  takeAckFault(): 'none' | 'cut' | 'lost' {
    if (this.#ignoresAcks) return 'lost';
    if (this.#cuts > 0) {
      this.#cuts -= 1;
      return 'cut';
    }
    return this.#happens('dropAckShare') ? 'lost' : 'none';
  }

  #happens(share: Share): boolean {
    if (this.#weather === undefined) return false;
    const { shares, next } = this.#weather;
    // Drawn also where the share is nothing, so that one share does not change what another brings.
    return next() < (shares[share] ?? 0);
  }
}
