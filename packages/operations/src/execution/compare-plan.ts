import type { ClusterReader, Digest, KubernetesIdentity, Plan, Step } from '@jamie/core';
import { type Comparison, compareTarget } from './compare-target.ts';
import { readLive } from './read-live.ts';

/** A step of a plan beside the live object: as previewed, moved, in effect, made anew, gone, or not to be read. */
export interface StepComparison {
  readonly step: Step;
  readonly live:
    | Comparison
    | { readonly kind: 'gone' }
    | { readonly kind: 'unreadable'; readonly reason: string };
}

/** Compares every target of a plan with what the cluster holds now, as somebody. Throws only what may pass by itself. */
export async function comparePlan(
  reader: ClusterReader,
  plan: Plan,
  as: KubernetesIdentity,
  digest: Digest,
): Promise<readonly StepComparison[]> {
  return Promise.all(
    plan.steps.map(async (step): Promise<StepComparison> => {
      const live = await readLive(reader, step.target.ref, as);
      return { step, live: live.kind === 'found' ? compareTarget(step, live.object, digest) : live };
    }),
  );
}
