import type { Defect } from '../defect.ts';

const STORE = 'packages/store/src/sqlite';
const JOBS = 'packages/jobs/src';
const STORE_SUITE = 'packages/store/src/sqlite/sqlite-store';

/** Ways in which what was promised could be lost, doubled or half written. */
export const storeDefects: readonly Defect[] = [
  {
    // biome-ignore-start lint/suspicious/noTemplateCurlyInString: it is the text of a template
    name: 'an update does not look at the stored version',
    file: `${STORE}/compare-and-set.ts`,
    find: '`UPDATE OR IGNORE ${table} SET ${assignments} WHERE id = ? AND version = ?`,\n    ...[version, record, ...Object.values(columns), id, expectedVersion],',
    replace:
      '`UPDATE OR IGNORE ${table} SET ${assignments} WHERE id = ?`,\n    ...[version, record, ...Object.values(columns), id],',
    // biome-ignore-end lint/suspicious/noTemplateCurlyInString: it was the text of a template
    suite: STORE_SUITE,
  },
  {
    name: 'a commit that conflicts keeps what it had written',
    file: `${STORE}/group-commit.ts`,
    find: "(result) => result.kind === 'committed',",
    replace: '() => true,',
    suite: STORE_SUITE,
  },
  {
    name: 'audit records are not linked to the one before',
    file: `${STORE}/audit-changes.ts`,
    find: 'linkAuditEntry(readAuditHead(database), entry, digest)',
    replace: 'linkAuditEntry({ ...readAuditHead(database), hash: AUDIT_START.hash }, entry, digest)',
    suite: STORE_SUITE,
  },
  {
    name: 'a changed audit entry is not found',
    file: 'packages/core/src/audit-chain.ts',
    find: 'if (hashAuditEntry(record.sequence, record.previousHash, record.entry, digest) !== record.hash) {',
    replace: 'if (record.hash === "") {',
    suite: 'packages/core/src/audit-chain',
  },
  {
    name: 'an effect does not depend on the freeze',
    file: `${STORE}/effect-changes.ts`,
    find: "return readFreeze(database).version === version ? 'applied' : 'version_mismatch';",
    replace: "return readFreeze(database).version >= version || version > 0 ? 'applied' : 'applied';",
    suite: STORE_SUITE,
  },
  {
    name: 'defaults, delegations and cases are overwritten by whoever comes last',
    file: `${STORE}/compare-and-set.ts`,
    find: "  if ((stored?.['version'] ?? 0) !== expectedVersion) return 'version_mismatch';\n",
    replace: '',
    suite: STORE_SUITE,
  },
  {
    name: 'recent audit is searched without its kinds',
    file: `${STORE}/recent-audit-query.ts`,
    find: 'query.kindPrefixes === undefined ? undefined : JSON.stringify(query.kindPrefixes)',
    replace: 'undefined',
    suite: STORE_SUITE,
  },
  {
    name: 'a delivery is finished twice',
    file: `${STORE}/effect-changes.ts`,
    find: "'UPDATE inbox SET finished_at = ? WHERE id = ? AND finished_at IS NULL',",
    replace: "'UPDATE inbox SET finished_at = ? WHERE id = ?',",
    suite: STORE_SUITE,
  },
  {
    name: 'a delivery that shares a key with a stored one is stored again',
    file: `${STORE}/sqlite-inbox.ts`,
    find: "  if (known !== undefined) return 'duplicate';\n",
    replace: '',
    suite: STORE_SUITE,
  },
  {
    name: 'a finished delivery is handed out again',
    file: `${STORE}/sqlite-inbox.ts`,
    find: 'WHERE finished_at IS NULL ORDER BY',
    replace: 'ORDER BY',
    suite: STORE_SUITE,
  },
  {
    name: 'a job of a dead worker is never taken again',
    file: `${JOBS}/queue/embedded/job-table.ts`,
    find: "SELECT sequence FROM jobs WHERE status IN ('waiting', 'active') AND due_at <= ?\n         ORDER BY",
    replace: "SELECT sequence FROM jobs WHERE status IN ('waiting') AND due_at <= ?\n         ORDER BY",
    suite: `${JOBS}/queue/embedded/embedded-job-queue`,
  },
  {
    name: 'the relay forgets an entry before the queue has it',
    file: `${JOBS}/outbox-relay.ts`,
    find: "      if (offered?.status !== 'fulfilled') continue;\n      if (offered.value) taken.push(sequence);",
    replace: "      if (offered?.status !== 'fulfilled' || offered.value) taken.push(sequence);",
    suite: `${JOBS}/outbox-relay`,
  },
  {
    name: 'a second process may use the data directory',
    file: 'packages/database/src/data-directory-lock.ts',
    find: "    connection.exec('BEGIN EXCLUSIVE');\n",
    replace: '',
    suite: 'packages/database/src/data-directory-lock',
  },
];
