import type { EventView } from '@jamie/core';
import { oncePerSnapshot } from './once-per-snapshot.ts';
import type { SnapshotIndex } from './snapshot-index.ts';
import { compareNumbers, inStableOrder } from './stable-order.ts';

const eventsByReason = oncePerSnapshot((index: SnapshotIndex): ReadonlyMap<string, readonly EventView[]> => {
  const byReason = new Map<string, EventView[]>();
  for (const event of inStableOrder(index.snapshot.objects.Event)) {
    const events = byReason.get(event.reason);
    if (events === undefined) byReason.set(event.reason, [event]);
    else events.push(event);
  }
  for (const events of byReason.values())
    events.sort((left, right) => compareNumbers(right.lastSeen, left.lastSeen));
  return byReason;
});

/** The events of one reason that were seen within `withinMs` before the snapshot, newest first, whatever they are about. */
export function recentEvents(index: SnapshotIndex, reason: string, withinMs: number): readonly EventView[] {
  const events = eventsByReason(index).get(reason) ?? [];
  return events.filter((event) => index.takenAt - event.lastSeen <= withinMs);
}
