import type { ClusterSnapshot, KubeObject, ObjectManager, ObjectRef, WriteRequest } from '@jamie/core';

/** What is known of a change when somebody else who manages its object is looked for. */
export interface ManagerFacts {
  readonly ref: ObjectRef;
  /** The object as it is before the change. */
  readonly live: KubeObject;
  readonly request: WriteRequest;
  /** JSON pointers of the fields that the change writes; empty for a delete or an eviction, which take all of it. */
  readonly written: readonly string[];
  readonly snapshot: ClusterSnapshot;
}

/** Looks for one kind of manager. Pure. */
export type FindManager = (facts: ManagerFacts) => ObjectManager | undefined;

/** Whether the change takes the whole object away. */
export function isRemoval({ request }: Pick<ManagerFacts, 'request'>): boolean {
  return request.verb === 'delete' || request.verb === 'evict';
}

export function labelOf(object: KubeObject, key: string): string | undefined {
  return object.metadata.labels?.[key];
}

export function annotationOf(object: KubeObject, key: string): string | undefined {
  return object.metadata.annotations?.[key];
}
