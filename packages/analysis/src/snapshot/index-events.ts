import type { EventView, ObjectView } from '@jamie/core';
import { compareNumbers, inStableOrder } from './stable-order.ts';

/**
 * Events by the object that they are about, newest first. They are matched by uid, so that an event about an
 * earlier pod of the same name stays away; kubelets send a node's name in place of its uid.
 */
export function indexEvents(events: readonly EventView[]): (view: ObjectView) => readonly EventView[] {
  const byUid = new Map<string, EventView[]>();
  for (const event of inStableOrder(events)) {
    const key = event.involved.uid === '' ? nameKey(event.involved) : event.involved.uid;
    const list = byUid.get(key);
    if (list === undefined) byUid.set(key, [event]);
    else list.push(event);
  }
  for (const list of byUid.values())
    list.sort((left, right) => compareNumbers(right.lastSeen, left.lastSeen));
  return (view) => {
    const exact = byUid.get(view.uid) ?? [];
    const named = byUid.get(nameKey(view)) ?? [];
    const ofNode = view.kind === 'Node' && view.uid !== view.name ? (byUid.get(view.name) ?? []) : [];
    return named.length + ofNode.length === 0 ? exact : [...exact, ...named, ...ofNode];
  };
}

function nameKey(object: {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}): string {
  return `${object.kind} ${object.namespace}/${object.name}`;
}
