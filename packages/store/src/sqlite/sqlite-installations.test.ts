import { type Database, openDatabase } from '@jamie/database';
import { anInstallation, createTemporaryDirectory, type TemporaryDirectory } from '@jamie/testing';
import { installationsContract } from '@jamie/testing/contracts';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openSqliteInstallations } from './sqlite-installations.ts';

const KEY = new Uint8Array(32).fill(7);

installationsContract({
  name: 'SQLite',
  create: async () => {
    const directory = createTemporaryDirectory();
    const databases: Database[] = [];
    const open = () => {
      const database = openDatabase({ directory: directory.path });
      databases.push(database);
      return openSqliteInstallations({ database, credentialsKey: KEY });
    };
    return {
      installations: open(),
      openSecond: async () => open(),
      async destroy() {
        for (const each of databases) each.close();
        directory.remove();
      },
    };
  },
});

describe('tokens at rest', () => {
  let directory: TemporaryDirectory;
  let database: Database;

  beforeEach(async () => {
    directory = createTemporaryDirectory();
    database = openDatabase({ directory: directory.path });
    const installations = openSqliteInstallations({ database, credentialsKey: KEY });
    await installations.put(anInstallation({ refreshToken: 'xoxe-1-secret' }), 0);
    await installations.put(anInstallation({ teamId: 'T2', botToken: 'xoxb-other' }), 0);
  });

  afterEach(() => {
    database.close();
    directory.remove();
  });

  it('are not to be read in the database', () => {
    const rows = JSON.stringify(database.all('SELECT * FROM slack_installations'));
    expect(rows).toContain('Acme');
    expect(rows).not.toMatch(/xox/u);
  });

  it('do not open with another key, and the refusal says what to do', async () => {
    const others = openSqliteInstallations({ database, credentialsKey: new Uint8Array(32).fill(8) });
    for (const read of [others.find('T1'), others.list()]) {
      await expect(read).rejects.toMatchObject({
        code: 'config_invalid',
        userMessage: expect.stringMatching(
          /T1.+another key.+CLUSTER_CREDENTIALS_KEY.+install the app there/u,
        ),
      });
    }
  });

  it('do not open in the record of another team', async () => {
    database.run(
      "UPDATE slack_installations SET record = (SELECT record FROM slack_installations WHERE team_id = 'T2') WHERE team_id = 'T1'",
    );
    const installations = openSqliteInstallations({ database, credentialsKey: KEY });
    await expect(installations.find('T1')).rejects.toMatchObject({
      code: 'config_invalid',
      userMessage: expect.stringMatching(/T1.+have been changed/u),
    });
    expect(await installations.find('T2')).toMatchObject({ botToken: 'xoxb-other' });
  });

  it('are refused when the record is damaged, by name', async () => {
    database.run("UPDATE slack_installations SET record = '{}' WHERE team_id = 'T1'");
    const installations = openSqliteInstallations({ database, credentialsKey: KEY });
    await expect(installations.find('T1')).rejects.toMatchObject({ code: 'internal' });
  });
});
