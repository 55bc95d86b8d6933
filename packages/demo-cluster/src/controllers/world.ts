import type { Condition, StoredObject } from '../objects.ts';
import type { RandomSource } from '../random-source.ts';
import { recordUpdate } from '../store/managed-fields.ts';
import type { Draft, ObjectStore } from '../store/object-store.ts';
import { resourceOfKind } from '../store/resources.ts';
import { formatTime } from '../time.ts';
import type { EventRecorder } from './event-recorder.ts';
import type { Replay } from './replay.ts';
import type { Timers } from './timers.ts';

/** What every controller works with. `after` turns a simulated duration into a due time. */
export interface World {
  readonly store: ObjectStore;
  readonly timers: Timers;
  readonly random: RandomSource;
  readonly events: EventRecorder;
  /** Deployments, by uid, whose progress deadline has passed. */
  readonly overdueRollouts: Set<string>;
  readonly replay: Replay;
  readonly now: () => number;
  readonly after: (durationMs: number) => number;
}

const MANAGER = 'kube-controller-manager';

/** Stores a changed status as the named component does. An equal status changes nothing. */
export function writeStatus<T extends StoredObject & { readonly status: unknown }>(
  world: World,
  object: T,
  status: T['status'],
  manager = MANAGER,
): T {
  const { plural } = resourceOfKind(object.kind);
  if (JSON.stringify(status) === JSON.stringify(object.status)) return object;
  const next = { ...object, status };
  const writer = { manager, subresource: 'status', time: formatTime(world.now()) };
  if (world.replay.isPlaying) {
    world.replay.wrote(object, writer);
    return world.store.overwrite(plural, next);
  }
  const managedFields = recordUpdate(object, next, writer);
  return world.store.overwrite(plural, { ...next, metadata: { ...next.metadata, managedFields } });
}

/** Stores a changed spec or metadata as a controller does; the generation grows when the spec changed. */
export function writeObject<T extends StoredObject>(world: World, object: T, specChanged: boolean): T {
  const { plural } = resourceOfKind(object.kind);
  const generation = (object.metadata.generation ?? 0) + (specChanged ? 1 : 0);
  const { namespace, name } = object.metadata;
  const stored = world.store.get(plural, namespace, name);
  const managedFields = recordUpdate(stored, object, { manager: MANAGER, time: formatTime(world.now()) });
  const metadata = {
    ...object.metadata,
    ...(object.metadata.generation === undefined ? {} : { generation }),
    managedFields,
  };
  return world.store.replace(plural, { ...object, metadata });
}

/** Creates an object in a controller's name. */
export function createObject<T extends StoredObject>(world: World, draft: Draft): T {
  const { plural } = resourceOfKind(draft.kind);
  const writer = { manager: MANAGER, time: formatTime(world.now()) };
  const managedFields = recordUpdate(undefined, draft, writer);
  return world.store.insert<T>(plural, { ...draft, metadata: { ...draft.metadata, managedFields } });
}

/** Sets one condition; its transition time moves only when its status changes. */
export function setCondition(
  conditions: readonly Condition[],
  next: Condition,
  now: number,
): readonly Condition[] {
  const previous = conditions.find((condition) => condition.type === next.type);
  const isSame =
    previous !== undefined &&
    previous.status === next.status &&
    previous.reason === next.reason &&
    previous.message === next.message;
  if (isSame) return conditions;
  const keepsTransition = previous !== undefined && previous.status === next.status;
  const time = formatTime(now);
  const updated: Condition = {
    ...next,
    lastTransitionTime: keepsTransition ? (previous.lastTransitionTime ?? time) : time,
  };
  if (previous === undefined) return [...conditions, updated];
  return conditions.map((condition) => (condition.type === next.type ? updated : condition));
}

/** The objects of a namespace that name this owner as their controller. */
export function ownedBy<T extends StoredObject>(
  world: World,
  plural: string,
  owner: StoredObject,
): readonly T[] {
  const owned: T[] = [];
  for (const object of world.store.values(plural)) {
    if (
      object.metadata.ownerReferences?.some(({ uid, controller }) => controller && uid === owner.metadata.uid)
    ) {
      owned.push(object as T);
    }
  }
  return owned;
}

/** The owner reference that a controller puts on what it creates. */
export function controllerReference(
  owner: StoredObject,
): NonNullable<StoredObject['metadata']['ownerReferences']> {
  return [
    {
      apiVersion: owner.apiVersion,
      kind: owner.kind,
      name: owner.metadata.name,
      uid: owner.metadata.uid,
      controller: true,
      blockOwnerDeletion: true,
    },
  ];
}
