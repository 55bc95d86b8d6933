import type { ControllerRevision } from '../batch-objects.ts';
import type { DaemonSet, StatefulSet } from '../objects.ts';
import { controllerReference, createObject, ownedBy, type World, writeObject } from './world.ts';

const DEFAULT_LIMIT = 10;

/**
 * Keeps the template of a StatefulSet or DaemonSet as a ControllerRevision under this name. A template that comes back
 * becomes the newest revision again; what exceeds the history limit goes, oldest first.
 */
export function recordRevision(world: World, set: StatefulSet | DaemonSet, name: string): void {
  const known = ownedBy<ControllerRevision>(world, 'controllerrevisions', set);
  const newest = Math.max(0, ...known.map(({ revision }) => revision));
  const same = known.find(({ metadata }) => metadata.name === name);
  if (same !== undefined) {
    if (same.revision < newest) writeObject(world, { ...same, revision: newest + 1 }, false);
    return;
  }
  createObject<ControllerRevision>(world, revisionOf(set, name, newest + 1));
  const surplus = known.length + 1 - (set.spec.revisionHistoryLimit ?? DEFAULT_LIMIT) - 1;
  const oldest = [...known].sort((left, right) => left.revision - right.revision);
  for (const revision of oldest.slice(0, Math.max(0, surplus)))
    world.store.remove('controllerrevisions', revision);
}

/** The data is a patch of the template alone, as both controllers write it. */
function revisionOf(set: StatefulSet | DaemonSet, name: string, revision: number): ControllerRevision {
  const { template } = set.spec;
  return {
    apiVersion: 'apps/v1',
    kind: 'ControllerRevision',
    metadata: {
      name,
      ...(set.metadata.namespace === undefined ? {} : { namespace: set.metadata.namespace }),
      labels: { ...template.metadata?.labels, 'controller-revision-hash': name },
      ownerReferences: controllerReference(set),
    },
    data: { spec: { template: { $patch: 'replace', ...template } } },
    revision,
  } as unknown as ControllerRevision;
}
