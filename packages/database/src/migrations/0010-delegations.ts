import type { Migration } from '../migrate.ts';

const AWAITS_REVIEW = `json_valid(record)
  AND CASE WHEN json_valid(record) THEN json_extract(record, '$.breakGlass') END IS NOT NULL
  AND CASE WHEN json_valid(record) THEN json_extract(record, '$.breakGlass.review') END IS NULL`;

/** Who stands in for whom, and the few plans whose emergency start is still to be reviewed. */
export const delegationsMigration: Migration = {
  name: 'delegations',
  statements: [
    `CREATE TABLE delegations (
      id TEXT NOT NULL PRIMARY KEY, until INTEGER NOT NULL, version INTEGER NOT NULL, record TEXT NOT NULL
    ) STRICT`,
    'CREATE INDEX delegations_by_end ON delegations (until)',
    // A record that is no JSON awaits nothing, and fails nothing before it is read.
    `CREATE INDEX plans_awaiting_review ON plans (created_at) WHERE ${AWAITS_REVIEW}`,
  ],
};
