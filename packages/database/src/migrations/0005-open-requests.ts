import type { Migration } from '../migrate.ts';

/** Finds the requests that nobody has answered without reading those that were. */
export const openRequestsMigration: Migration = {
  name: 'open requests',
  statements: [
    `CREATE INDEX requests_open ON requests (json_extract(record, '$.receivedAt'))
      WHERE json_extract(record, '$.status') = 'open'`,
  ],
};
