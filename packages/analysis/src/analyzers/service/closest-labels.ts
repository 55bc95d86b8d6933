import type { PodView } from '@jamie/core';

/** The pod that comes closest to a selector, and the pairs by which it misses. */
export interface ClosestLabels {
  readonly pod: PodView;
  readonly matched: number;
  /** `app=chekout (the pod has app=checkout)`. */
  readonly misses: readonly string[];
}

/**
 * Finds among pods the one that satisfies most of a selector. A pod that shares no pair counts only when it has one
 * of the keys with another value.
 */
export function findClosestLabels(
  pods: readonly PodView[],
  selector: Readonly<Record<string, string>>,
): ClosestLabels | undefined {
  let best: { readonly candidate: ClosestLabels; readonly score: number } | undefined;
  for (const pod of pods) {
    const candidate = compare(pod, selector);
    const score = candidate.matched * 1_000 + closeness(pod, selector);
    if (score > 0 && (best === undefined || score > best.score)) best = { candidate, score };
  }
  return best?.candidate;
}

function compare(pod: PodView, selector: Readonly<Record<string, string>>): ClosestLabels {
  const pairs = Object.entries(selector).sort(([left], [right]) => (left < right ? -1 : 1));
  const missed = pairs.filter(([key, value]) => pod.labels[key] !== value);
  return {
    pod,
    matched: pairs.length - missed.length,
    misses: missed.map(([key, value]) =>
      Object.hasOwn(pod.labels, key)
        ? `${key}=${value} (the pod has ${key}=${pod.labels[key]})`
        : `${key}=${value} (the pod has no ${key})`,
    ),
  };
}

/** Of the values that differ, how alike they are: words in common, then what they start with in common. */
function closeness(pod: PodView, selector: Readonly<Record<string, string>>): number {
  return Object.entries(selector).reduce((sum, [key, value]) => {
    if (!Object.hasOwn(pod.labels, key)) return sum;
    const other = pod.labels[key] ?? '';
    return sum + 1 + 10 * commonWords(value, other) + commonPrefix(value, other);
  }, 0);
}

function commonWords(left: string, right: string): number {
  const words = new Set(right.split(/[-._]/));
  return left.split(/[-._]/).filter((word) => words.has(word)).length;
}

function commonPrefix(left: string, right: string): number {
  let length = 0;
  while (length < Math.min(left.length, right.length) && left[length] === right[length]) length += 1;
  return length;
}
