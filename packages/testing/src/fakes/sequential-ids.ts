import type { IdSource } from '@jamie/core';

/** Ids that a test can foretell: `plan_1`, `plan_2`, `request_1`. */
export class SequentialIds implements IdSource {
  readonly #counts = new Map<string, number>();

  next(prefix: string): string {
    const count = (this.#counts.get(prefix) ?? 0) + 1;
    this.#counts.set(prefix, count);
    return `${prefix}_${count}`;
  }
}
