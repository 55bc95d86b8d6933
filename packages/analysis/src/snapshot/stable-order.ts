import type { ObjectView } from '@jamie/core';

/** Orders texts by UTF-16 code unit: the same on every machine, unlike a locale's order. */
export function compareText(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

/** Orders numbers; what is not a number counts as 0, so that hostile input cannot unsettle a sort. */
export function compareNumbers(left: number, right: number): number {
  return (Number.isNaN(left) ? 0 : left) - (Number.isNaN(right) ? 0 : right) || 0;
}

/** A copy in an order that does not depend on how the objects arrived. */
export function inStableOrder<T extends ObjectView>(views: readonly T[]): readonly T[] {
  return [...views].sort(
    (left, right) =>
      compareText(left.namespace, right.namespace) ||
      compareText(left.name, right.name) ||
      compareText(left.uid, right.uid) ||
      compareText(JSON.stringify(left), JSON.stringify(right)),
  );
}
