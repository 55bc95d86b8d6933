import type { Migration } from '../migrate.ts';

/** Who stands in for whom, and the few plans whose emergency start is still to be reviewed. */
export const delegationsMigration: Migration = {
  name: 'delegations',
  statements: [
    `CREATE TABLE delegations (
      id TEXT NOT NULL PRIMARY KEY, until INTEGER NOT NULL, version INTEGER NOT NULL, record TEXT NOT NULL
    ) STRICT`,
    'CREATE INDEX delegations_by_end ON delegations (until)',
    `CREATE INDEX plans_awaiting_review ON plans (created_at)
      WHERE json_extract(record, '$.breakGlass') IS NOT NULL
        AND json_extract(record, '$.breakGlass.review') IS NULL`,
  ],
};
