import { OpsError } from '@jamie/core';
import type { z } from 'zod';

/**
 * Reads a record back from disk, where anything may have happened to it. Returns the whole of what was written,
 * fields of later versions included. Throws `internal` naming the record when it is not what the schema says.
 */
export function readRecord<T>(schema: z.ZodType<T>, text: unknown, what: string, id: string | number): T {
  const value = parseJson(text, what, id);
  const result = schema.safeParse(value);
  if (!result.success) throw damaged(what, id, result.error);
  return value as T;
}

function parseJson(text: unknown, what: string, id: string | number): unknown {
  try {
    return JSON.parse(String(text));
  } catch (error) {
    throw damaged(what, id, error);
  }
}

function damaged(what: string, id: string | number, cause: unknown): OpsError {
  return new OpsError('internal', 'a stored record is damaged', {
    cause,
    details: { what, id },
    userMessage: `The stored ${what} ${id} is damaged, or was written by a newer version of this program, and was not used. Start the newer version, or restore the database from a backup.`,
  });
}
