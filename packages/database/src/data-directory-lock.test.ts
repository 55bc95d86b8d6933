import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createTemporaryDirectory, type TemporaryDirectory } from '@jamie/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { lockDataDirectory } from './data-directory-lock.ts';
import { openDatabase } from './open-database.ts';

const PROGRAM = fileURLToPath(new URL('./locking-process.contract.ts', import.meta.url));

describe('lockDataDirectory', () => {
  let directory: TemporaryDirectory;
  let owner: ChildProcess | undefined;

  beforeEach(() => {
    directory = createTemporaryDirectory();
  });

  afterEach(() => {
    owner?.kill('SIGKILL');
    directory.remove();
  });

  async function startOwner(sharing = 'one') {
    const child = spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', PROGRAM, directory.path, sharing],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
        env: {},
      },
    );
    owner = child;
    await once(child.stdout, 'data');
    return child;
  }

  it('refuses a directory that another process has, naming its pid, until that is killed', async () => {
    const { pid } = await startOwner();
    expect(() => lockDataDirectory(directory.path)).toThrow(
      expect.objectContaining({
        code: 'conflict',
        retryable: false,
        userMessage: expect.stringMatching(new RegExp(`Process ${pid} is using.*Stop it first`, 's')),
      }),
    );
    const closed = once(owner ?? process, 'close');
    owner?.kill('SIGKILL');
    await closed;
    const lock = lockDataDirectory(directory.path);
    lock.release();
  });

  it('refuses a second lock of the same process until the first is released', () => {
    const lock = lockDataDirectory(directory.path);
    expect(() => lockDataDirectory(directory.path)).toThrow(
      expect.objectContaining({ code: 'conflict', details: expect.objectContaining({ pid: process.pid }) }),
    );
    lock.release();
    lock.release();
    lockDataDirectory(directory.path).release();
  });

  it('lets several processes share a directory, and the last of them to end gives it back', async () => {
    const first = await startOwner('several');
    const lock = lockDataDirectory(directory.path, 'several');
    const closed = once(first, 'close');
    first.kill('SIGKILL');
    await closed;
    expect(() => lockDataDirectory(directory.path)).toThrow(expect.objectContaining({ code: 'conflict' }));
    lock.release();
    lockDataDirectory(directory.path).release();
  });

  it('gives nobody alone what others share, and says how to join them', async () => {
    const { pid } = await startOwner('several');
    expect(() => lockDataDirectory(directory.path)).toThrow(
      expect.objectContaining({
        code: 'conflict',
        userMessage: expect.stringMatching(
          new RegExp(`Process ${pid} .*together with others.*JAMIE_REPLICAS=several too`, 's'),
        ),
      }),
    );
    lockDataDirectory(directory.path, 'several').release();
  });

  it('shares nothing with a process that has the directory for itself', async () => {
    const { pid } = await startOwner();
    expect(() => lockDataDirectory(directory.path, 'several')).toThrow(
      expect.objectContaining({
        code: 'conflict',
        details: expect.objectContaining({ pid }),
        userMessage: expect.stringMatching(/for itself\. Stop it first.*JAMIE_REPLICAS=several/s),
      }),
    );
  });

  it('leaves the database to be opened as often as the owner likes', () => {
    const lock = lockDataDirectory(directory.path);
    const connections = [1, 2].map(() => openDatabase({ directory: directory.path }));
    for (const connection of connections) connection.close();
    expect(() => lockDataDirectory(directory.path)).toThrow(expect.objectContaining({ code: 'conflict' }));
    lock.release();
  });

  it('refuses a directory that cannot be made', () => {
    writeFileSync(join(directory.path, 'file'), '');
    expect(() => lockDataDirectory(join(directory.path, 'file', 'data'))).toThrow(
      expect.objectContaining({ code: 'config_invalid' }),
    );
  });
});
