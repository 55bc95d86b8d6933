import { OpsError } from './errors.ts';

/**
 * The one spelling of a JSON value: keys sorted by UTF-16 code unit, no white space, `undefined` members left
 * out, as in RFC 8785. Two values are equal exactly when their canonical texts are.
 * Throws `invalid_input` for what JSON cannot hold: NaN, infinities, functions, symbols, bigints, cycles.
 */
export function canonicalJson(value: unknown): string {
  return write(value, new Set());
}

function write(value: unknown, path: Set<object>): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw notJson(String(value));
    return JSON.stringify(value);
  }
  if (typeof value !== 'object') throw notJson(typeof value);
  if (path.has(value)) throw notJson('a cycle');
  path.add(value);
  const text = Array.isArray(value) ? writeArray(value, path) : writeObject(value, path);
  path.delete(value);
  return text;
}

function writeArray(values: readonly unknown[], path: Set<object>): string {
  return `[${values.map((item) => write(item === undefined ? null : item, path)).join(',')}]`;
}

function writeObject(value: object, path: Set<object>): string {
  const record = value as Record<string, unknown>;
  const members = Object.keys(record)
    .filter((key) => record[key] !== undefined)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${write(record[key], path)}`);
  return `{${members.join(',')}}`;
}

function notJson(what: string): OpsError {
  return new OpsError('invalid_input', 'value cannot be written as canonical JSON', { details: { what } });
}
