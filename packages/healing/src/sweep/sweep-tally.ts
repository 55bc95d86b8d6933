import type { SweepReport } from '../healing-context.ts';

type Counted = Exclude<keyof SweepReport, 'blind'>;

/** Counts what a sweep does. */
export class SweepTally {
  readonly #counts: Record<Counted, number> = {
    clusters: 0,
    faults: 0,
    opened: 0,
    attempts: 0,
    escalated: 0,
    resolved: 0,
    storms: 0,
    lost: 0,
    failed: 0,
  };
  readonly #blind = new Set<string>();

  add(what: Counted, count = 1): void {
    this.#counts[what] += count;
  }

  /** Why nothing is tried somewhere. */
  noteBlind(where: string, reason: string): void {
    this.#blind.add(`${where}: ${reason}`);
  }

  report(): SweepReport {
    return { ...this.#counts, blind: [...this.#blind] };
  }
}
