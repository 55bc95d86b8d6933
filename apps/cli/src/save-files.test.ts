import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createTemporaryDirectory } from '@jamie/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { saveFiles } from './save-files.ts';

let directory = createTemporaryDirectory();
beforeEach(() => {
  directory = createTemporaryDirectory();
});
afterEach(() => directory.remove());

const file = (name: string) => ({ name, title: name, text: 'text' });

describe('saveFiles', () => {
  it('keeps every file within the directory, whatever its name says', async () => {
    const paths = await saveFiles(directory.path, [
      file('../../etc/passwd'),
      file('..'),
      file('/tmp/.profile'),
    ]);
    expect(paths).toEqual(['passwd', 'answer.txt', 'profile'].map((name) => join(directory.path, name)));
    expect(readdirSync(directory.path).sort()).toEqual(['answer.txt', 'passwd', 'profile']);
  });

  it('says so when there is no such directory', async () => {
    await expect(saveFiles(join(directory.path, 'nowhere'), [file('a')])).rejects.toMatchObject({
      code: 'invalid_input',
      userMessage: expect.stringContaining('directory must exist'),
    });
  });
});
