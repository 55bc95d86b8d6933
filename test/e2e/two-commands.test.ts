import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { openDatabase } from '@jamie/database';
import { createTemporaryDirectory, type TemporaryDirectory } from '@jamie/testing';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { damageRequestIndex } from '../../packages/database/src/damage-index.fixture.ts';

jest.setTimeout(60_000);

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const NO_WARNINGS = '--disable-warning=ExperimentalWarning';

interface Process {
  readonly child: ChildProcessByStdio<null, Readable, Readable>;
  /** What it printed so far. */
  printed(): { readonly stdout: string; readonly stderr: string };
  /** Resolves when it has printed this; rejects when it ends before. */
  says(words: RegExp): Promise<void>;
  readonly ended: Promise<number | null>;
}

describe('npm start and npx jamie', () => {
  let directory: TemporaryDirectory;
  const running: Process[] = [];

  beforeEach(() => {
    directory = createTemporaryDirectory();
  });
  afterEach(async () => {
    for (const { child, ended } of running.splice(0)) {
      child.kill('SIGKILL');
      await ended;
    }
    directory.remove();
  });

  /** As `npm start` does, in an environment that is empty but for where the data goes and which port. */
  function start(dataDirectory: string, port = '0'): Process {
    const script = join(ROOT, 'apps/standalone/src/main.ts');
    const started = run([NO_WARNINGS, script], { JAMIE_DATA_DIR: dataDirectory, JAMIE_PORT: port });
    running.push(started);
    return started;
  }

  async function jamie(...words: readonly string[]) {
    const asked = run([join(ROOT, 'apps/cli/bin/jamie.js'), ...words], { JAMIE_DATA_DIR: directory.path });
    running.push(asked);
    const code = await asked.ended;
    return { code, ...asked.printed() };
  }

  it('start with nothing, say what is connected, answer a question with evidence, and end cleanly', async () => {
    const program = start(directory.path);
    await program.says(/are ready/);
    await program.says(/model/i);
    const { stdout } = program.printed();
    expect(stdout).toMatch(/Open +http:\/\/127\.0\.0\.1:\d+\//);
    expect(stdout).toMatch(/ok +cluster/i);
    expect(stdout).toMatch(/off +slack[\s\S]*next: /i);

    const asked = await jamie('ask', 'why is checkout crashing?', '--json');
    expect({ code: asked.code, stderr: asked.stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.stringify(JSON.parse(asked.stdout))).toContain(
      'required setting CURRENCY_TABLE_URL is not set',
    );

    program.child.kill('SIGTERM');
    expect(await program.ended).toBe(0);
    const late = await jamie('ask', 'health');
    expect(late.code).not.toBe(0);
    expect(late.stderr).toMatch(/npm start|not running|no .*running/i);
  });

  it('refuse a data directory that another process has, and leave that one alone', async () => {
    const first = start(directory.path);
    await first.says(/are ready/);
    const second = start(directory.path);
    expect(await second.ended).toBe(1);
    expect(second.printed().stderr).toMatch(/Jamie could not start: .*(another|already)/s);
    expect(second.printed().stderr).not.toMatch(/\n\s+at /);
    expect((await jamie('ask', 'status', '--json')).code).toBe(0);
  });

  it('end and say what to do when the database turns out to be damaged', async () => {
    openDatabase({ directory: directory.path }).close();
    damageRequestIndex(join(directory.path, 'jamie.db'));
    const program = start(directory.path);
    expect(await program.ended).toBe(1);
    const said = program.printed().stderr.match(/Jamie has stopped: .*is damaged .*backup/g);
    expect(said).toHaveLength(1);
  });

  it('refuse a port that is taken, and say how to take another', async () => {
    const taken = createServer();
    taken.listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as { port: number };
    const program = start(directory.path, String(port));
    expect(await program.ended).toBe(1);
    expect(program.printed().stderr).toMatch(new RegExp(`Jamie could not start: .*${port}`));
    expect(program.printed().stderr).toContain('JAMIE_PORT');
    taken.close();
  });
});

function run(args: readonly string[], environment: Readonly<Record<string, string>>): Process {
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { HOME: environment['JAMIE_DATA_DIR'], ...environment },
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output.stderr += text;
  });
  const ended = once(child, 'close').then(([code]) => code as number | null);
  return {
    child,
    ended,
    printed: () => ({ ...output }),
    says: (words) =>
      new Promise((resolve, reject) => {
        const look = () => words.test(output.stdout) && resolve();
        child.stdout.on('data', look);
        ended.then(
          (code) => reject(new Error(`ended with ${code} before it said ${words}: ${output.stderr}`)),
          reject,
        );
        look();
      }),
  };
}
