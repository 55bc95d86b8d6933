import type { ObjectRef, PodView, WorkloadView } from '@jamie/core';
import { refOf } from '../../snapshot/ref-of.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { countOf, formatDuration } from '../../wording.ts';

/** Pods of one workload (or one pod that nothing owns) that show the same thing. */
export interface Affected<Hit> {
  readonly subject: ObjectRef;
  readonly workload: WorkloadView | undefined;
  readonly hits: readonly [Hit, ...Hit[]];
  readonly pods: readonly PodView[];
  /** The pods and what else they share, for merging. */
  readonly related: readonly ObjectRef[];
  /** `3 of 3 pods`, or `the pod`. */
  readonly share: string;
}

/** Gathers hits by workload and by what `keyOf` tells apart, so that one fault of many pods is one finding. */
export function groupByWorkload<Hit extends { readonly pod: PodView }>(
  index: SnapshotIndex,
  hits: readonly Hit[],
  keyOf: (hit: Hit) => string,
): readonly Affected<Hit>[] {
  const groups = new Map<string, [Hit, ...Hit[]]>();
  for (const hit of hits) {
    const owner = index.workloadOf(hit.pod)?.uid ?? hit.pod.owner?.uid ?? hit.pod.uid;
    const key = `${owner}\n${keyOf(hit)}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [hit]);
    else group.push(hit);
  }
  return [...groups.values()].map((group) => describe(index, group));
}

function describe<Hit extends { readonly pod: PodView }>(
  index: SnapshotIndex,
  hits: readonly [Hit, ...Hit[]],
): Affected<Hit> {
  const workload = index.workloadOf(hits[0].pod);
  const pods = [...new Set(hits.map((hit) => hit.pod))];
  const total = workload === undefined ? pods.length : Math.max(index.podsOf(workload).length, pods.length);
  return {
    subject: refOf(workload ?? hits[0].pod),
    workload,
    hits,
    pods,
    related: pods.map(refOf),
    share: workload === undefined ? 'the pod' : `${pods.length} of ${countOf(total, 'pod')}`,
  };
}

/** How long ago, for a sentence: `30 s ago`. */
export function ago(index: SnapshotIndex, at: number): string {
  return `${formatDuration(index.takenAt - at)} ago`;
}
