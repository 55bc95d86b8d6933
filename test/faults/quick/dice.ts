import { createHash } from 'node:crypto';

/** Chance that is the same each time for the same words. */
export interface Dice {
  /** From 0 up to but not including 1. */
  roll(): number;
  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number;
  /** True in this share of all cases. */
  chance(share: number): boolean;
  oneOf<Item>(items: readonly Item[]): Item;
}

/** Dice thrown by these words alone (mulberry32 over a hash of them). */
export function diceOf(...words: readonly (string | number)[]): Dice {
  let state = createHash('sha256').update(words.join('\n')).digest().readUInt32LE(0);
  const roll = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    roll,
    between: (least, most) => least + Math.floor(roll() * (most - least + 1)),
    chance: (share) => roll() < share,
    oneOf(items) {
      const item = items[Math.floor(roll() * items.length)];
      if (item === undefined) throw new Error('nothing to choose from');
      return item;
    },
  };
}
