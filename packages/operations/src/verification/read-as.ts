import type { ClusterReader, Kind, KubeObject, KubernetesIdentity, ListQuery, ObjectRef } from '@jamie/core';
import { formatObjectRef, isOpsError } from '@jamie/core';

/** What verification reads of a cluster during one look. */
export interface TargetReader {
  find(ref: ObjectRef): Promise<KubeObject | undefined>;
  list(kind: Kind, query: ListQuery): Promise<readonly KubeObject[]>;
}

/**
 * Reads as the person for whom the change is made. What they may not read (often the pods of a workload that they may
 * scale) the service reads itself: the change was approved, only counts and states of it are told, and a change that
 * nobody looks after would do more harm. Each object is read once.
 */
export function readAs(reader: ClusterReader, identity: KubernetesIdentity): TargetReader {
  const known = new Map<string, Promise<KubeObject | undefined>>();
  return {
    find(ref) {
      const name = formatObjectRef(ref);
      const object = known.get(name) ?? asPersonOrService(identity, (as) => reader.find(ref, as));
      known.set(name, object);
      return object;
    },
    list: (kind, query) => asPersonOrService(identity, (as) => reader.list(kind, query, as)),
  };
}

async function asPersonOrService<Result>(
  identity: KubernetesIdentity,
  read: (as?: KubernetesIdentity) => Promise<Result>,
): Promise<Result> {
  try {
    return await read(identity);
  } catch (error) {
    if (!isOpsError(error, 'forbidden')) throw error;
    return read();
  }
}
