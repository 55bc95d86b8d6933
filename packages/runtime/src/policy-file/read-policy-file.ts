import { readFile } from 'node:fs/promises';
import { OpsError } from '@jamie/core';

const MAX_BYTES = 256 * 1024;
/** A policy needs no references; some leave room for anchors that people use to repeat a list. */
const MAX_ALIASES = 100;

/** The text of a policy file. Throws config_invalid when it cannot be read or is larger than 256 KiB. */
export async function readPolicyText(path: string): Promise<string> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    throw policyInvalid(path, ['it cannot be read; check the path and its permissions'], error);
  }
  if (bytes.length > MAX_BYTES) throw policyInvalid(path, ['it is larger than 256 KiB']);
  return bytes.toString('utf8');
}

/** What the YAML of a policy says, as plain data. Throws config_invalid with every problem of its syntax. */
export async function parsePolicyText(path: string, text: string): Promise<unknown> {
  const { parseDocument } = await import('yaml');
  const document = parseDocument(text);
  if (document.errors.length > 0) {
    const problems = document.errors.map((error) => error.message.split('\n')[0] ?? error.code);
    throw policyInvalid(path, problems);
  }
  try {
    return document.toJS({ maxAliasCount: MAX_ALIASES }) ?? {};
  } catch (error) {
    throw policyInvalid(path, ['it repeats parts by reference too often'], error);
  }
}

/** What is wrong with a policy file, every problem on a line. */
export function policyInvalid(path: string, problems: readonly string[], cause?: unknown): OpsError {
  const lines = problems.map((problem) => `  ${problem}`).join('\n');
  return new OpsError('config_invalid', 'policy file is not valid', {
    userMessage: `The policy file ${path} is not valid. Mend these, and try it with jamie policy check:\n${lines}`,
    details: { path, problems },
    cause,
  });
}
