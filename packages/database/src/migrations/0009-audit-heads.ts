import type { Migration } from '../migrate.ts';

/**
 * The signed heads of the audit chain, and what stands in the place of records that were removed. Records leave only
 * where a removal was written first; heads and removals never do.
 */
export const auditHeadsMigration: Migration = {
  name: 'audit-heads',
  statements: [
    'CREATE TABLE audit_heads (sequence INTEGER NOT NULL PRIMARY KEY, record TEXT NOT NULL) STRICT',
    'CREATE TABLE audit_removals (up_to INTEGER NOT NULL PRIMARY KEY, record TEXT NOT NULL) STRICT',
    ...['audit_heads', 'audit_removals'].flatMap((table) => [
      `CREATE TRIGGER ${table}_are_never_changed BEFORE UPDATE ON ${table}
        BEGIN SELECT RAISE(ABORT, 'the audit record is append-only'); END`,
      `CREATE TRIGGER ${table}_are_never_deleted BEFORE DELETE ON ${table}
        BEGIN SELECT RAISE(ABORT, 'the audit record is append-only'); END`,
    ]),
    'DROP TRIGGER audit_is_never_deleted',
    `CREATE TRIGGER audit_is_deleted_up_to_a_removal_only BEFORE DELETE ON audit
      WHEN old.sequence > coalesce((SELECT max(up_to) FROM audit_removals), 0)
      BEGIN SELECT RAISE(ABORT, 'the audit record is append-only'); END`,
  ],
};
