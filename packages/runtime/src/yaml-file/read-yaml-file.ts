import { readFile } from 'node:fs/promises';
import type { OpsError } from '@jamie/core';

/** What people write by hand needs no references; some leave room for anchors that they use to repeat a list. */
const MAX_ALIASES = 100;

/** A YAML file that people write: how large it may be, and how it is told what is wrong with it. */
export interface YamlFile {
  readonly path: string;
  readonly maxBytes: number;
  /** `maxBytes` as people say it, for example `1 MiB`. */
  readonly maxSize: string;
  /** Every problem at once. */
  invalid(problems: readonly string[], cause?: unknown): OpsError;
}

/** The text of a file. Throws what `invalid` makes when it cannot be read or is too large. */
export async function readYamlText({ path, maxBytes, maxSize, invalid }: YamlFile): Promise<string> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    throw invalid(['it cannot be read; check the path and its permissions'], error);
  }
  if (bytes.length > maxBytes) throw invalid([`it is larger than ${maxSize}`]);
  return bytes.toString('utf8');
}

/** What the text says, as plain data; an empty one is an empty object. Throws what `invalid` makes. */
export async function parseYamlText({ invalid }: Pick<YamlFile, 'invalid'>, text: string): Promise<unknown> {
  const { parseDocument } = await import('yaml');
  const document = parseDocument(text);
  if (document.errors.length > 0)
    throw invalid(document.errors.map((error) => error.message.split('\n')[0] ?? error.code));
  try {
    return document.toJS({ maxAliasCount: MAX_ALIASES }) ?? {};
  } catch (error) {
    throw invalid(['it repeats parts by reference too often'], error);
  }
}
