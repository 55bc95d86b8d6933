import { isJsonObject, type JsonObject, type JsonValue } from '@jamie/core';

/** What the API server takes at most is about 3 MiB; nothing of ours comes near this. */
const MAX_BODY = 1024 * 1024;

/**
 * Reads the bytes of a body as the API server will. The text must be exactly what JSON.stringify writes: duplicate
 * members, other spellings and `__proto__`, which two parsers read differently, are refused with undefined.
 */
export function parseBody(body: unknown): JsonValue | undefined {
  if (typeof body !== 'string' || body.length > MAX_BODY) return undefined;
  let value: JsonValue;
  try {
    value = JSON.parse(body) as JsonValue;
  } catch {
    return undefined;
  }
  if (JSON.stringify(value) !== body || body.includes('"__proto__"')) return undefined;
  return value;
}

/** The same, for a body that must be one JSON object. */
export function parseObjectBody(body: unknown): JsonObject | undefined {
  const value = parseBody(body);
  return isJsonObject(value) ? value : undefined;
}
