import type { Logger } from '@jamie/core';
import { lockDataDirectory } from '@jamie/database';
import { createSteadyClock, loadConfig, systemClock } from '@jamie/runtime';
import {
  aDelivery,
  createTemporaryDirectory,
  type MongodbDouble,
  RecordingLogger,
  startMongodbDouble,
} from '@jamie/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openStorage } from './open-storage.ts';

const logger: Logger = new RecordingLogger();
const DAY_MS = 24 * 60 * 60 * 1_000;

let directory: ReturnType<typeof createTemporaryDirectory>;
let double: MongodbDouble | undefined;
beforeEach(() => {
  directory = createTemporaryDirectory();
});
afterEach(async () => {
  await double?.stop();
  double = undefined;
  directory.remove();
});

function open(mongodbUrl?: string, clock = systemClock) {
  const onMongodb = { MONGODB_URL: mongodbUrl, REDIS_URL: 'redis://127.0.0.1:1' };
  const config = loadConfig({
    JAMIE_DATA_DIR: directory.path,
    ...(mongodbUrl !== undefined && onMongodb),
  });
  return openStorage({ config, logger, clock: createSteadyClock(clock) });
}

/** Fails while another holds the data directory. */
function expectDirectoryFree(): void {
  lockDataDirectory(directory.path, 'one').release();
}

describe('openStorage', () => {
  it('keeps everything in the data directory by default, and says so', async () => {
    const storage = await open();
    expect(await storage.check()).toMatchObject({
      name: 'Store',
      status: 'ok',
      detail: `SQLite in ${directory.path}`,
    });
    expect(storage.queue).toBeDefined();
    await storage.close();
    expect(await storage.check()).toMatchObject({
      status: 'failed',
      mend: expect.stringMatching(/disk.+start again/),
    });
    expectDirectoryFree();
  });

  it('keeps everything but jobs on MongoDB where that is configured, and warns of a set of one', async () => {
    double = await startMongodbDouble();
    const storage = await open(double.url);
    expect(storage.queue).toBeUndefined();
    expect(await storage.check()).toMatchObject({
      status: 'warning',
      detail: expect.stringMatching(
        /^MongoDB 7\.0\.14 at 127.+database jamie-scarlet, replica set rs0 of 1 member: with/,
      ),
      mend: expect.stringContaining('rs.add'),
    });
    await storage.close();
    expectDirectoryFree();
  });

  it('says what to do when MongoDB does not answer', async () => {
    double = await startMongodbDouble();
    const storage = await open(double.url);
    double.fail({ kind: 'error', code: 13, commands: ['hello', 'buildInfo'], times: 2 });
    expect(await storage.check()).toMatchObject({
      status: 'failed',
      detail: expect.stringContaining('refuses this program'),
      mend: expect.stringContaining('docs/backends.md'),
    });
    double.clearFaults();
    await storage.close();
  });

  it('refuses a standalone server, and leaves neither the directory taken nor a connection open', async () => {
    double = await startMongodbDouble({ mode: 'standalone' });
    await expect(open(double.url)).rejects.toMatchObject({
      code: 'config_invalid',
      userMessage: expect.stringMatching(/standalone server.+rs\.initiate/),
    });
    while (double.connectionCount > 0) await systemClock.sleep(5);
    expectDirectoryFree();
  });

  it('does not fall behind what another machine has recorded', async () => {
    double = await startMongodbDouble();
    const ahead = { ...systemClock, now: () => systemClock.now() + DAY_MS / 48 };
    const first = await open(double.url, ahead);
    await first.inbox.put(aDelivery('in-1'));
    await first.store.commit([{ kind: 'inbox.finish', id: 'in-1' }]);
    await first.close();
    const clock = createSteadyClock(systemClock);
    const before = clock.now();
    const config = loadConfig({
      ...{ JAMIE_DATA_DIR: directory.path, MONGODB_URL: double.url, REDIS_URL: 'redis://127.0.0.1:1' },
    });
    const second = await openStorage({ config, logger, clock });
    expect(clock.now() - before).toBeGreaterThan(DAY_MS / 50);
    await second.close();
  });
});
