import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportAudit } from '@jamie/agents/audit';
import { type Database, openDatabase } from '@jamie/database';
import { openSigner, sha256 } from '@jamie/runtime';
import { openSqliteStore } from '@jamie/store';
import {
  anAuditEntry,
  createTemporaryDirectory,
  FakeClock,
  FakeDesk,
  RecordingLogger,
  SequentialIds,
} from '@jamie/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { runCli } from '../run-cli.ts';
import { createRecordingTerminal } from '../testing/recording-terminal.ts';
import { startApi } from '../testing/start-api.ts';

let directory = createTemporaryDirectory();
let database: Database;
let stop: () => Promise<void>;
let keyId: string;

beforeEach(async () => {
  directory = createTemporaryDirectory();
  database = openDatabase({ directory: directory.path });
  const clock = new FakeClock();
  const store = openSqliteStore({ database, digest: sha256, clock });
  const signer = openSigner({ dataDir: directory.path });
  keyId = signer.keyId;
  const details = { text: '\u001b[31mred\u009b' };
  for (let number = 0; number < 3; number += 1)
    await store.commit([{ kind: 'audit.append', entry: anAuditEntry({ at: clock.now(), details }) }]);
  const shared = {
    store,
    signer,
    digest: sha256,
    clock,
    ids: new SequentialIds(),
    logger: new RecordingLogger(),
  };
  const desk = new FakeDesk({ clock, ids: new SequentialIds() });
  ({ stop } = await startApi(directory.path, desk, {
    exportAudit: (range) => exportAudit({ ...shared, keys: signer }, range),
  }));
});

afterEach(async () => {
  await stop();
  database.close();
  directory.remove();
});

async function run(...words: string[]) {
  const terminal = createRecordingTerminal({ JAMIE_DATA_DIR: directory.path });
  const code = await runCli(words, terminal);
  return { code, ...terminal.written };
}

const file = () => join(directory.path, 'export.jsonl');

describe('jamie audit export', () => {
  it('prints lines that steer no terminal, and that verify as they were printed', async () => {
    const { code, out, error } = await run('audit', 'export');
    expect({ code, error }).toEqual({ code: 0, error: '' });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are exactly what must not be there
    expect(out).not.toMatch(/[\u001b\u009b]/);
    expect(out.trimEnd().split('\n')).toHaveLength(1 + 4 + 1 + 1);
    writeFileSync(file(), out);
    expect(await run('audit', 'verify', '--file', file(), '--key', keyId)).toMatchObject({ code: 0 });
  });

  it('saves a new file for its owner alone, and replaces none', async () => {
    const saved = await run('audit', 'export', '--output', file());
    expect(saved).toMatchObject({ code: 0, out: '', error: expect.stringContaining('--file') });
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    const before = readFileSync(file(), 'utf8');
    expect(await run('audit', 'export', '--output', file())).toMatchObject({
      code: 2,
      error: expect.stringContaining('does not exist yet'),
    });
    expect(readFileSync(file(), 'utf8')).toBe(before);
  });

  it('says that there is nothing in a time, and refuses what is no time', async () => {
    expect(await run('audit', 'export', '--until', '2001-01-01')).toMatchObject({
      error: expect.stringContaining('no records in that time'),
    });
    expect(await run('audit', 'export', '--since', 'yesterday-ish')).toMatchObject({ code: 2 });
  });
});

describe('jamie audit verify --file', () => {
  it('verifies without Jamie, and says with which keys', async () => {
    await run('audit', 'export', '--output', file());
    await stop();
    const { code, out } = await run('audit', 'verify', '--file', file());
    expect(code).toBe(0);
    expect(out).toContain('All 4 records of the export hold');
    expect(out).toContain(keyId);
    expect(out).toContain('jamie doctor');
  });

  it('ends with an error and names the first bad record', async () => {
    await run('audit', 'export', '--output', file());
    writeFileSync(file(), readFileSync(file(), 'utf8').replace('"sequence":2', '"sequence":7'));
    const { code, out } = await run('audit', 'verify', '--file', file());
    expect(code).toBe(1);
    expect(out).toContain('does not hold from number 2 on: it is missing');
  });

  it('trusts only the key that it is told', async () => {
    await run('audit', 'export', '--output', file());
    const other = openSigner({ dataDir: join(directory.path, 'other') });
    expect(await run('audit', 'verify', '--file', file(), '--key', other.keyId)).toMatchObject({
      code: 1,
      out: expect.stringContaining('a key that I do not know'),
    });
  });

  it('says what is no export, and what cannot be read', async () => {
    writeFileSync(file(), 'hello\n');
    expect(await run('audit', 'verify', '--file', file())).toMatchObject({
      code: 1,
      out: expect.stringContaining('line 1'),
    });
    expect(await run('audit', 'verify', '--file', '/nowhere')).toMatchObject({
      code: 2,
      error: expect.stringContaining('/nowhere cannot be read'),
    });
  });
});
