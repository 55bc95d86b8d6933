import type { PersistentVolumeClaimView, PersistentVolumeView, PodView, StorageClassView } from '@jamie/core';
import { oncePerSnapshot } from './once-per-snapshot.ts';
import type { SnapshotIndex } from './snapshot-index.ts';
import { inStableOrder } from './stable-order.ts';

/** Claims, volumes and classes, arranged for analyzers. What is being deleted is left out of the lists. */
export interface StorageIndex {
  readonly claims: readonly PersistentVolumeClaimView[];
  readonly volumes: readonly PersistentVolumeView[];
  readonly classes: readonly StorageClassView[];
  readonly defaultClasses: readonly StorageClassView[];
  classNamed(name: string): StorageClassView | undefined;
  /** Also one that is being deleted. */
  hasClaim(namespace: string, name: string): boolean;
  /** The pods that mount a claim and are not over. */
  podsOf(namespace: string, claim: string): readonly PodView[];
  /** Those of them that have not started: what they wait for may be the claim. */
  waitingFor(claim: PersistentVolumeClaimView): readonly PodView[];
}

/** Arranges the storage of a snapshot. Kinds that were not read are empty here: ask `isRead` first. */
export const storageOf = oncePerSnapshot((index: SnapshotIndex): StorageIndex => {
  const { objects } = index.snapshot;
  const classes = inStableOrder(objects.StorageClass);
  const byName = new Map(classes.map((each) => [each.name, each]));
  const all = inStableOrder(objects.PersistentVolumeClaim);
  const names = new Set(all.map(({ namespace, name }) => `${namespace}/${name}`));
  const podsByClaim = podsByClaimOf(index);
  const podsOf = (namespace: string, claim: string) => podsByClaim.get(`${namespace}/${claim}`) ?? [];
  return {
    claims: all.filter((claim) => claim.deletingSince === undefined),
    volumes: inStableOrder(objects.PersistentVolume).filter((volume) => volume.deletingSince === undefined),
    classes,
    defaultClasses: classes.filter((each) => each.isDefault),
    classNamed: (name) => byName.get(name),
    hasClaim: (namespace, name) => names.has(`${namespace}/${name}`),
    podsOf,
    waitingFor: ({ namespace, name }) => podsOf(namespace, name).filter((pod) => pod.phase === 'Pending'),
  };
});

function podsByClaimOf(index: SnapshotIndex): ReadonlyMap<string, readonly PodView[]> {
  const byClaim = new Map<string, PodView[]>();
  for (const pod of index.pods) {
    if (pod.phase === 'Succeeded' || pod.phase === 'Failed') continue;
    for (const claim of new Set(pod.claims)) {
      const key = `${pod.namespace}/${claim}`;
      const pods = byClaim.get(key);
      if (pods === undefined) byClaim.set(key, [pod]);
      else pods.push(pod);
    }
  }
  return byClaim;
}
