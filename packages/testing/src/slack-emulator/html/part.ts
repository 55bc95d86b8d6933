import { isJsonObject } from '@jamie/core';

/** A piece of JSON of which nothing is known yet. */
export type Part = Readonly<Record<string, unknown>>;

/** The value when it is an object, otherwise an empty one. */
export function partOf(value: unknown): Part {
  return isJsonObject(value) ? value : {};
}

export function partsOf(value: unknown): readonly Part[] {
  return Array.isArray(value) ? value.map(partOf) : [];
}

export function stringOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
