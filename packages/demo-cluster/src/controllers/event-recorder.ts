import type { KubeEvent, StoredObject } from '../objects.ts';
import type { ObjectStore } from '../store/object-store.ts';
import { formatTime, parseTime } from '../time.ts';

export interface EventNote {
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
  readonly component: string;
  readonly host?: string;
  readonly fieldPath?: string;
}

const EVENT_TTL_MS = 60 * 60 * 1000;

/** Writes Events as the real recorders do: the same note about the same object grows a count. Kept for an hour. */
export class EventRecorder {
  readonly #store: ObjectStore;
  readonly #now: () => number;
  readonly #places = new Map<string, { readonly namespace: string; readonly name: string }>();
  #sequence = 0;
  #skippedBefore = 0;

  constructor(store: ObjectStore, now: () => number) {
    this.#store = store;
    this.#now = now;
  }

  /** What happens before this time is not written: its events would be forgotten by now. */
  skipBefore(atMs: number): void {
    this.#skippedBefore = atMs;
  }

  /** Writes the note, as often as it happened. */
  record(about: StoredObject, note: EventNote, times = 1): void {
    if (this.#now() < this.#skippedBefore) return;
    const namespace = about.metadata.namespace ?? 'default';
    const key = [about.metadata.uid, note.fieldPath, note.reason, note.message, note.component].join('|');
    const known = this.#places.get(key);
    const stored = known === undefined ? undefined : this.#store.get('events', namespace, known.name);
    if (stored !== undefined) {
      const event = stored as KubeEvent;
      this.#store.overwrite('events', {
        ...event,
        count: event.count + times,
        lastTimestamp: formatTime(this.#now()),
      });
      return;
    }
    this.#places.set(key, { namespace, name: this.#insert(about, namespace, note, times) });
  }

  /** Forgets what was last seen more than an hour ago. */
  expire(): void {
    const horizon = this.#now() - EVENT_TTL_MS;
    for (const object of [...this.#store.values('events')]) {
      if (parseTime((object as KubeEvent).lastTimestamp) < horizon) this.#store.remove('events', object);
    }
    for (const [key, place] of this.#places) {
      if (this.#store.get('events', place.namespace, place.name) === undefined) this.#places.delete(key);
    }
  }

  #insert(about: StoredObject, namespace: string, note: EventNote, times: number): string {
    const time = formatTime(this.#now());
    this.#sequence += 1;
    const stamp = (BigInt(this.#now()) * 1_000_000n + BigInt(this.#sequence)).toString(16);
    const name = `${about.metadata.name}.${stamp}`;
    this.#store.insert('events', {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name, namespace },
      involvedObject: {
        kind: about.kind,
        ...(about.metadata.namespace === undefined ? {} : { namespace: about.metadata.namespace }),
        name: about.metadata.name,
        uid: about.metadata.uid,
        apiVersion: about.apiVersion,
        resourceVersion: about.metadata.resourceVersion,
        ...(note.fieldPath === undefined ? {} : { fieldPath: note.fieldPath }),
      },
      reason: note.reason,
      message: note.message,
      source: { component: note.component, ...(note.host === undefined ? {} : { host: note.host }) },
      firstTimestamp: time,
      lastTimestamp: time,
      count: times,
      type: note.type,
      eventTime: null,
      reportingComponent: note.component,
      reportingInstance: note.host ?? '',
    } as Parameters<ObjectStore['insert']>[1]);
    return name;
  }
}
