import type { ObjectView } from '@jamie/core';

/** The views of one kind, and the array of them that snapshots share until something changes. */
export class ViewStore<V extends ObjectView> {
  #views = new Map<string, V>();
  #array: readonly V[] | undefined;

  get size(): number {
    return this.#views.size;
  }

  /** Everything anew, in one step: nobody sees half a list. */
  replace(views: readonly V[]): void {
    this.#views = new Map(views.map((view) => [keyOf(view), view]));
    this.#array = undefined;
  }

  set(view: V): void {
    this.#views.set(keyOf(view), view);
    this.#array = undefined;
  }

  delete(view: V): void {
    if (this.#views.delete(keyOf(view))) this.#array = undefined;
  }

  /** Never mutated: after a change the next call makes another array. */
  views(): readonly V[] {
    this.#array ??= [...this.#views.values()];
    return this.#array;
  }
}

/**
 * What makes an object the same object within its kind: its uid, a text that the view holds anyway. A key made of
 * namespace and name would be one more text per object.
 */
export function keyOf(view: ObjectView): string {
  return view.uid === '' ? `${view.namespace}/${view.name}` : view.uid;
}
