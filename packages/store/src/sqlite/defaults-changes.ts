import { canonicalJson, type Defaults } from '@jamie/core';
import type { Database } from '@jamie/database';
import { type ChangeOutcome, requireNextVersion } from '../change-outcome.ts';

/** Writes the defaults of a scope whose stored version is the expected one; no defaults are version 0. */
export function putDefaults(database: Database, defaults: Defaults, expectedVersion: number): ChangeOutcome {
  const { scope, version } = defaults;
  requireNextVersion(version, expectedVersion);
  const stored = database.get('SELECT version FROM defaults WHERE scope = ?', scope);
  if ((stored?.['version'] ?? 0) !== expectedVersion) return 'version_mismatch';
  database.run(
    `INSERT INTO defaults (scope, version, record) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET version = excluded.version, record = excluded.record`,
    ...[scope, version, canonicalJson(defaults)],
  );
  return 'applied';
}
