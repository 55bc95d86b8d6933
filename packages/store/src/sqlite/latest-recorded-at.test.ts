import { type Database, openDatabase } from '@jamie/database';
import { createTemporaryDirectory, type TemporaryDirectory } from '@jamie/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { latestRecordedAt } from './latest-recorded-at.ts';

describe('latestRecordedAt', () => {
  let directory: TemporaryDirectory;
  let database: Database;

  beforeEach(() => {
    directory = createTemporaryDirectory();
    database = openDatabase({ directory: directory.path });
  });

  afterEach(() => {
    database.close();
    directory.remove();
  });

  it('knows no time of a store in which nothing was done', () => {
    expect(latestRecordedAt(database)).toBe(0);
  });

  it('is the latest end of a delivery, of a job, or of the way of a job to the queue', () => {
    database.run("INSERT INTO inbox (id, finished_at, record) VALUES ('i', 5, '{}')");
    expect(latestRecordedAt(database)).toBe(5);
    database.run("INSERT INTO outbox (deduplication_id, taken_at, job) VALUES ('o', 9, '{}')");
    expect(latestRecordedAt(database)).toBe(9);
    database.run("INSERT INTO outbox (deduplication_id, taken_at, job) VALUES ('open', NULL, '{}')");
    expect(latestRecordedAt(database)).toBe(9);
  });
});
