import { canonicalJson, type Installations } from '@jamie/core';
import type { MongoDatabase } from '@jamie/database/mongodb';
import { requireNextVersion } from '../change-outcome.ts';
import { openInstallation, sealInstallation } from '../records/sealed-installation.ts';

export interface MongoInstallationsOptions {
  /** Belongs to the caller, who closes it afterwards. */
  readonly database: MongoDatabase;
  /** 32 bytes that encrypt the tokens. */
  readonly credentialsKey: Uint8Array;
}

/** The installations on MongoDB. Their tokens are sealed, and bound to the team: a record of one is none of another. */
export function openMongoInstallations(options: MongoInstallationsOptions): Installations {
  const { database, credentialsKey: key } = options;
  const installations = database.collection('slackInstallations');
  return {
    async find(teamId) {
      const row = await installations.findFirst({ _id: teamId });
      return row === undefined ? undefined : openInstallation(row['record'], teamId, key);
    },
    async list() {
      const rows = await installations.find({}, { sort: { _id: 1 } });
      return rows.map((row) => openInstallation(row['record'], String(row['_id']), key));
    },
    async put(installation, expectedVersion) {
      requireNextVersion(installation.version, expectedVersion);
      const { teamId, version } = installation;
      const fields = { version, record: canonicalJson(sealInstallation(installation, key)) };
      if (expectedVersion === 0) {
        const outcome = await installations.insert({ _id: teamId, ...fields });
        return outcome === 'inserted' ? 'stored' : 'conflict';
      }
      const changed = await installations.update({ _id: teamId, version: expectedVersion }, fields);
      return changed === 1 ? 'stored' : 'conflict';
    },
    async remove(teamId) {
      await installations.remove({ _id: teamId });
    },
  };
}
