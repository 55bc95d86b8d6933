import type { EventView, PersistentVolumeClaimView, PodView, StorageClassView } from '@jamie/core';
import { oncePerSnapshot } from '../../snapshot/once-per-snapshot.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { type StorageIndex, storageOf } from '../../snapshot/storage-index.ts';
import { RECENT_MS, ROLLOUT_GRACE_MS, START_GRACE_MS } from '../../thresholds.ts';

/** Why a claim has no volume yet. */
export type PendingReason =
  | { readonly reason: 'class_missing'; readonly className: string; readonly event?: EventView }
  | { readonly reason: 'no_default_class' }
  | { readonly reason: 'provisioning_failed'; readonly event: EventView }
  | { readonly reason: 'no_volume'; readonly className: string }
  | { readonly reason: 'provisioner_silent'; readonly storageClass: StorageClassView }
  /** In peace: the first pod that uses it decides where the volume is made. */
  | { readonly reason: 'waits_for_consumer' }
  | { readonly reason: 'too_early' }
  | { readonly reason: 'cannot_tell' };

export interface PendingClaim {
  readonly claim: PersistentVolumeClaimView;
  readonly decision: PendingReason;
  /** The pods that wait for it. */
  readonly waiting: readonly PodView[];
}

/** Claims without a volume, each with the reason. */
export const findPendingClaims = oncePerSnapshot((index: SnapshotIndex): readonly PendingClaim[] => {
  const storage = storageOf(index);
  return storage.claims
    .filter((claim) => claim.phase === 'Pending')
    .map((claim) => ({
      claim,
      decision: decidePendingReason(index, storage, claim),
      waiting: storage.waitingFor(claim),
    }));
});

// kubernetes/kubernetes, pkg/controller/volume/persistentvolume/pv_controller.go: what its lister says of a class.
const CLASS_NOT_FOUND = /storageclass(?:\.storage\.k8s\.io)? "([^"]{1,253})" not found/i;
const NO_PROVISIONER = 'kubernetes.io/no-provisioner';

/** Why a claim has no volume: what the API server lists comes before what events say. */
function decidePendingReason(
  index: SnapshotIndex,
  storage: StorageIndex,
  claim: PersistentVolumeClaimView,
): PendingReason {
  if (index.takenAt - claim.createdAt < START_GRACE_MS) return { reason: 'too_early' };
  if (claim.storageClass === '') return { reason: 'no_volume', className: '' };
  const failure = index
    .eventsOf(claim)
    .find((event) => event.reason === 'ProvisioningFailed' && index.takenAt - event.lastSeen <= RECENT_MS);
  const unlisted = CLASS_NOT_FOUND.exec(failure?.message ?? '')?.[1];
  if (!index.isRead('StorageClass')) return withoutClasses(failure, unlisted);
  const className = claim.storageClass ?? storage.defaultClasses[0]?.name;
  if (className === undefined) return { reason: 'no_default_class' };
  const storageClass = storage.classNamed(className);
  if (storageClass === undefined) return { reason: 'class_missing', className };
  if (failure !== undefined && unlisted === undefined)
    return { reason: 'provisioning_failed', event: failure };
  return withClass(index, claim, storageClass);
}

function withoutClasses(failure: EventView | undefined, unlisted: string | undefined): PendingReason {
  if (failure === undefined) return { reason: 'cannot_tell' };
  return unlisted === undefined
    ? { reason: 'provisioning_failed', event: failure }
    : { reason: 'class_missing', className: unlisted, event: failure };
}

function withClass(
  index: SnapshotIndex,
  claim: PersistentVolumeClaimView,
  storageClass: StorageClassView,
): PendingReason {
  if (storageClass.waitsForConsumer) return { reason: 'waits_for_consumer' };
  if (storageClass.provisioner === NO_PROVISIONER)
    return { reason: 'no_volume', className: storageClass.name };
  // A disk is made in seconds, in bad moments within a minute.
  if (index.takenAt - claim.createdAt < ROLLOUT_GRACE_MS) return { reason: 'too_early' };
  return { reason: 'provisioner_silent', storageClass };
}
