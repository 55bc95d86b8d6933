import { z } from 'zod';
import type { JsonObject, JsonValue } from '../json.ts';

/** Deeper than any object that people write, and shallow enough for every parser. */
const MAX_DEPTH = 40;
/** Bytes of one object as JSON. The API server stores at most about 1.5 MiB. */
const MAX_LENGTH = 256 * 1024;

const name = z.string().regex(/^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/, 'must be a Kubernetes name');

/**
 * One object as a person wrote it: plain JSON with apiVersion, kind and a name. Which kinds and fields are allowed is
 * decided by policy, not here.
 */
export const manifestSchema = z.custom<JsonObject>().superRefine((value, context) => {
  const head = z
    .looseObject({
      apiVersion: z.string().min(1).max(100),
      kind: z.string().min(1).max(100),
      metadata: z.looseObject({ name, namespace: name.optional() }),
    })
    .safeParse(value);
  if (!head.success) {
    for (const issue of head.error.issues)
      context.addIssue({ code: 'custom', message: issue.message, path: issue.path });
    return;
  }
  if (!isPlainJson(value, 0))
    context.addIssue({ code: 'custom', message: 'must be plain JSON, not too deep' });
  else if (JSON.stringify(value).length > MAX_LENGTH)
    context.addIssue({ code: 'custom', message: 'must be smaller than 256 KiB' });
});

function isPlainJson(value: unknown, depth: number): value is JsonValue {
  if (depth > MAX_DEPTH) return false;
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (Array.isArray(value)) return value.every((item) => isPlainJson(item, depth + 1));
  if (typeof value !== 'object' || Object.hasOwn(value, '__proto__')) return false;
  return Object.values(value).every((member) => isPlainJson(member, depth + 1));
}
