import { canonicalJson, type Defaults } from '@jamie/core';
import type { Database } from '@jamie/database';
import type { ChangeOutcome } from '../change-outcome.ts';
import { putVersioned } from './compare-and-set.ts';

/** Writes the defaults of a scope whose stored version is the expected one; no defaults are version 0. */
export function putDefaults(database: Database, defaults: Defaults, expectedVersion: number): ChangeOutcome {
  const { scope, version } = defaults;
  const record = canonicalJson(defaults);
  const key = ['scope', scope] as const;
  return putVersioned(database, { table: 'defaults', key, expectedVersion, version, record });
}
