import type { Migration } from '../migrate.ts';

/** The faults that may be healed by themselves, with what was tried. */
export const healingCasesMigration: Migration = {
  name: 'healing-cases',
  statements: [
    `CREATE TABLE healing_cases (
      id TEXT NOT NULL PRIMARY KEY, cluster TEXT NOT NULL, status TEXT NOT NULL, last_seen_at INTEGER NOT NULL,
      version INTEGER NOT NULL, record TEXT NOT NULL
    ) STRICT`,
    'CREATE INDEX healing_cases_by_last_seen ON healing_cases (last_seen_at, id)',
    'CREATE INDEX healing_cases_by_status ON healing_cases (status, last_seen_at, id)',
  ],
};
