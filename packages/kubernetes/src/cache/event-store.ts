import type { EventView } from '@jamie/core';
import { keyOf, ViewStore } from './view-store.ts';

export interface EventBounds {
  /** Newest events kept of one involved object. */
  readonly eventsPerObject: number;
  /** Newest events kept of all. */
  readonly events: number;
}

/** Events, bounded: a cluster in trouble makes them faster than anybody reads them. The newest stay. */
export class EventStore extends ViewStore<EventView> {
  readonly #bounds: EventBounds;
  #byInvolved = new Map<string, Map<string, EventView>>();

  constructor(bounds: EventBounds) {
    super();
    this.#bounds = bounds;
  }

  override replace(views: readonly EventView[]): void {
    super.replace([]);
    this.#byInvolved = new Map();
    for (const view of views) this.set(view);
  }

  override set(view: EventView): void {
    const involved = involvedKey(view);
    const siblings = this.#byInvolved.get(involved) ?? new Map<string, EventView>();
    this.#byInvolved.set(involved, siblings);
    siblings.set(keyOf(view), view);
    super.set(view);
    if (siblings.size > this.#bounds.eventsPerObject) this.delete(oldestOf(siblings.values()) ?? view);
    if (this.size > this.#bounds.events * 1.25) this.#dropOldest();
  }

  override delete(view: EventView): void {
    const involved = involvedKey(view);
    const siblings = this.#byInvolved.get(involved);
    siblings?.delete(keyOf(view));
    if (siblings?.size === 0) this.#byInvolved.delete(involved);
    super.delete(view);
  }

  /** A quarter at once, so that a storm does not sort the whole store for each event. */
  #dropOldest(): void {
    const byAge = [...this.views()].sort((one, other) => one.lastSeen - other.lastSeen);
    for (const view of byAge.slice(0, this.size - this.#bounds.events)) this.delete(view);
  }
}

function oldestOf(views: Iterable<EventView>): EventView | undefined {
  let oldest: EventView | undefined;
  for (const view of views) if (oldest === undefined || view.lastSeen < oldest.lastSeen) oldest = view;
  return oldest;
}

function involvedKey(view: EventView): string {
  const { kind, namespace, name, uid } = view.involved;
  return uid === '' ? `${kind}/${namespace}/${name}` : uid;
}
