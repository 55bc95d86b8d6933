import { closeSync, fstatSync, fsyncSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { type AuditHeadNotes, canonicalJson, isOpsError, OpsError, type SignedAuditHead } from '@jamie/core';
import { z } from 'zod';
import { systemErrorCode } from '../system-error.ts';

const headSchema: z.ZodType<SignedAuditHead> = z.strictObject({
  sequence: z.int(),
  hash: z.string(),
  at: z.number(),
  previousSignature: z.string(),
  signature: z.strictObject({ keyId: z.string(), value: z.string() }),
});

/** More than a line ever has: the last one is within it. */
const TAIL_BYTES = 64 * 1024;

/**
 * Signed heads in a file, one line of JSON each. A line that a crash left half written is not there, and goes when the
 * next one comes.
 */
export function openHeadFile(path: string): AuditHeadNotes {
  return {
    name: path,
    last: async () => translated(path, () => readLast(path)),
    append: async (heads) => translated(path, () => appendHeads(path, heads)),
    read: () => readHeads(path),
  };
}

function readLast(path: string): SignedAuditHead | undefined {
  const tail = readTail(path);
  const line = tail?.text.slice(0, tail.wholeLength).trimEnd().split('\n').at(-1);
  return line === undefined || line === '' ? undefined : parseLine(path, line);
}

interface Tail {
  readonly text: string;
  /** Without what follows the last end of a line, in characters. */
  readonly wholeLength: number;
}

function readTail(path: string): Tail | undefined {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return tailOf(file);
  } finally {
    closeSync(file);
  }
}

function tailOf(file: number): Tail {
  const { size } = fstatSync(file);
  const bytes = Buffer.alloc(Math.min(size, TAIL_BYTES));
  readSync(file, bytes, 0, bytes.length, size - bytes.length);
  // Each byte is a character, so that places in the text are places in the file.
  const text = bytes.toString('latin1');
  return { text, wholeLength: text.lastIndexOf('\n') + 1 };
}

function appendHeads(path: string, heads: readonly SignedAuditHead[]): void {
  const file = openSync(path, 'a+', 0o600);
  try {
    const { text, wholeLength } = tailOf(file);
    if (wholeLength < text.length) ftruncateSync(file, fstatSync(file).size - (text.length - wholeLength));
    writeSync(file, heads.map((head) => `${canonicalJson(head)}\n`).join(''));
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

async function* readHeads(path: string): AsyncGenerator<SignedAuditHead, void> {
  let file: FileHandle;
  try {
    file = await open(path, 'r');
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return;
    throw translate(path, error);
  }
  try {
    yield* readLines(path, file);
  } catch (error) {
    throw translate(path, error);
  } finally {
    await file.close();
  }
}

async function* readLines(path: string, file: FileHandle): AsyncGenerator<SignedAuditHead, void> {
  let sequence = 0;
  let pending = '';
  for await (const chunk of file.createReadStream({ encoding: 'utf8', autoClose: false })) {
    const lines = `${pending}${String(chunk)}`.split('\n');
    pending = lines.pop() ?? '';
    for (const line of lines) {
      const head = parseLine(path, line);
      if (head.sequence <= sequence) throw damaged(path);
      sequence = head.sequence;
      yield head;
    }
  }
}

function parseLine(path: string, line: string): SignedAuditHead {
  try {
    return headSchema.parse(JSON.parse(line));
  } catch (error) {
    throw damaged(path, error);
  }
}

function damaged(path: string, cause?: unknown): OpsError {
  return new OpsError('internal', 'the file of signed heads is damaged', {
    userMessage: `The file of signed heads ${path} is not what was written to it.`,
    details: { path },
    cause,
  });
}

function translated<Result>(path: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw translate(path, error);
  }
}

function translate(path: string, error: unknown): OpsError {
  if (isOpsError(error)) return error;
  return new OpsError('unavailable', 'the file of signed heads cannot be used', {
    userMessage: `The file of signed heads ${path} cannot be read or written (${systemErrorCode(error) ?? 'unknown error'}). Check AUDIT_HEAD_FILE and the permissions of that file.`,
    details: { path },
    cause: error,
  });
}
