import { OpsError } from '@jamie/core';
import type { Database } from './database.ts';

/** One step of the schema, forward only. Its number is its place in the list, from 1. */
export interface Migration {
  readonly name: string;
  readonly statements: readonly string[];
}

/**
 * Brings the schema from whatever version it has to the last of `migrations`, all in one transaction: it arrives or
 * stays where it was. Two connections may do so at once. Throws config_invalid when a newer version wrote the file.
 */
export function migrate(database: Database, migrations: readonly Migration[]): void {
  if (readVersion(database) === migrations.length) return;
  database.transaction(() => {
    const version = readVersion(database);
    if (version > migrations.length) throw newerSchema(database.path, version, migrations.length);
    for (const migration of migrations.slice(version)) {
      for (const statement of migration.statements) database.run(statement);
    }
    database.run(`PRAGMA user_version = ${migrations.length}`);
  });
}

function readVersion(database: Database): number {
  return Number(database.get('PRAGMA user_version')?.['user_version']);
}

function newerSchema(path: string, found: number, known: number): OpsError {
  return new OpsError('config_invalid', 'the database was written by a newer version', {
    details: { path, found, known },
    userMessage: `The database ${path} was written by a newer version of this program (schema ${found}, this one knows ${known}), so it was left as it is. Start the newer version, or name another directory in JAMIE_DATA_DIR.`,
  });
}
