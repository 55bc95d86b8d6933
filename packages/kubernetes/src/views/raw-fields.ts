import { isJsonObject } from '@jamie/core';

/** Fields of objects that nobody has checked: whatever is missing or of another type reads as empty. */
export type RawObject = Readonly<Record<string, unknown>>;

const NOTHING: RawObject = Object.freeze({});
const NO_ITEMS: readonly unknown[] = Object.freeze([]);

export function objectOf(value: unknown): RawObject {
  return isJsonObject(value) ? value : NOTHING;
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : NO_ITEMS;
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Free text of at most 1,024 characters: enough for people, and one hostile object cannot fill the memory. */
export function messageOf(value: unknown): string {
  const text = textOf(value);
  return text.length <= 1_024 ? text : `${text.slice(0, 1_023)}…`;
}

export function numberOf(value: unknown, fallback = 0): number {
  return typeof value === 'number' ? value : fallback;
}

/** An RFC 3339 time as milliseconds since 1970; 0 where there is none. */
export function timeOf(value: unknown): number {
  const at = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(at) ? 0 : at;
}
