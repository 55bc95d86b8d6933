import type { JsonObject, KubeObject } from '@jamie/core';
import { readJsonPointer } from '@jamie/core';
import { readyReplicasOf } from '../planning/replica-counts.ts';
import { changeCauseOf, type RevisionHistory } from './revision-history.ts';

const REVISION = 'deployment.kubernetes.io/revision';
const TEMPLATE_HASH_LABEL = 'pod-template-hash';

/** The revision of a Deployment or of one of its ReplicaSets; 0 where there is none yet. */
function revisionOf(object: KubeObject): number {
  return Number.parseInt(object.metadata.annotations?.[REVISION] ?? '0', 10) || 0;
}

export function isOwnedBy(object: KubeObject, uid: string): boolean {
  return object.metadata.ownerReferences?.some((owner) => owner.uid === uid) ?? false;
}

/** The pod template without the label that the Deployment controller adds to each ReplicaSet. */
function templateOf(replicaSet: KubeObject): JsonObject {
  const template = (readJsonPointer(replicaSet, '/spec/template') ?? {}) as JsonObject;
  const metadata = (template['metadata'] ?? {}) as JsonObject;
  const { [TEMPLATE_HASH_LABEL]: _hash, ...labels } = (metadata['labels'] ?? {}) as JsonObject;
  return { ...template, metadata: { ...metadata, labels } };
}

/** The revisions of a Deployment from the ReplicaSets that it owns, oldest first. */
export function deploymentRevisionsOf(deployment: KubeObject, sets: readonly KubeObject[]): RevisionHistory {
  const revisions = sets
    .filter((set) => isOwnedBy(set, deployment.metadata.uid) && revisionOf(set) > 0)
    .map((set) => ({
      number: revisionOf(set),
      createdAt: Date.parse(set.metadata.creationTimestamp),
      changeCause: changeCauseOf(set),
      template: templateOf(set),
      readyPods: readyReplicasOf(set),
    }))
    .sort((left, right) => left.number - right.number);
  return { current: revisionOf(deployment), revisions };
}
