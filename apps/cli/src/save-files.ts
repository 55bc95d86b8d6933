import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { OpsError, type ReplyFile } from '@jamie/core';

/**
 * Writes the files of an answer into a directory and returns their paths. A name that could leave the directory is
 * cut to its last part; a file that exists is never overwritten (invalid_input).
 */
export async function saveFiles(directory: string, files: readonly ReplyFile[]): Promise<readonly string[]> {
  const paths: string[] = [];
  for (const file of files) {
    const name = basename(file.name).replace(/^\.+/, '');
    const path = join(directory, name === '' ? 'answer.txt' : name);
    try {
      await writeFile(path, file.text, { flag: 'wx' });
    } catch (error) {
      throw new OpsError('invalid_input', 'file cannot be written', {
        userMessage: `${path} cannot be written. The directory must exist, and the file must not.`,
        cause: error,
      });
    }
    paths.push(path);
  }
  return paths;
}
