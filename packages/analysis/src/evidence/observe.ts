import type { EventView, Evidence, EvidenceId, LogQuery, ObjectRef, ObjectView } from '@jamie/core';
import { refOf } from '../snapshot/ref-of.ts';
import { countOf } from '../wording.ts';
import { toSingleLine } from './cluster-text.ts';

// Numbered once the whole diagnosis is known; until then the id says nothing.
const UNNUMBERED = '' as EvidenceId;

/** What a field of an object says. */
export function observeField(view: ObjectView, where: string, text: string, observedAt: number): Evidence {
  return { id: UNNUMBERED, source: 'object', ref: refOf(view), where, observedAt, text: toSingleLine(text) };
}

/** What an event says, cited with the object that it is about. */
export function observeEvent(event: EventView, about: ObjectView): Evidence {
  const times = event.count > 1 ? ` (${countOf(event.count, 'time')})` : '';
  return {
    id: UNNUMBERED,
    source: 'event',
    ref: refOf(about),
    where: toSingleLine(event.reason, 80),
    observedAt: event.lastSeen,
    text: `${toSingleLine(event.message)}${times}`,
  };
}

/** What a container's log says. */
export function observeLog(query: LogQuery, line: string, observedAt: number): Evidence {
  const ref: ObjectRef = { kind: 'Pod', namespace: query.namespace, name: query.pod };
  const where = query.previous ? `${query.container} (previous)` : query.container;
  return { id: UNNUMBERED, source: 'log', ref, where, observedAt, text: toSingleLine(line) };
}
