import { randomSource } from '../faults/shuffle.ts';

/** Choices that follow from a seed. */
export interface Dice {
  /** A whole number from 0 and below the limit. */
  below(limit: number): number;
  /** One of the items. Throws RangeError when there is none. */
  pick<Item>(items: readonly Item[]): Item;
}

/** The same choices for the same seed. */
export function createDice(seed: number): Dice {
  const next = randomSource(seed);
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    below,
    pick: (items) => {
      const item = items[below(items.length)];
      if (item === undefined) throw new RangeError('nothing to pick from');
      return item;
    },
  };
}
