import { type LogQuery, OpsError } from '@jamie/core';
import { objectPath } from './resource-path.ts';

const CONTAINER = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const MAX_LINES = 100_000;
const MAX_BYTES = 16 * 1024 * 1024;
/** No kubelet keeps a container's log for longer than this in practice. */
const MAX_SINCE_SECONDS = 366 * 24 * 60 * 60;

/** The path of a pod's log. Throws `invalid_input`. */
export function logPath(query: LogQuery): string {
  return `${objectPath({ kind: 'Pod', namespace: query.namespace, name: query.pod })}/log`;
}

/** The query of a log request. Throws `invalid_input` for bounds that are not positive or not sane. */
export function logQueryOf(query: LogQuery): Record<string, string> {
  checkBound('tailLines', query.tailLines, MAX_LINES);
  checkBound('limitBytes', query.limitBytes, MAX_BYTES);
  if (query.sinceSeconds !== undefined) checkBound('sinceSeconds', query.sinceSeconds, MAX_SINCE_SECONDS);
  if (!CONTAINER.test(query.container)) throw invalid('container', query.container, 'a container name');
  return {
    container: query.container,
    tailLines: String(query.tailLines),
    limitBytes: String(query.limitBytes),
    ...(query.previous ? { previous: 'true' } : {}),
    ...(query.sinceSeconds === undefined ? {} : { sinceSeconds: String(query.sinceSeconds) }),
    ...(query.timestamps === true ? { timestamps: 'true' } : {}),
  };
}

/** At most `limitBytes` of UTF-8, never half a character: a server may send more than it was asked for. */
export function cutLog(text: string, limitBytes: number): string {
  const bytes = Buffer.from(text, 'utf8');
  if (bytes.byteLength <= limitBytes) return text;
  let end = limitBytes;
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return bytes.toString('utf8', 0, end);
}

function checkBound(field: string, value: number, max: number): void {
  if (!Number.isSafeInteger(value) || value < 1 || value > max)
    throw invalid(field, value, `a number from 1 to ${max}`);
}

function invalid(field: string, value: unknown, expected: string): OpsError {
  return new OpsError('invalid_input', 'the log cannot be asked for like this', {
    userMessage: `The log's ${field} must be ${expected}, not "${String(value)}".`,
    details: { field, value },
  });
}
