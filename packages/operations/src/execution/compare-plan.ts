import type { ClusterReader, Digest, KubernetesIdentity, Plan, Step } from '@jamie/core';
import { formatObjectRef } from '@jamie/core';
import { type Comparison, compareTarget } from './compare-target.ts';
import { type LiveObject, readLive } from './read-live.ts';

/** A step of a plan beside the live object: as previewed, moved, in effect, made anew, gone, or not to be read. */
export interface StepComparison {
  readonly step: Step;
  readonly live: Comparison | { readonly kind: 'unreadable'; readonly reason: string };
}

/**
 * Compares every target of a plan with what the cluster holds now, as somebody. A later step on the same object is left
 * out: it was previewed against what the earlier one leaves. Throws only what may pass by itself.
 */
export async function comparePlan(
  reader: ClusterReader,
  plan: Plan,
  as: KubernetesIdentity,
  digest: Digest,
): Promise<readonly StepComparison[]> {
  const compared: StepComparison[] = [];
  // One after the other: a drain may have as many targets as a node has pods.
  for (const step of firstStepsOf(plan)) {
    const live = await readLive(reader, step.target.ref, as);
    compared.push({ step, live: compareLive(step, live, digest) });
  }
  return compared;
}

/** The first step on each object of a plan. */
export function firstStepsOf({ steps }: Pick<Plan, 'steps'>): readonly Step[] {
  const seen = new Set<string>();
  return steps.filter(({ target }) => {
    const name = formatObjectRef(target.ref);
    return !seen.has(name) && seen.add(name);
  });
}

/** Compares a step with an object that was read, or could not be. Pure. */
export function compareLive(step: Step, live: LiveObject, digest: Digest): StepComparison['live'] {
  if (live.kind === 'unreadable') return live;
  return compareTarget(step, live.kind === 'found' ? live.object : undefined, digest);
}
