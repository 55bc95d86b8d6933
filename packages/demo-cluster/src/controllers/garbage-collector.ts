import type { Pod, StoredObject } from '../objects.ts';
import { RESOURCES, resourceOfKind } from '../store/resources.ts';
import { deletePod } from './pod-creation.ts';
import type { World } from './world.ts';

/** Deletes what an object owned, once it is gone: `Background` propagation. */
export function collectDependents(world: World, owner: StoredObject): void {
  for (const { plural } of RESOURCES) {
    for (const object of [...world.store.values(plural)]) {
      const owners = object.metadata.ownerReferences ?? [];
      if (!owners.some(({ uid }) => uid === owner.metadata.uid)) continue;
      if (object.kind === 'Pod') deletePod(world, object as Pod);
      else world.store.remove(plural, object);
    }
  }
}

/** Takes the owner's references off what it owned: `Orphan` propagation. */
export function orphanDependents(world: World, owner: StoredObject): void {
  for (const { plural } of RESOURCES) {
    for (const object of [...world.store.values(plural)]) {
      const owners = object.metadata.ownerReferences ?? [];
      const kept = owners.filter(({ uid }) => uid !== owner.metadata.uid);
      if (kept.length === owners.length) continue;
      const { ownerReferences: _owners, ...metadata } = object.metadata;
      world.store.replace(plural, {
        ...object,
        metadata: { ...metadata, ...(kept.length > 0 ? { ownerReferences: kept } : {}) },
      });
    }
  }
}

/** Empties a terminating Namespace and removes it when nothing is left in it. */
export function finishNamespace(world: World, namespace: StoredObject): void {
  const { name } = namespace.metadata;
  let left = 0;
  for (const { plural, namespaced } of RESOURCES.filter((resource) => resource.namespaced)) {
    if (!namespaced) continue;
    for (const object of world.store.list(plural, name)) {
      if (object.kind === 'Pod') deletePod(world, object as Pod);
      else world.store.remove(plural, object);
    }
    left += world.store.list(plural, name).length;
  }
  if (left === 0) world.store.remove(resourceOfKind('Namespace').plural, namespace);
}
