import { canonicalJson, type Installations } from '@jamie/core';
import type { Database } from '@jamie/database';
import { requireNextVersion } from '../change-outcome.ts';
import { openInstallation, sealInstallation } from '../records/sealed-installation.ts';

export interface SqliteInstallationsOptions {
  /** Belongs to the caller, who closes it afterwards. */
  readonly database: Database;
  /** 32 bytes that encrypt the tokens. */
  readonly credentialsKey: Uint8Array;
}

/** The installations in SQLite. Their tokens are sealed, and bound to the team: a record of one is none of another. */
export function openSqliteInstallations(options: SqliteInstallationsOptions): Installations {
  const { database, credentialsKey: key } = options;
  return {
    async find(teamId) {
      const row = database.get('SELECT record FROM slack_installations WHERE team_id = ?', teamId);
      return row === undefined ? undefined : openInstallation(row['record'], teamId, key);
    },
    async list() {
      const rows = database.all('SELECT team_id, record FROM slack_installations ORDER BY team_id');
      return rows.map((row) => openInstallation(row['record'], String(row['team_id']), key));
    },
    async put(installation, expectedVersion) {
      requireNextVersion(installation.version, expectedVersion);
      const { teamId, version } = installation;
      const record = canonicalJson(sealInstallation(installation, key));
      const changed =
        expectedVersion === 0
          ? database.run(
              'INSERT INTO slack_installations (team_id, version, record) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
              ...[teamId, version, record],
            )
          : database.run(
              'UPDATE slack_installations SET version = ?, record = ? WHERE team_id = ? AND version = ?',
              ...[version, record, teamId, expectedVersion],
            );
      return changed === 1 ? 'stored' : 'conflict';
    },
    async remove(teamId) {
      database.run('DELETE FROM slack_installations WHERE team_id = ?', teamId);
    },
  };
}
