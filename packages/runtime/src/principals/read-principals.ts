import { readFile } from 'node:fs/promises';
import { OpsError } from '@jamie/core';
import type { z } from 'zod';
import { findProblems } from './find-problems.ts';
import { type PrincipalsFile, principalsFileSchema } from './principals-file.ts';

const MAX_BYTES = 1024 * 1024;

/** The text of a principals file. Throws config_invalid when it cannot be read or is larger than a mebibyte. */
export async function readPrincipalsText(path: string): Promise<string> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    throw invalid(path, ['it cannot be read; check the path and its permissions'], error);
  }
  if (bytes.length > MAX_BYTES) throw invalid(path, ['it is larger than 1 MiB']);
  return bytes.toString('utf8');
}

/** What the text says. Throws config_invalid with every problem at once; `path` only names it. */
export async function parsePrincipals(path: string, text: string): Promise<PrincipalsFile> {
  const parsed = principalsFileSchema.safeParse(await parseYaml(path, text));
  if (!parsed.success) throw invalid(path, parsed.error.issues.map(describeIssue));
  const problems = findProblems(parsed.data);
  if (problems.length > 0) throw invalid(path, problems);
  return parsed.data;
}

async function parseYaml(path: string, text: string): Promise<unknown> {
  const { parseDocument } = await import('yaml');
  const document = parseDocument(text);
  if (document.errors.length > 0) {
    throw invalid(
      path,
      document.errors.map((error) => error.message.split('\n')[0] ?? error.code),
    );
  }
  try {
    // An empty file is a file without people.
    return document.toJS({ maxAliasCount: 100 }) ?? {};
  } catch (error) {
    throw invalid(path, ['it repeats parts by reference too often'], error);
  }
}

function describeIssue(issue: z.core.$ZodIssue): string {
  const path = issue.path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  return `${path.replace(/^\./, '') || 'the file'}: ${issue.message}`;
}

function invalid(path: string, problems: readonly string[], cause?: unknown): OpsError {
  const lines = problems.map((problem) => `  ${problem}`).join('\n');
  return new OpsError('config_invalid', 'principals file is not valid', {
    userMessage: `PRINCIPALS_FILE ${path} is not valid. Mend these and start again:\n${lines}`,
    details: { path, problems },
    cause,
  });
}
