import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OpsError } from '@jamie/core';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { parseYamlText, readYamlText, type YamlFile } from './read-yaml-file.ts';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'yaml-file-'));
});

afterEach(() => rmSync(directory, { recursive: true }));

function file(name = 'rules.yaml'): YamlFile {
  const invalid = (problems: readonly string[]) => new OpsError('config_invalid', problems.join('; '));
  return { path: join(directory, name), maxBytes: 20, maxSize: '20 bytes', invalid };
}

describe('readYamlText', () => {
  it('reads a file up to its size, and says when it is larger or not there', async () => {
    writeFileSync(join(directory, 'rules.yaml'), 'x'.repeat(20));
    expect(await readYamlText(file())).toHaveLength(20);
    writeFileSync(join(directory, 'rules.yaml'), 'x'.repeat(21));
    await expect(readYamlText(file())).rejects.toThrow('larger than 20 bytes');
    await expect(readYamlText(file('other.yaml'))).rejects.toThrow('cannot be read');
  });
});

describe('parseYamlText', () => {
  it('takes an empty text for an empty object', async () => {
    expect(await parseYamlText(file(), '')).toEqual({});
    expect(await parseYamlText(file(), 'a: [1]')).toEqual({ a: [1] });
  });

  it('names every problem of the syntax', async () => {
    await expect(parseYamlText(file(), 'a: [1\nb: "')).rejects.toThrow(/;/);
  });

  it('refuses a text that grows beyond measure by references', async () => {
    const layers = [
      'a: &a [1,1,1,1,1,1,1,1]',
      'b: &b [*a,*a,*a,*a,*a,*a,*a,*a]',
      'c: &c [*b,*b,*b,*b,*b,*b,*b,*b]',
      'd: [*c,*c,*c,*c,*c,*c,*c,*c]',
    ];
    await expect(parseYamlText(file(), layers.join('\n'))).rejects.toThrow('by reference too often');
  });
});
