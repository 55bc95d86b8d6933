import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { createTemporaryDirectory, FakeClock, FakeDesk, SequentialIds } from '@jamie/testing';
import { describe, expect, it } from '@jest/globals';
import { startApi } from './testing/start-api.ts';

const LAUNCHER = fileURLToPath(new URL('../bin/jamie.js', import.meta.url));

/** Runs the real launcher as a process of its own. */
function launch(
  words: string[],
  dataDir: string,
): Promise<{ code: number | null; out: string; error: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [LAUNCHER, ...words], {
      env: { JAMIE_DATA_DIR: dataDir },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let out = '';
    let error = '';
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      error += chunk.toString();
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, error }));
  });
}

describe('bin/jamie.js', () => {
  it('runs a command against a running API and passes the exit code on', async () => {
    const directory = createTemporaryDirectory();
    const desk = new FakeDesk({ clock: new FakeClock(), ids: new SequentialIds() });
    const api = await startApi(directory.path, desk);
    try {
      const running = await launch(['ask', 'refuse', 'me', '--json'], directory.path);
      expect(running).toMatchObject({ code: 3, error: '' });
      expect(JSON.parse(running.out)).toMatchObject({ reply: { tone: 'refusal' } });
    } finally {
      await api.stop();
    }
    const stopped = await launch(['doctor'], directory.path);
    expect(stopped).toMatchObject({ code: 4, out: '' });
    directory.remove();
  }, 120_000);
});
