import type { KubeObject } from '@jamie/core';

const NOISY_METADATA: ReadonlySet<string> = new Set([
  'managedFields',
  'resourceVersion',
  'generation',
  'uid',
  'creationTimestamp',
  'selfLink',
]);
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';
const SECRET_NAME =
  /pass(word|wd)?|secret|token|api[-_]?key|credential|private[-_]?key|access[-_]?key|dsn|connection[-_]?string/i;

/**
 * An object as people may see it: without status and server noise, and with environment values whose name sounds
 * secret replaced by a short mark. Equal values keep equal marks, so that a diff still shows that one changed.
 */
export function forDisplay(object: KubeObject): KubeObject {
  const { status: _status, metadata, ...rest } = object;
  const kept = Object.fromEntries(Object.entries(metadata).filter(([key]) => !NOISY_METADATA.has(key)));
  const annotations = Object.fromEntries(
    Object.entries(metadata.annotations ?? {}).filter(([key]) => key !== LAST_APPLIED),
  );
  const shown = {
    ...kept,
    ...(Object.keys(annotations).length > 0 ? { annotations } : { annotations: undefined }),
  };
  return redact({ ...rest, metadata: shown }) as KubeObject;
}

function redact(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(redact);
  if (typeof value !== 'object' || value === null) return value;
  const record = value as Record<string, unknown>;
  if (isSecretVariable(record)) return { ...record, value: mark(record['value']) };
  return Object.fromEntries(
    Object.entries(record)
      .filter(([, member]) => member !== undefined)
      .map(([key, member]) => [key, redact(member)]),
  );
}

function isSecretVariable(record: Record<string, unknown>): record is { name: string; value: string } {
  return (
    typeof record['name'] === 'string' &&
    typeof record['value'] === 'string' &&
    SECRET_NAME.test(record['name'])
  );
}

function mark(value: string): string {
  let sum = 0;
  for (const character of value) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 46_656;
  return `<redacted ${sum.toString(36)}>`;
}
