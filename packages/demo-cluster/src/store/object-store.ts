import { isDeepStrictEqual } from 'node:util';
import type { StoredObject } from '../objects.ts';
import type { RandomSource } from '../random-source.ts';
import { formatTime } from '../time.ts';

/** One change, in the order of resourceVersion. `previous` lets a selective watch say that an object left it. */
export interface Change {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly version: number;
  readonly plural: string;
  readonly object: StoredObject;
  readonly previous?: StoredObject;
}

/** What a new object brings; the store adds resourceVersion and creationTimestamp, and a uid where there is none yet. */
export interface Draft {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Omit<StoredObject['metadata'], 'uid' | 'resourceVersion' | 'creationTimestamp'> & {
    readonly uid?: string;
  };
}

interface StoreOptions {
  readonly now: () => number;
  readonly random: RandomSource;
  /** How many changes are kept for watches that start in the past. */
  readonly historyLimit: number;
}

/**
 * All objects of the cluster, with one growing resourceVersion and a bounded history of changes. Listeners run
 * within the write, in order of subscription, and must not write themselves.
 */
export class ObjectStore {
  readonly #options: StoreOptions;
  readonly #objects = new Map<string, Map<string, StoredObject>>();
  readonly #listeners = new Set<(change: Change) => void>();
  #history: Change[] = [];
  #version = 1000;
  #compactedAt = 1000;

  constructor(options: StoreOptions) {
    this.#options = options;
  }

  /** The newest resourceVersion. */
  get version(): number {
    return this.#version;
  }

  /** Changes at or below this version are forgotten: a watch from before it is answered with 410. */
  get compactedAt(): number {
    return this.#compactedAt;
  }

  get(plural: string, namespace: string | undefined, name: string): StoredObject | undefined {
    return this.#objects.get(plural)?.get(keyOf(namespace, name));
  }

  /** In the order of namespace and name, as the API server lists. */
  list(plural: string, namespace?: string): readonly StoredObject[] {
    const wanted: StoredObject[] = [];
    for (const object of this.values(plural)) {
      if (namespace === undefined || object.metadata.namespace === namespace) wanted.push(object);
    }
    return wanted.sort(byPlace);
  }

  /** Unordered walk without copies, for the controllers. */
  values(plural: string): Iterable<StoredObject> {
    return this.#objects.get(plural)?.values() ?? [];
  }

  count(plural: string): number {
    return this.#objects.get(plural)?.size ?? 0;
  }

  /** The object as insert would store it, without storing it: dry run. */
  drafted(draft: Draft): StoredObject {
    return {
      ...draft,
      metadata: {
        ...draft.metadata,
        uid: draft.metadata.uid ?? this.#options.random.uuid(),
        resourceVersion: '',
        creationTimestamp: formatTime(this.#options.now()),
      },
    } as StoredObject;
  }

  insert<T extends StoredObject>(plural: string, draft: Draft): T {
    const drafted = this.drafted(draft);
    const object = this.#stamp(drafted);
    this.#table(plural).set(keyOf(object.metadata.namespace, object.metadata.name), object);
    this.#publish({ type: 'ADDED', version: this.#version, plural, object });
    return object as T;
  }

  /** Stores the new value under the same name. An equal value changes nothing and keeps its resourceVersion. */
  replace<T extends StoredObject>(plural: string, next: T): T {
    const key = keyOf(next.metadata.namespace, next.metadata.name);
    const previous = this.#table(plural).get(key);
    if (previous === undefined) throw new Error(`cannot replace ${plural} ${key}: it is not stored`);
    const unstamped = withVersion(next, previous.metadata.resourceVersion);
    if (isDeepStrictEqual(unstamped, previous)) return previous as T;
    return this.overwrite(plural, next);
  }

  /** Like replace, for a caller who knows that the value is another. */
  overwrite<T extends StoredObject>(plural: string, next: T): T {
    const key = keyOf(next.metadata.namespace, next.metadata.name);
    const previous = this.#table(plural).get(key);
    if (previous === undefined) throw new Error(`cannot overwrite ${plural} ${key}: it is not stored`);
    const object = this.#stamp(next);
    this.#table(plural).set(key, object);
    this.#publish({ type: 'MODIFIED', version: this.#version, plural, object, previous });
    return object as T;
  }

  remove(plural: string, object: StoredObject): StoredObject {
    const key = keyOf(object.metadata.namespace, object.metadata.name);
    const previous = this.#table(plural).get(key);
    if (previous === undefined) return object;
    this.#table(plural).delete(key);
    const removed = this.#stamp(previous);
    this.#publish({ type: 'DELETED', version: this.#version, plural, object: removed, previous });
    return removed;
  }

  subscribe(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The changes after a version, or undefined when some of them are forgotten. */
  changesAfter(version: number, plural: string): readonly Change[] | undefined {
    if (version < this.#compactedAt) return undefined;
    return this.#history.filter((change) => change.version > version && change.plural === plural);
  }

  /** Forgets the whole history, as compaction does. */
  compact(): void {
    this.#history = [];
    this.#compactedAt = this.#version;
  }

  #table(plural: string): Map<string, StoredObject> {
    const table = this.#objects.get(plural) ?? new Map<string, StoredObject>();
    this.#objects.set(plural, table);
    return table;
  }

  #stamp<T extends StoredObject>(object: T): T {
    this.#version += 1;
    return withVersion(object, String(this.#version));
  }

  #publish(change: Change): void {
    this.#history.push(change);
    if (this.#history.length > this.#options.historyLimit * 2) {
      const dropped = this.#history.splice(0, this.#options.historyLimit);
      this.#compactedAt = dropped.at(-1)?.version ?? this.#compactedAt;
    }
    for (const listener of this.#listeners) listener(change);
  }
}

function keyOf(namespace: string | undefined, name: string): string {
  return `${namespace ?? ''}/${name}`;
}

function byPlace(left: StoredObject, right: StoredObject): number {
  const [leftSpace = '', rightSpace = ''] = [left.metadata.namespace, right.metadata.namespace];
  if (leftSpace !== rightSpace) return leftSpace < rightSpace ? -1 : 1;
  return left.metadata.name < right.metadata.name ? -1 : 1;
}

function withVersion<T extends StoredObject>(object: T, resourceVersion: string): T {
  return { ...object, metadata: { ...object.metadata, resourceVersion } };
}
