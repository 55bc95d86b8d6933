import { canonicalJson, type Installation, type Installations } from '@jamie/core';
import type { Database } from '@jamie/database';
import { openText, sealText } from '@jamie/runtime';
import { requireNextVersion } from '../change-outcome.ts';
import { type StoredInstallation, storedInstallationSchema } from '../records/installation-schema.ts';
import { readRecord } from '../records/read-record.ts';

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
      return row === undefined ? undefined : open(row['record'], teamId, key);
    },
    async list() {
      const rows = database.all('SELECT team_id, record FROM slack_installations ORDER BY team_id');
      return rows.map((row) => open(row['record'], String(row['team_id']), key));
    },
    async put(installation, expectedVersion) {
      requireNextVersion(installation.version, expectedVersion);
      const { teamId, version } = installation;
      const record = canonicalJson(seal(installation, key));
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

function seal(installation: Installation, key: Uint8Array): StoredInstallation {
  const { botToken, refreshToken, ...open } = installation;
  const tokens = { botToken, ...(refreshToken !== undefined && { refreshToken }) };
  return { ...open, tokens: sealText(canonicalJson(tokens), sealContext(installation.teamId), key) };
}

function open(record: unknown, teamId: string, key: Uint8Array): Installation {
  const { tokens, ...rest } = readRecord(
    storedInstallationSchema,
    record,
    'installation of Slack workspace',
    teamId,
  );
  const text = openText(tokens, sealContext(teamId), key, {
    name: `tokens of the Slack workspace ${teamId}`,
    mend: 'install the app there again',
  });
  // Sound: only this file seals under this context, and what was changed does not open.
  return { ...rest, ...(JSON.parse(text) as Pick<Installation, 'botToken' | 'refreshToken'>), teamId };
}

function sealContext(teamId: string): string {
  return canonicalJson({ version: 1, kind: 'slack installation', teamId });
}
