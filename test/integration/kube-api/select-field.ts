import { parseJsonPointer } from '@jamie/core';
import type { Field } from './exchange.ts';

/** The text and the parsed JSON of a response body; `json` is undefined for anything else. */
export interface Body {
  readonly text: string;
  readonly json: unknown;
}

/** What a field says of a body; undefined where it is not there. */
export function selectField(body: Body, field: Field): unknown {
  if (field === 'text') return body.text;
  if (field === 'events') return watchEvents(body.text);
  const [, prefix, pointer = ''] = /^(?:(keys|count|sorted):)?(.*)$/.exec(field) ?? [];
  const value = select(body.json, parseJsonPointer(pointer));
  switch (prefix) {
    case 'keys':
      return isRecord(value) ? Object.keys(value).sort() : undefined;
    case 'count':
      return Array.isArray(value) ? value.length : 0;
    case 'sorted':
      return Array.isArray(value)
        ? value.toSorted((one, other) => (String(one) < String(other) ? -1 : 1))
        : value;
    default:
      return value;
  }
}

function select(value: unknown, tokens: readonly string[]): unknown {
  const [token, ...rest] = tokens;
  if (token === undefined) return value;
  if (token === '*')
    return Array.isArray(value) ? value.map((item) => select(item, rest) ?? null) : undefined;
  const wanted = /^\[([^=]+)=(.*)\]$/.exec(token);
  if (wanted !== null && Array.isArray(value)) {
    const [, member = '', text = ''] = wanted;
    return select(
      value.find((item) => isRecord(item) && item[member] === text),
      rest,
    );
  }
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, token)) return undefined;
  return select((value as Record<string, unknown>)[token], rest);
}

/** One line an event; bookmarks in a row count as one, because how many come is a matter of time. */
function watchEvents(text: string): readonly string[] {
  const events = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => describeEvent(JSON.parse(line) as WatchEvent));
  return events.filter((event, index) => !event.startsWith('BOOKMARK') || event !== events[index - 1]);
}

interface WatchEvent {
  readonly type: string;
  readonly object: {
    readonly kind?: string;
    readonly code?: number;
    readonly reason?: string;
    readonly message?: string;
    readonly metadata?: { readonly name?: string; readonly resourceVersion?: string };
  };
}

function describeEvent({ type, object }: WatchEvent): string {
  if (type === 'ERROR') return `ERROR ${object.kind} ${object.code} ${object.reason}: ${object.message}`;
  const hasVersion = object.metadata?.resourceVersion === undefined ? 'without' : 'with';
  return [type, object.kind, object.metadata?.name, `${hasVersion} a version`].filter(Boolean).join(' ');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
