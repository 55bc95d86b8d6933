import type { EventView } from '@jamie/core';
import { toSingleLine } from '../evidence/cluster-text.ts';
import { compareNumbers, compareText } from '../snapshot/stable-order.ts';

/** Events that say the same, as one: about one object, or about several of one kind. */
export interface FoldedEvent {
  readonly type: EventView['type'];
  readonly reason: string;
  /** The newest wording: redacted, one line, bounded. */
  readonly message: string;
  readonly count: number;
  readonly firstSeen: number;
  readonly lastSeen: number;
  /** What it is about; the one seen last first. */
  readonly objects: readonly EventView['involved'][];
}

const MAX_MESSAGE = 220;
/** What differs from one time to the next without saying anything new: ids, addresses, back-off times. */
const PASSING: readonly RegExp[] = [
  /\b[0-9a-f]{8}-[0-9a-f-]{27}\b/g,
  /\b[0-9a-f]{12,64}\b/g,
  /\b\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?/g,
  /\b(?:\d{1,4}h)?(?:\d{1,4}m)?\d{1,4}(?:m|s|ms)\b/g,
];

/**
 * Folds what was reported again and again, also where only the names, ids, addresses and times in the text differ. Newest first; or
 * with `warningsFirst` all warnings before the rest. Pure, never throws.
 */
export function foldEvents(events: readonly EventView[], warningsFirst = false): readonly FoldedEvent[] {
  const groups = new Map<string, EventView[]>();
  for (const event of events) {
    const key = keyOf(event);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [event]);
    else group.push(event);
  }
  return [...groups.values()]
    .map(fold)
    .sort(
      (left, right) =>
        (warningsFirst ? rankOf(left) - rankOf(right) : 0) ||
        compareNumbers(right.lastSeen, left.lastSeen) ||
        rankOf(left) - rankOf(right) ||
        compareText(left.reason, right.reason) ||
        compareText(left.message, right.message),
    );
}

function rankOf({ type }: FoldedEvent): number {
  return type === 'Warning' ? 0 : 1;
}

function fold(group: readonly EventView[]): FoldedEvent {
  const ordered = [...group].sort(
    (left, right) => compareNumbers(right.lastSeen, left.lastSeen) || compareText(left.name, right.name),
  );
  // A group has at least one event.
  const newest = ordered[0] as EventView;
  const objects = new Map(
    ordered.map(({ involved }) => [`${involved.namespace}/${involved.name}`, involved]),
  );
  return {
    type: newest.type,
    reason: toSingleLine(newest.reason, 60),
    message: toSingleLine(newest.message, MAX_MESSAGE),
    count: ordered.reduce((sum, { count }) => sum + (Number.isFinite(count) ? Math.max(1, count) : 1), 0),
    firstSeen: ordered.reduce(
      (least, { firstSeen }) => Math.min(least, finite(firstSeen)),
      finite(newest.firstSeen),
    ),
    lastSeen: newest.lastSeen,
    objects: [...objects.values()],
  };
}

/** What says the same: type, reason, kind, and the text without what passes. */
function keyOf({ type, reason, message, involved }: EventView): string {
  const named = withoutNames(message, involved.name);
  const shape = PASSING.reduce((text, pattern) => text.replaceAll(pattern, '…'), named.slice(0, 2_000));
  return JSON.stringify([type, reason, involved.kind, involved.namespace, stemOf(involved.name), shape]);
}

/** Without the object's name, and without the names of the pods that a controller calls after itself. */
function withoutNames(message: string, name: string): string {
  if (name === '') return message;
  return message
    .split(name)
    .map((part, index) => (index === 0 ? part : part.replace(/^-(?:[a-z0-9]{5}|\d{1,5})\b/, '')))
    .join('…');
}

/** Pods of one owner share all but their last part. */
function stemOf(name: string): string {
  return name.replace(/-(?:[a-z0-9]{5}|\d{1,5})$/, '');
}

function finite(value: number): number {
  return Number.isFinite(value) ? value : 0;
}
