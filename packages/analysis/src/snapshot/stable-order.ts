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
  return [...views].sort(compareViews);
}

/**
 * Views by key. Of several with one key, which only hostile input has, the same one is kept however they arrived.
 */
export function keyStably<T extends ObjectView>(
  views: readonly T[],
  keyOf: (view: T) => string,
): ReadonlyMap<string, T> {
  const byKey = new Map<string, T>();
  for (const view of views) {
    const key = keyOf(view);
    const known = byKey.get(key);
    if (known === undefined || compareViews(view, known) > 0) byKey.set(key, view);
  }
  return byKey;
}

function compareViews(left: ObjectView, right: ObjectView): number {
  return (
    compareText(left.namespace, right.namespace) ||
    compareText(left.name, right.name) ||
    compareText(left.uid, right.uid) ||
    // Two objects never share all three; written out only to settle what hostile input leaves open.
    compareText(JSON.stringify(left), JSON.stringify(right))
  );
}
