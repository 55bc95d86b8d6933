import type { ObjectView, PodView } from '@jamie/core';
import { oncePerSnapshot } from '../../snapshot/once-per-snapshot.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { isUnfinished, policiesOf } from './pod-policies.ts';

/** What runs pods that no policy closes in one direction or both. */
export interface Unsecured {
  readonly view: ObjectView;
  readonly pod: PodView;
  readonly ingress: boolean;
  readonly egress: boolean;
}

/** One for each workload, or for each owner or pod where there is none. Pods in the network of their node have no policies. */
export const unsecuredPods = oncePerSnapshot((index: SnapshotIndex): readonly Unsecured[] => {
  const found = new Map<string, Unsecured>();
  for (const pod of index.pods) {
    if (!isUnfinished(pod) || pod.spec.hostNetwork) continue;
    const view = index.workloadOf(pod) ?? pod;
    const key = view === pod ? (pod.owner?.uid ?? pod.uid) : view.uid;
    if (found.has(key)) continue;
    const { ingress, egress } = policiesOf(index, pod);
    if (ingress.length === 0 || egress.length === 0)
      found.set(key, { view, pod, ingress: ingress.length === 0, egress: egress.length === 0 });
  }
  return [...found.values()];
});
