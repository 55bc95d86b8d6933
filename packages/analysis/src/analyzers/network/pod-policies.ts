import type { NetworkPolicyView, PodView } from '@jamie/core';
import { labelledPods } from '../../snapshot/labelled-pods.ts';
import { oncePerSnapshot } from '../../snapshot/once-per-snapshot.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { inStableOrder } from '../../snapshot/stable-order.ts';

/** The policies of a pod in each direction. An empty list leaves the direction open. */
export interface PodPolicies {
  readonly ingress: readonly NetworkPolicyView[];
  readonly egress: readonly NetworkPolicyView[];
}

const NONE: PodPolicies = { ingress: [], egress: [] };

/** The policies that nobody is deleting, in a stable order. */
export const livePolicies = oncePerSnapshot((index: SnapshotIndex): readonly NetworkPolicyView[] =>
  inStableOrder(index.snapshot.objects.NetworkPolicy).filter((policy) => policy.deletingSince === undefined),
);

const byPod = oncePerSnapshot((index: SnapshotIndex): ReadonlyMap<PodView, PodPolicies> => {
  const found = new Map<PodView, { ingress: NetworkPolicyView[]; egress: NetworkPolicyView[] }>();
  for (const policy of livePolicies(index)) {
    for (const pod of labelledPods(index).select(policy.namespace, policy.pods)) {
      const policies = found.get(pod) ?? { ingress: [], egress: [] };
      found.set(pod, policies);
      if (policy.ingress !== undefined) policies.ingress.push(policy);
      if (policy.egress !== undefined) policies.egress.push(policy);
    }
  }
  return found;
});

/** The policies that hold for a pod; none for one in the network of its node, where they have no effect. */
export function policiesOf(index: SnapshotIndex, pod: PodView): PodPolicies {
  return pod.spec.hostNetwork ? NONE : (byPod(index).get(pod) ?? NONE);
}

/** Whether a pod runs or is about to. */
export function isUnfinished(pod: PodView): boolean {
  return pod.phase === 'Running' || pod.phase === 'Pending';
}
