import { types } from 'node:util';
import { REDACTED, redactSecrets } from '@jamie/core';

const MAX_DEPTH = 8;
const MAX_ITEMS = 200;
const MAX_TEXT = 8_192;

const SECRET_KEY =
  /^(.*[-_.])?(authorization|proxy-authorization|cookie|set-cookie|password|passwd|secret|client-?secret|signing-?secret|(api|access|private|credentials?)-?key|(bot|app|bearer|access|refresh|id|session|api)?-?token|client-key-data|client-certificate-data|kubeconfig|credentials?)$/i;

/** Takes secrets out of what is about to be written. */
export interface FieldRedactor {
  redactText(text: string): string;
  /** A copy without secrets: by key name, by the look of a text, the data of Secret objects, and the known values. */
  redactValue(value: unknown): unknown;
}

/**
 * Makes the redactor of a sink. `knownSecrets` are values that must not appear in any form of theirs; those shorter
 * than 8 characters are ignored, for they would tear ordinary words apart. Bounded in depth, items and text length.
 */
export function createFieldRedactor(knownSecrets: readonly string[]): FieldRedactor {
  const known = knownSecrets.filter((secret) => secret.length >= 8).sort((a, b) => b.length - a.length);

  function redactText(text: string): string {
    // Cut last: a secret that the cut tears apart would no longer look like one.
    let result = text.slice(0, 2 * MAX_TEXT);
    for (const secret of known) result = result.replaceAll(secret, REDACTED);
    result = redactSecrets(result);
    return result.length > MAX_TEXT || text.length > 2 * MAX_TEXT
      ? `${result.slice(0, MAX_TEXT)}… (cut)`
      : result;
  }

  function redactObject(value: object, depth: number, seen: ReadonlySet<object>): unknown {
    const record = value as Record<string, unknown>;
    const isSecret = record['kind'] === 'Secret';
    const entries = Object.entries(record).slice(0, MAX_ITEMS);
    return Object.fromEntries(
      entries.map(([key, member]) => {
        const isHidden = SECRET_KEY.test(hyphenated(key)) || (isSecret && /^(data|stringData)$/.test(key));
        return [key, isHidden && member !== undefined ? REDACTED : walk(member, depth + 1, seen)];
      }),
    );
  }

  function walk(value: unknown, depth: number, seen: ReadonlySet<object>): unknown {
    if (typeof value === 'string') return redactText(value);
    if (typeof value !== 'object' || value === null) return toPlain(value);
    if (depth > MAX_DEPTH || seen.has(value)) return '[deep]';
    return walkObject(value, depth, new Set(seen).add(value));
  }

  function walkObject(value: object, depth: number, seen: ReadonlySet<object>): unknown {
    if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
    if (types.isDate(value)) return Number.isNaN(value.getTime()) ? 'invalid date' : value.toISOString();
    if (types.isNativeError(value)) return redactObject(describeError(value), depth, seen);
    if (!Array.isArray(value)) return redactObject(value, depth, seen);
    return value.slice(0, MAX_ITEMS).map((item) => walk(item, depth + 1, seen));
  }

  return { redactText, redactValue: (value) => walk(value, 0, new Set()) };
}

/** What JSON cannot hold becomes a text. */
function toPlain(value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'function' || typeof value === 'symbol') return `[${typeof value}]`;
  return value;
}

/** `botToken` → `bot-Token`: one spelling for the key list. */
function hyphenated(key: string): string {
  return key.replace(/([a-z0-9])([A-Z])/g, '$1-$2').replaceAll('_', '-');
}

/** What a log keeps of an error: its class, code, message, stack, details and causes. */
function describeError(error: Error): object {
  const fields: Record<string, unknown> = { type: error.name, message: error.message };
  if ('code' in error) fields['code'] = error.code;
  if ('details' in error) fields['details'] = error.details;
  if (error.stack !== undefined) fields['stack'] = error.stack;
  if (error.cause !== undefined) fields['cause'] = error.cause;
  return fields;
}
