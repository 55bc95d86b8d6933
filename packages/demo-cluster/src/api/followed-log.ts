import { logOf, type TimedLine } from '../kubelet/container-log.ts';
import type { Life } from '../kubelet/container-record.ts';
import { formatNanoTime } from '../time.ts';

interface FollowOptions {
  /** What was written already, as far as it was asked for. */
  readonly first: readonly TimedLine[];
  /** The moment up to which `first` goes. */
  readonly now: number;
  /** The container's life that is followed, or undefined once it is forgotten. */
  readonly present: () => Life | undefined;
  readonly withTimes: boolean;
  readonly limitBytes: number | undefined;
}

/** One container's log as it grows, until its life ends or the limit is reached; a next life is not followed. */
export class FollowedLog {
  readonly #options: FollowOptions;
  #pending: readonly TimedLine[];
  #seenUntil: number;
  #bytesLeft: number;
  #isOver = false;

  constructor(options: FollowOptions) {
    this.#options = options;
    this.#pending = options.first;
    this.#seenUntil = options.now;
    this.#bytesLeft = options.limitBytes ?? Number.POSITIVE_INFINITY;
  }

  /** Whether nothing more will come. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** What was written since the last call. */
  next(now: number): string {
    const { present, withTimes } = this.#options;
    const life = present();
    const grown = life === undefined ? [] : logOf(life, now).filter(({ at }) => at > this.#seenUntil);
    const text = cutBytes(formatLines([...this.#pending, ...grown], withTimes), this.#bytesLeft);
    this.#pending = [];
    this.#seenUntil = now;
    this.#bytesLeft -= Buffer.byteLength(text);
    this.#isOver = life?.endedAt !== undefined || life === undefined || this.#bytesLeft <= 0;
    return text;
  }
}

/** Lines as the kubelet sends them, each with its time before it if asked for. */
export function formatLines(lines: readonly TimedLine[], withTimes: boolean): string {
  return lines.map((line) => `${withTimes ? `${formatNanoTime(line.at)} ` : ''}${line.text}\n`).join('');
}

/** The first bytes of a text. */
export function cutBytes(text: string, limitBytes: number | undefined): string {
  if (limitBytes === undefined || !Number.isFinite(limitBytes)) return text;
  return Buffer.from(text).subarray(0, limitBytes).toString('utf8');
}
