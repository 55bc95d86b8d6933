import { describeIssue, OpsError } from '@jamie/core';
import { parseYamlText, readYamlText, type YamlFile } from '../yaml-file/read-yaml-file.ts';
import { findProblems } from './find-problems.ts';
import { type PrincipalsFile, principalsFileSchema } from './principals-file.ts';

/** The text of a principals file. Throws config_invalid when it cannot be read or is larger than a mebibyte. */
export function readPrincipalsText(path: string): Promise<string> {
  return readYamlText(principalsFile(path));
}

/** What the text says. Throws config_invalid with every problem at once; `path` only names it. */
export async function parsePrincipals(path: string, text: string): Promise<PrincipalsFile> {
  const file = principalsFile(path);
  const parsed = principalsFileSchema.safeParse(await parseYamlText(file, text));
  if (!parsed.success) throw file.invalid(parsed.error.issues.map(describeIssue));
  const problems = findProblems(parsed.data);
  if (problems.length > 0) throw file.invalid(problems);
  return parsed.data;
}

function principalsFile(path: string): YamlFile {
  const invalid: YamlFile['invalid'] = (problems, cause) => {
    const lines = problems.map((problem) => `  ${problem}`).join('\n');
    return new OpsError('config_invalid', 'principals file is not valid', {
      userMessage: `PRINCIPALS_FILE ${path} is not valid. Mend these and start again:\n${lines}`,
      details: { path, problems },
      cause,
    });
  };
  return { path, maxBytes: 1024 * 1024, maxSize: '1 MiB', invalid };
}
