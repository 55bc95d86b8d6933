import type { JsonObject, KubeObject } from '@jamie/core';

const CHANGE_CAUSE = 'kubernetes.io/change-cause';

/** One revision of a workload, as the cluster keeps it. */
export interface Revision {
  readonly number: number;
  /** When what keeps it was made, in milliseconds since 1970: a rollback takes an old one up again. */
  readonly createdAt: number;
  /** What somebody wrote as the reason; empty where nobody did. */
  readonly changeCause: string;
  readonly template: JsonObject;
  /** Ready pods that have this template now; absent where nobody counts them by revision. */
  readonly readyPods?: number;
}

export interface RevisionHistory {
  /** The number of the revision that the workload is at. */
  readonly current: number;
  /** What the cluster keeps, oldest first. */
  readonly revisions: readonly Revision[];
}

/** What somebody wrote as the reason for a revision; empty where nobody did. */
export function changeCauseOf(object: KubeObject): string {
  return object.metadata.annotations?.[CHANGE_CAUSE] ?? '';
}
