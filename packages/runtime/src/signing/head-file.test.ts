import { appendFileSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AuditHeadNotes, type SignedAuditHead, signAuditHead } from '@jamie/core';
import { createTemporaryDirectory, FakeSigner, type TemporaryDirectory } from '@jamie/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openHeadFile } from './head-file.ts';

let directory: TemporaryDirectory;
let path: string;
let notes: AuditHeadNotes;

beforeEach(() => {
  directory = createTemporaryDirectory();
  path = join(directory.path, 'heads.jsonl');
  notes = openHeadFile(path);
});

afterEach(() => directory.remove());

const signer = new FakeSigner();

function headAt(sequence: number, previous?: SignedAuditHead): SignedAuditHead {
  return signAuditHead({ sequence, hash: 'a'.repeat(64) }, sequence, previous, signer);
}

async function readAll(): Promise<readonly SignedAuditHead[]> {
  const heads: SignedAuditHead[] = [];
  for await (const head of notes.read()) heads.push(head);
  return heads;
}

describe('openHeadFile', () => {
  it('has nothing before anything was noted', async () => {
    expect(await notes.last()).toBeUndefined();
    expect(await readAll()).toEqual([]);
  });

  it('keeps what is appended, one line each, for its owner alone', async () => {
    const heads = [headAt(1), headAt(4), headAt(5)] as const;
    await notes.append(heads.slice(0, 2));
    await notes.append(heads.slice(2));
    expect(await readAll()).toEqual(heads);
    expect(await notes.last()).toEqual(heads[2]);
    expect(readFileSync(path, 'utf8').trimEnd().split('\n')).toHaveLength(3);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('finds the last of many', async () => {
    const heads = Array.from({ length: 400 }, (_, index) => headAt(index + 1));
    await notes.append(heads);
    expect(statSync(path).size).toBeGreaterThan(64 * 1024);
    expect(await notes.last()).toEqual(heads.at(-1));
    expect(await readAll()).toEqual(heads);
  });

  it('forgets a line that a crash left half written', async () => {
    await notes.append([headAt(1)]);
    appendFileSync(path, '{"at":7,"ha');
    expect(await notes.last()).toEqual(headAt(1));
    expect(await readAll()).toEqual([headAt(1)]);
    await notes.append([headAt(2)]);
    expect(await readAll()).toEqual([headAt(1), headAt(2)]);
  });

  it.each(['no head\n', '{"sequence":1}\n', '\n'])('says that %j is not what was written', async (text) => {
    writeFileSync(path, text);
    await expect(readAll()).rejects.toThrow(expect.objectContaining({ code: 'internal' }));
  });

  it('says that heads stand out of their order', async () => {
    await notes.append([headAt(2), headAt(1)]);
    await expect(readAll()).rejects.toThrow(expect.objectContaining({ code: 'internal' }));
  });

  it('names a file that cannot be used', async () => {
    const elsewhere = openHeadFile(join(directory.path, 'none', 'heads.jsonl'));
    await expect(elsewhere.append([headAt(1)])).rejects.toThrow(
      expect.objectContaining({
        code: 'unavailable',
        userMessage: expect.stringContaining('AUDIT_HEAD_FILE'),
      }),
    );
  });
});
