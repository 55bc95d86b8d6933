import { createHash } from 'node:crypto';
import { writeSync } from 'node:fs';
import { openDatabase } from '@jamie/database';
import { FakeClock, numberedCommit } from '@jamie/testing';
import { openSqliteStore } from './sqlite-store.ts';

// The program that the durability contract kills: commits without end, reporting each commit once it has returned.
const [directory = '', series = ''] = process.argv.slice(2);
const store = openSqliteStore({
  database: openDatabase({ directory, busyTimeoutMs: 30_000 }),
  digest: (text) => createHash('sha256').update(text).digest('hex'),
  clock: new FakeClock(),
});
for (let number = 0; ; number += 1) {
  await store.commit(numberedCommit(series, number));
  writeSync(1, `${number}\n`);
}
