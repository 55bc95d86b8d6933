import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { OpsError, type StoreChange } from '@jamie/core';
import { createTemporaryDirectory, FakeClock, RecordingLogger, SequentialIds } from '@jamie/testing';
import { until } from '@jamie/testing/contracts';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type OpenPolicy, openPolicy } from './open-policy.ts';

let directory = createTemporaryDirectory();
let clock = new FakeClock();
let logger = new RecordingLogger();
let committed: StoreChange[] = [];
let isStoreAway = false;
let open: OpenPolicy | undefined;

beforeEach(() => {
  directory = createTemporaryDirectory();
  clock = new FakeClock();
  logger = new RecordingLogger();
  committed = [];
  isStoreAway = false;
});
afterEach(async () => {
  await open?.stop();
  open = undefined;
  directory.remove();
});

const path = () => join(directory.path, 'policy.yaml');
const write = (ceiling: string) =>
  writeFileSync(path(), `version: 1\nname: shop\nreplicaCeiling: ${ceiling}\n`);

async function start(from: string | undefined = path()): Promise<OpenPolicy> {
  open = await openPolicy({
    ...(from !== '' && { path: from }),
    store: {
      commit: async (changes) => {
        if (isStoreAway) throw new OpsError('unavailable', 'the store is away');
        committed.push(...changes);
        return { kind: 'committed' };
      },
    },
    clock,
    ids: new SequentialIds(),
    logger,
  });
  await open.start();
  return open;
}

const noted = () =>
  committed.map((change) => (change.kind === 'audit.append' ? change.entry.kind : change.kind));

/** Lets the file be looked at until that has come of it. */
async function look(hasCome: () => boolean | Promise<boolean>): Promise<void> {
  await clock.advance(5_000);
  await until(hasCome);
}

describe('openPolicy', () => {
  it('keeps to what is built in without a file', async () => {
    const policy = await start('');
    expect(policy.current().version).toMatch(/^built-in/);
    expect(await policy.check()).toMatchObject({ status: 'off' });
  });

  it('refuses to start with a file that is not valid', async () => {
    write('many');
    await expect(start()).rejects.toMatchObject({
      code: 'config_invalid',
      userMessage: expect.stringContaining('replicaCeiling'),
    });
    await expect(start(join(directory.path, 'nowhere.yaml'))).rejects.toMatchObject({
      code: 'config_invalid',
    });
  });

  it('takes a valid change, and notes it in the audit', async () => {
    write('5');
    const policy = await start();
    const before = policy.current().version;
    write('6');
    await look(() => noted().includes('policy.changed'));
    expect(policy.current().version).not.toBe(before);
    expect(noted()).toEqual(['policy.in_force', 'policy.changed']);
    expect(await policy.check()).toMatchObject({ status: 'ok' });
  });

  it('keeps what was valid last when a change is not, says so, and takes the next valid one', async () => {
    write('5');
    const policy = await start();
    const before = policy.current().version;
    write('many');
    await look(() => logger.messages('error').length > 0);
    expect(policy.current().version).toBe(before);
    expect(await policy.check()).toMatchObject({
      status: 'warning',
      mend: expect.stringContaining('policy check'),
    });
    write('5\nnobodyKnows: this');
    await look(() => logger.messages('error').length > 1);
    write('7');
    await look(() => noted().includes('policy.changed'));
    expect(policy.current().version).not.toBe(before);
    expect(await policy.check()).toMatchObject({ status: 'ok' });
  });

  it('says nothing more once the file is again as it is in force', async () => {
    write('5');
    const policy = await start();
    write('many');
    await look(() => logger.messages('error').length > 0);
    write('5');
    await look(async () => (await policy.check()).status === 'ok');
    expect(noted()).toEqual(['policy.in_force']);
  });

  it('takes no change that the audit cannot record, and takes it once it can', async () => {
    write('5');
    const policy = await start();
    const before = policy.current().version;
    isStoreAway = true;
    write('6');
    await look(() => logger.messages('error').length > 0);
    expect(policy.current().version).toBe(before);
    isStoreAway = false;
    await look(() => noted().includes('policy.changed'));
    expect(policy.current().version).not.toBe(before);
  });
});
