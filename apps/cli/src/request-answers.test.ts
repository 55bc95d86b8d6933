import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTemporaryDirectory, FakeClock, FakeDesk, SequentialIds } from '@jamie/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { runCli } from './run-cli.ts';
import { createRecordingTerminal } from './testing/recording-terminal.ts';
import { startApi } from './testing/start-api.ts';

let directory = createTemporaryDirectory();
let desk: FakeDesk;
let stop: () => Promise<void> = async () => undefined;

beforeEach(async () => {
  directory = createTemporaryDirectory();
  desk = new FakeDesk({ clock: new FakeClock(), ids: new SequentialIds() });
  stop = (await startApi(directory.path, desk)).stop;
});
afterEach(async () => {
  await stop();
  directory.remove();
});

async function run(words: string[]) {
  const terminal = createRecordingTerminal({ JAMIE_DATA_DIR: directory.path });
  const code = await runCli(words, terminal);
  return { code, ...terminal.written };
}

describe('an answer in the terminal', () => {
  it('gives words with spaces their quotes back', async () => {
    await run(['logs', 'checkout', '--grep', 'connection refused']);
    await run(['logs', 'checkout', '--grep', 'say "no" twice']);
    expect(desk.submissions.map(({ text }) => text)).toEqual([
      'logs checkout --grep "connection refused"',
      `logs checkout --grep 'say "no" twice'`,
    ]);
  });

  it('prints choices and what may come next as commands that can be typed', async () => {
    const { out } = await run(['ask', 'choose']);
    expect(out).toContain('> one\n    jamie why one');
    expect(out).toContain('All of it: 2 lines. Keep them with --output DIR, as all.txt.');
  });

  it('saves files, and never over one that is there', async () => {
    const saved = await run(['ask', 'choose', '--output', directory.path]);
    const path = join(directory.path, 'all.txt');
    expect(saved).toMatchObject({ code: 0, error: `Saved ${path}\n` });
    expect(readFileSync(path, 'utf8')).toBe('one\ntwo\n');
    expect(await run(['ask', 'choose', '--output', directory.path])).toMatchObject({
      code: expect.any(Number),
      error: expect.stringContaining('cannot be written'),
    });
    expect(await run(['ask', 'hello', '--output', directory.path])).toMatchObject({
      error: 'This answer has no files.\n',
    });
  });
});
