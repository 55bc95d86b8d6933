import type { JsonValue } from './json.ts';

/** Splits an RFC 6901 pointer into its unescaped tokens; the empty pointer is the whole document. */
export function parseJsonPointer(pointer: string): readonly string[] {
  if (pointer === '') return [];
  return pointer
    .slice(1)
    .split('/')
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** Joins tokens into an RFC 6901 pointer. */
export function formatJsonPointer(tokens: readonly string[]): string {
  return tokens.map((token) => `/${token.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** The value at a pointer, or undefined where the path does not exist. Own members only. */
export function readJsonPointer(document: unknown, pointer: string): JsonValue | undefined {
  let value: unknown = document;
  for (const token of parseJsonPointer(pointer)) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, token)) return undefined;
    value = (value as Record<string, unknown>)[token];
  }
  return value as JsonValue | undefined;
}
