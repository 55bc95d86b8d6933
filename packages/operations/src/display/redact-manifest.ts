import { redactSecrets } from '@jamie/core';

const SECRET_NAME =
  /pass(word|wd|phrase)?|pwd|secret|token|api[-_]?key|credential|private[-_]?key|access[-_]?key|auth[-_]?key|authorization|cookie|signing[-_]?key|encryption[-_]?key|dsn|connection[-_]?string/i;
const FLAG = /^--?([\w.-]{1,80})$/;

/**
 * A manifest, or a part of one, as people may see it. By structure: the value of an environment variable, of an
 * annotation or of a command's flag whose name sounds secret. By its looks: any other text that holds a credential.
 * Equal values keep equal marks, so that a diff still shows that one changed. Names of Secrets and their keys stay.
 */
export function redactManifest(value: unknown): unknown {
  if (typeof value === 'string') return redactText(value);
  if (Array.isArray(value)) return value.map((item, index) => redactItem(item, value[index - 1]));
  if (typeof value !== 'object' || value === null) return value;
  const record = value as Record<string, unknown>;
  if (isSecretVariable(record)) return { ...record, value: mark(record.value) };
  return Object.fromEntries(
    Object.entries(record)
      .filter(([, member]) => member !== undefined)
      .map(([key, member]) => [key, key === 'annotations' ? redactNamed(member) : redactManifest(member)]),
  );
}

/** `--token`, `abc` as two words of a command: the second is the value of the first. */
function redactItem(item: unknown, before: unknown): unknown {
  const flag = typeof before === 'string' ? FLAG.exec(before)?.[1] : undefined;
  const isValue = flag !== undefined && typeof item === 'string' && !FLAG.test(item);
  return isValue && SECRET_NAME.test(flag) ? mark(item) : redactManifest(item);
}

/** Texts by name: annotations. */
function redactNamed(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return redactManifest(value);
  return Object.fromEntries(
    Object.entries(value).map(([name, text]) => [
      name,
      typeof text === 'string' && text !== '' && SECRET_NAME.test(name) ? mark(text) : redactManifest(text),
    ]),
  );
}

function redactText(text: string): string {
  const redacted = redactSecrets(text);
  return redacted === text ? text : `${redacted} ${mark(text)}`;
}

function isSecretVariable(record: Record<string, unknown>): record is { name: string; value: string } {
  return (
    typeof record['name'] === 'string' &&
    typeof record['value'] === 'string' &&
    record['value'] !== '' &&
    SECRET_NAME.test(record['name'])
  );
}

function mark(value: string): string {
  let sum = 0;
  for (const character of value) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 46_656;
  return `<redacted ${sum.toString(36)}>`;
}
