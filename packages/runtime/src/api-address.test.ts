import { chmodSync, mkdtempSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readApiAddress, removeApiAddress, writeApiAddress } from './api-address.ts';

const ADDRESS = { url: 'http://127.0.0.1:8000', token: 'secret', processId: 42 };
const newDirectory = () => mkdtempSync(join(tmpdir(), 'jamie-address-'));

describe('writeApiAddress', () => {
  it('leaves an address that its owner alone can read, also where the directory is new', async () => {
    const directory = join(newDirectory(), 'new');
    await writeApiAddress(directory, ADDRESS);
    expect(await readApiAddress(directory)).toEqual(ADDRESS);
    expect(statSync(join(directory, 'api.json')).mode & 0o777).toBe(0o600);
    expect(statSync(directory).mode & 0o777).toBe(0o700);
    expect(readdirSync(directory)).toEqual(['api.json']);
  });

  it('replaces an older address and its wider mode', async () => {
    const directory = newDirectory();
    writeFileSync(join(directory, 'api.json'), '{}');
    chmodSync(join(directory, 'api.json'), 0o644);
    await writeApiAddress(directory, ADDRESS);
    expect(await readApiAddress(directory)).toEqual(ADDRESS);
    expect(statSync(join(directory, 'api.json')).mode & 0o777).toBe(0o600);
  });

  it('says so when the directory cannot be written', async () => {
    const file = join(newDirectory(), 'file');
    writeFileSync(file, '');
    await expect(writeApiAddress(file, ADDRESS)).rejects.toMatchObject({ code: 'unavailable' });
  });
});

describe('readApiAddress', () => {
  it('is undefined where nothing runs', async () => {
    expect(await readApiAddress(newDirectory())).toBeUndefined();
    expect(await readApiAddress('/nowhere/at/all')).toBeUndefined();
  });

  it('refuses a damaged file', async () => {
    const directory = newDirectory();
    writeFileSync(join(directory, 'api.json'), '{"url":');
    await expect(readApiAddress(directory)).rejects.toMatchObject({ code: 'config_invalid' });
  });
});

describe('removeApiAddress', () => {
  it('removes its own address and leaves that of another process', async () => {
    const directory = newDirectory();
    await writeApiAddress(directory, ADDRESS);
    await removeApiAddress(directory, 41);
    expect(await readApiAddress(directory)).toEqual(ADDRESS);
    await removeApiAddress(directory, 42);
    expect(await readApiAddress(directory)).toBeUndefined();
    await removeApiAddress(directory, 42);
  });
});
