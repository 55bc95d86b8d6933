import type { SnapshotKind } from './kinds.ts';
import type { ViewByKind } from './views.ts';

/** Why a kind could not be read. It makes an answer "cannot tell", never a false alarm. */
export interface UnreadKind {
  readonly kind: SnapshotKind;
  readonly reason: 'forbidden' | 'not_served' | 'timeout' | 'unavailable';
  readonly message: string;
}

/** What the cache knows of one cluster at one moment. Immutable: a newer moment is a newer snapshot. */
export interface ClusterSnapshot {
  readonly cluster: string;
  readonly takenAt: number;
  /** Age in milliseconds of the oldest kind's last word from the API server. */
  readonly stalenessMs: number;
  readonly unread: readonly UnreadKind[];
  readonly objects: { readonly [K in SnapshotKind]: readonly ViewByKind[K][] };
}
