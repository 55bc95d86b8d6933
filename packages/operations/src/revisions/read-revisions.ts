import type { ClusterReader, KubernetesIdentity, WorkloadRef } from '@jamie/core';
import { readJsonPointer } from '@jamie/core';
import { formatSelector } from '../planning/label-selector.ts';
import { deploymentRevisionsOf } from './replica-set.ts';
import type { RevisionHistory } from './revision-history.ts';

/** Reads the revisions that a Deployment keeps, live and as somebody. Throws not_found and forbidden. */
export async function readRevisions(
  reader: ClusterReader,
  target: WorkloadRef & { readonly kind: 'Deployment' },
  as: KubernetesIdentity,
): Promise<RevisionHistory> {
  const live = await reader.get(target, as);
  const labelSelector = formatSelector(readJsonPointer(live, '/spec/selector'));
  const sets = await reader.list('ReplicaSet', { namespace: target.namespace, labelSelector }, as);
  return deploymentRevisionsOf(live, sets);
}
