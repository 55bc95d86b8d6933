import type { ClusterReader, KubernetesIdentity, WorkloadRef } from '@jamie/core';
import { keptRevisionsOf } from './kept-revisions.ts';
import type { RevisionHistory } from './revision-history.ts';

/** Reads the revisions that a workload keeps, live and as somebody. Throws not_found and forbidden. */
export async function readRevisions(
  reader: ClusterReader,
  target: WorkloadRef,
  as: KubernetesIdentity,
): Promise<RevisionHistory> {
  const live = await reader.get(target, as);
  return keptRevisionsOf(target, live, (kind, query) => reader.list(kind, query, as));
}
