import type { MongoDatabase } from '@jamie/database/mongodb';
import { anInstallation, type FakeClock, type MongodbDouble, startMongodbDouble } from '@jamie/testing';
import {
  installationsContract,
  liveStreamsContract,
  postingLineContract,
  postingPaceContract,
} from '@jamie/testing/contracts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openMongoInstallations } from './mongo-installations.ts';
import { openMongoLiveStreams } from './mongo-live-streams.ts';
import { openMongoPostingLine } from './mongo-posting-line.ts';
import { openMongoPostingPace } from './mongo-posting-pace.ts';
import { aMongoWorld } from './mongo-world.fixture.ts';

const KEY = new Uint8Array(32).fill(7);

let double: MongodbDouble;
beforeAll(async () => {
  double = await startMongodbDouble();
});
afterAll(() => double.stop());

/** Two connections to one fresh database, each as `open` makes it. */
async function openTwice<T>(open: (database: MongoDatabase) => T) {
  const world = aMongoWorld(double);
  const connect = async () => open(await world.openDatabase());
  return { first: await connect(), second: await connect(), connect, destroy: world.close };
}

installationsContract({
  name: 'MongoDB',
  async create() {
    const opened = await openTwice((database) => openMongoInstallations({ database, credentialsKey: KEY }));
    return { installations: opened.first, openSecond: opened.connect, destroy: opened.destroy };
  },
});

liveStreamsContract({
  name: 'MongoDB',
  async create() {
    const { first: streams, connect: openSecond, destroy } = await openTwice(openMongoLiveStreams);
    return { streams, openSecond, destroy };
  },
});

postingPaceContract({
  name: 'MongoDB',
  async create(clock: FakeClock) {
    const open = (database: MongoDatabase) => openMongoPostingPace({ database, clock });
    const { first: pace, second, destroy } = await openTwice(open);
    return { pace, second, destroy };
  },
});

postingLineContract({
  name: 'MongoDB',
  async create(clock: FakeClock) {
    const open = (database: MongoDatabase) => openMongoPostingLine({ database, clock });
    const { first: line, second, destroy } = await openTwice(open);
    return { line, second, destroy };
  },
});

describe('tokens on MongoDB', () => {
  it('are not to be read in the database, and open neither with another key nor for another team', async () => {
    const world = aMongoWorld(double);
    const database = await world.openDatabase();
    const installations = openMongoInstallations({ database, credentialsKey: KEY });
    await installations.put(anInstallation({ refreshToken: 'xoxe-1-secret' }), 0);
    await installations.put(anInstallation({ teamId: 'T2', botToken: 'xoxb-other' }), 0);
    const stored = database.collection('slackInstallations');
    const rows = await stored.find({}, { sort: { _id: 1 } });
    expect(JSON.stringify(rows)).not.toMatch(/xox/u);
    const others = openMongoInstallations({ database, credentialsKey: new Uint8Array(32).fill(8) });
    await expect(others.find('T1')).rejects.toMatchObject({ code: 'config_invalid' });
    await stored.update({ _id: 'T1' }, { record: String(rows[1]?.['record']) });
    await expect(installations.find('T1')).rejects.toMatchObject({ code: 'config_invalid' });
    await world.close();
  });
});
