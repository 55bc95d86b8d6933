import type { StoredObject } from '../objects.ts';
import { recordUpdate, type Writer } from '../store/managed-fields.ts';
import type { ObjectStore } from '../store/object-store.ts';
import { resourceOfKind } from '../store/resources.ts';

/**
 * The past of a new cluster is played through in no time, with nobody watching. What only its last state shows is done
 * once at its end: who owns a status, and the repetitions of something that cannot change before the next step.
 */
export class Replay {
  readonly #writers = new Map<string, { readonly object: StoredObject; readonly writer: Writer }>();
  #quietUntil: number | undefined;
  #unseenUntil = Number.NEGATIVE_INFINITY;

  /** Nothing comes from outside before this time. */
  playUntil(atMs: number): void {
    this.#quietUntil = atMs;
  }

  /** Before this time only what lasts is kept: no events, and no states on the way to another. */
  keepOnlyOutcomesUntil(atMs: number): void {
    this.#unseenUntil = atMs;
  }

  /** Whether nobody can see any more what happens at this time. */
  isUnseen(now: number): boolean {
    return this.isPlaying && now < this.#unseenUntil;
  }

  get isPlaying(): boolean {
    return this.#quietUntil !== undefined;
  }

  /** How many more rounds of a period pass for certain as this one did. None once the cluster is live. */
  repetitions(now: number, periodMs: number): number {
    if (this.#quietUntil === undefined) return 0;
    return Math.max(0, Math.floor((this.#quietUntil - now) / periodMs) - 1);
  }

  /** Remembers who wrote a status last. */
  wrote(object: StoredObject, writer: Writer): void {
    this.#writers.set(object.metadata.uid, { object, writer });
  }

  /** Ends the past: the owners of every status are recorded. */
  end(store: ObjectStore): void {
    this.#quietUntil = undefined;
    for (const { object, writer } of this.#writers.values()) {
      const { plural } = resourceOfKind(object.kind);
      const stored = store.get(plural, object.metadata.namespace, object.metadata.name);
      if (stored?.metadata.uid !== object.metadata.uid) continue;
      const { status: _status, ...before } = stored as StoredObject & { readonly status?: unknown };
      const managedFields = recordUpdate(before, stored, writer);
      store.overwrite(plural, { ...stored, metadata: { ...stored.metadata, managedFields } });
    }
    this.#writers.clear();
  }
}
