import type { ClusterReader, JsonObject, KubernetesIdentity, WorkloadRef } from '@jamie/core';
import { readJsonPointer } from '@jamie/core';
import { formatSelector } from '../planning/label-selector.ts';
import { isOwnedBy, revisionOf, templateOf } from './replica-set.ts';

const CHANGE_CAUSE = 'kubernetes.io/change-cause';

/** One revision of a Deployment, as its ReplicaSet keeps it. */
export interface Revision {
  readonly number: number;
  /** When its ReplicaSet was made: a rollback takes an old one up again. */
  readonly createdAt: number;
  /** What somebody wrote as the reason; empty where nobody did. */
  readonly changeCause: string;
  readonly template: JsonObject;
}

export interface RevisionHistory {
  /** The number of the revision that the Deployment is at. */
  readonly current: number;
  /** What the cluster keeps, oldest first. */
  readonly revisions: readonly Revision[];
}

/** Reads the revisions that a Deployment keeps, live and as somebody. Throws not_found and forbidden. */
export async function readRevisions(
  reader: ClusterReader,
  target: WorkloadRef & { readonly kind: 'Deployment' },
  as: KubernetesIdentity,
): Promise<RevisionHistory> {
  const live = await reader.get(target, as);
  const labelSelector = formatSelector(readJsonPointer(live, '/spec/selector'));
  const sets = await reader.list('ReplicaSet', { namespace: target.namespace, labelSelector }, as);
  const revisions = sets
    .filter((set) => isOwnedBy(set, live.metadata.uid) && revisionOf(set) > 0)
    .map(
      (set): Revision => ({
        number: revisionOf(set),
        createdAt: Date.parse(set.metadata.creationTimestamp),
        changeCause: set.metadata.annotations?.[CHANGE_CAUSE] ?? '',
        template: templateOf(set),
      }),
    )
    .sort((left, right) => left.number - right.number);
  return { current: revisionOf(live), revisions };
}
