import { OpsError } from '@jamie/core';

/** A prompt whose places are known by name. */
export interface PromptTemplate<Name extends string> {
  /** Fills every place once; what is filled in is never read as a place again. */
  fill(values: Readonly<Record<Name, string>>): string;
}

const PLACE = /\{\{\s*([^{}]*?)\s*\}\}/g;

/** Checks that a prompt has exactly these places. Throws config_invalid for one that is missing or unknown. */
export function parsePrompt<const Name extends string>(
  text: string,
  file: string,
  names: readonly Name[],
): PromptTemplate<Name> {
  const found = new Set([...text.matchAll(PLACE)].map(([, name = '']) => name));
  const missing = names.filter((name) => !found.has(name));
  const unknown = [...found].filter((name) => !(names as readonly string[]).includes(name));
  if (missing.length > 0 || unknown.length > 0) {
    throw new OpsError('config_invalid', 'a prompt has the wrong places', {
      userMessage: [
        `The prompt ${file} cannot be used.`,
        ...missing.map((name) => `It lacks {{${name}}}.`),
        ...unknown.map((name) => `Nothing fills {{${name}}}.`),
        'Restore the file as it was delivered.',
      ].join(' '),
      details: { file, missing, unknown },
    });
  }
  return {
    fill: (values) =>
      // Sound: every name that occurs was checked to be one of Name.
      text.replaceAll(PLACE, (_place, name: string) => values[name as Name]).trim(),
  };
}
