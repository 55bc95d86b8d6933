import {
  formatObjectRef,
  type JsonObject,
  type Kind,
  type KubeObject,
  type ObjectRef,
  OpsError,
} from '@jamie/core';

/** An object while it is being changed. */
export type DraftObject = {
  metadata: { resourceVersion: string; generation?: number; [field: string]: unknown };
  [field: string]: unknown;
};

/** What a FakeCluster stores: objects with a uid, a resourceVersion and a generation. */
export class FakeObjects {
  readonly #objects = new Map<string, KubeObject>();
  #version = 100;
  #uids = 0;

  all(): readonly KubeObject[] {
    return [...this.#objects.values()];
  }

  find(ref: ObjectRef): KubeObject | undefined {
    return this.#objects.get(keyOf(ref.kind, ref));
  }

  /** Throws `not_found`. */
  get(ref: ObjectRef): KubeObject {
    const object = this.find(ref);
    if (object !== undefined) return object;
    throw new OpsError('not_found', 'no such object', {
      userMessage: `${formatObjectRef(ref)} was not found.`,
    });
  }

  put(object: KubeObject): void {
    this.#objects.set(keyOf(object.kind as Kind, object.metadata), object);
  }

  remove(ref: ObjectRef): void {
    this.#objects.delete(keyOf(ref.kind, ref));
  }

  /** Removes an object and, with `withDependents`, whatever it owns, and what that owns. */
  delete(object: KubeObject, withDependents: boolean): void {
    this.#objects.delete(keyOf(object.kind as Kind, object.metadata));
    if (!withDependents) return;
    for (const each of this.all()) {
      if (each.metadata.ownerReferences?.some(({ uid }) => uid === object.metadata.uid))
        this.delete(each, true);
    }
  }

  /** What a manifest becomes when it is created; nothing is stored. */
  made(manifest: JsonObject, target: ObjectRef, now: number): KubeObject {
    return {
      ...structuredClone(manifest),
      kind: target.kind,
      metadata: {
        ...(manifest['metadata'] as JsonObject),
        name: target.name,
        ...(target.namespace !== undefined && { namespace: target.namespace }),
        uid: `uid-made-${this.#uids + 1}`,
        resourceVersion: String(this.#version + 1),
        generation: 1,
        creationTimestamp: new Date(now).toISOString().replace('.000Z', 'Z'),
      },
    } as unknown as KubeObject;
  }

  /** Stores a new object under the uid and version that `made` gave it. */
  add(object: KubeObject): KubeObject {
    this.#uids += 1;
    this.#version += 1;
    this.put(object);
    return object;
  }

  /** Stores a change: a new resourceVersion, and a new generation when the spec changed. No change: nothing. */
  replace(before: KubeObject, after: DraftObject): KubeObject {
    const specChanged = JSON.stringify(before.spec) !== JSON.stringify(after['spec']);
    if (!specChanged && JSON.stringify(before) === JSON.stringify(after)) return before;
    this.#version += 1;
    after.metadata.resourceVersion = String(this.#version);
    if (specChanged) after.metadata.generation = (before.metadata.generation ?? 1) + 1;
    const stored = after as unknown as KubeObject;
    this.put(stored);
    return stored;
  }
}

function keyOf(kind: Kind, named: { readonly namespace?: string; readonly name: string }): string {
  return `${kind}/${named.namespace ?? ''}/${named.name}`;
}
