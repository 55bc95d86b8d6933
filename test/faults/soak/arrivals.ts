import type { Dice } from '../quick/dice.ts';

/** The pauses between things that happen by themselves and know nothing of each other (Poisson): exponential, in milliseconds. */
export function nextArrivalMs(dice: Pick<Dice, 'roll'>, meanMs: number): number {
  return -Math.log(1 - dice.roll()) * meanMs;
}
