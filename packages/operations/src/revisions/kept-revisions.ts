import type { KubeObject, ListQuery, WorkloadRef } from '@jamie/core';
import { readJsonPointer } from '@jamie/core';
import { formatSelector } from '../planning/label-selector.ts';
import { controllerRevisionsOf } from './controller-revision.ts';
import { deploymentRevisionsOf } from './replica-set.ts';
import type { RevisionHistory } from './revision-history.ts';

/** Lists what keeps the revisions of workloads, live and as somebody. */
export type ListKept = (
  kind: 'ReplicaSet' | 'ControllerRevision',
  query: ListQuery,
) => Promise<readonly KubeObject[]>;

/** The revisions of a workload as the cluster keeps them: in ReplicaSets or in ControllerRevisions. Fails like `list`. */
export async function keptRevisionsOf(
  target: WorkloadRef,
  live: KubeObject,
  list: ListKept,
): Promise<RevisionHistory> {
  const labelSelector = formatSelector(readJsonPointer(live, '/spec/selector'));
  const query = { namespace: target.namespace, labelSelector };
  return target.kind === 'Deployment'
    ? deploymentRevisionsOf(live, await list('ReplicaSet', query))
    : controllerRevisionsOf(live, await list('ControllerRevision', query));
}
