import { writeSync } from 'node:fs';
import { isOpsError } from '@jamie/core';
import { openDatabase } from './open-database.ts';

// The program that a test runs under a file size limit: commits until the operating system refuses, then reports how
// many commits returned, and how the last one failed.
const [directory = ''] = process.argv.slice(2);
const database = openDatabase({ directory });
let committed = 0;
try {
  for (;;) {
    database.run(
      'INSERT INTO requests (id, version, record) VALUES (?, 1, ?)',
      `r${committed}`,
      JSON.stringify('x'.repeat(2_000)),
    );
    committed += 1;
  }
} catch (error) {
  if (!isOpsError(error)) throw error;
  const { code, userMessage } = error;
  writeSync(1, JSON.stringify({ committed, code, userMessage }));
}
