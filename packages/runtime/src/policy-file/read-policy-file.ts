import { OpsError } from '@jamie/core';
import { parseYamlText, readYamlText, type YamlFile } from '../yaml-file/read-yaml-file.ts';

/** The text of a policy file. Throws config_invalid when it cannot be read or is larger than 256 KiB. */
export function readPolicyText(path: string): Promise<string> {
  return readYamlText(policyFile(path));
}

/** What the YAML of a policy says, as plain data. Throws config_invalid with every problem of its syntax. */
export function parsePolicyText(path: string, text: string): Promise<unknown> {
  return parseYamlText(policyFile(path), text);
}

function policyFile(path: string): YamlFile {
  const invalid: YamlFile['invalid'] = (problems, cause) => policyInvalid(path, problems, cause);
  return { path, maxBytes: 256 * 1024, maxSize: '256 KiB', invalid };
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
