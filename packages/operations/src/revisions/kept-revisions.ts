import type { JsonObject } from '@jamie/core';

/** The revisions of a workload that the cluster keeps, and the one that it is at. */
export interface KeptRevisions {
  readonly current: number;
  readonly revisions: readonly {
    readonly number: number;
    /** Milliseconds since 1970. */
    readonly createdAt: number;
    /** What somebody wrote as the reason; empty where nobody did. */
    readonly changeCause: string;
    readonly template: JsonObject;
  }[];
}
