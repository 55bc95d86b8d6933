import { createHash } from 'node:crypto';
import { writeSync } from 'node:fs';
import { openMongoDatabase } from '@jamie/database/mongodb';
import { systemClock } from '@jamie/runtime';
import { FakeClock, numberedCommit, RecordingLogger } from '@jamie/testing';
import { openMongoStore } from './mongo-store.ts';

// The program that the durability contract kills: commits without end, reporting each commit once it has returned.
const [url = '', name = '', series = ''] = process.argv.slice(2);
const store = openMongoStore({
  database: await openMongoDatabase({ url, name, clock: systemClock, logger: new RecordingLogger() }),
  digest: (text) => createHash('sha256').update(text).digest('hex'),
  clock: new FakeClock(),
});
for (let number = 0; ; number += 1) {
  await store.commit(numberedCommit(series, number));
  writeSync(1, `${number}\n`);
}
