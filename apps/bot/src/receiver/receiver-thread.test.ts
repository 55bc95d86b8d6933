import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '@jamie/database';
import { systemClock } from '@jamie/runtime';
import type { SlackPayload } from '@jamie/slack';
import { openSqliteInbox } from '@jamie/store';
import { RecordingLogger, signSlackRequest } from '@jamie/testing';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { createReceiverThread, type ReceiverThread } from './receiver-thread.ts';

jest.setTimeout(60_000);

const SECRET = 'a-signing-secret';
let root: string;
let thread: ReceiverThread;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'jamie-receiver-'));
});

afterEach(async () => {
  await thread.stop();
  rmSync(root, { recursive: true });
});

/** What the main thread answers to what somebody typed. */
async function suggest({ value }: SlackPayload): Promise<SlackPayload> {
  if (value === 'fail') throw new Error('the cluster is away');
  if (value === 'hang') return new Promise(() => undefined);
  return { options: [{ value }] };
}

function createThread(dataDirectory: string, onStored: () => void = () => undefined): ReceiverThread {
  return createReceiverThread({
    settings: { dataDirectory, transport: { mode: 'http', signingSecret: SECRET, port: 0 } },
    clock: systemClock,
    logger: new RecordingLogger(),
    onStored,
    suggest,
    restartDelaysMs: [20],
  });
}

function send(body: string): Promise<Response> {
  const timestamp = Math.floor(Date.now() / 1000);
  return fetch(`http://127.0.0.1:${thread.port}/slack/events`, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'x-slack-request-timestamp': String(timestamp),
      'x-slack-signature': signSlackRequest(SECRET, timestamp, body),
    },
  });
}

const EVENT = '{"type":"event_callback","team_id":"T1","event_id":"Ev1","event":{"type":"message"}}';

describe('createReceiverThread', () => {
  it('stores a delivery on disk before it answers, once, and says so', async () => {
    let stored = 0;
    const said = new Promise<void>((resolve) => {
      thread = createThread(root, () => {
        stored += 1;
        resolve();
      });
    });
    await thread.start();
    expect(thread.health()).toEqual({ kind: 'connected' });
    expect((await send(EVENT)).status).toBe(200);
    const database = openDatabase({ directory: root });
    const open = await openSqliteInbox({ database, clock: systemClock }).listOpen(10);
    expect(open).toMatchObject([{ transport: 'http', keys: ['event:Ev1'], payload: { event_id: 'Ev1' } }]);
    expect((await send(EVENT)).status).toBe(200);
    await said;
    expect(stored).toBe(1);
    database.close();
  });

  it('asks the main thread what to suggest, and shows nothing when it fails or takes too long', async () => {
    thread = createThread(root);
    await thread.start();
    const ask = async (value: string) => {
      const response = await send(JSON.stringify({ type: 'block_suggestion', user: { id: 'U1' }, value }));
      return response.json();
    };
    expect(await Promise.all([ask('hang'), ask('check'), ask('fail')])).toEqual([
      { options: [] },
      { options: [{ value: 'check' }] },
      { options: [] },
    ]);
    const database = openDatabase({ directory: root });
    expect(await openSqliteInbox({ database, clock: systemClock }).listOpen(10)).toEqual([]);
    database.close();
  });

  it('starts the thread again when it dies, for as long as it takes', async () => {
    const dataDirectory = join(root, 'data');
    writeFileSync(dataDirectory, 'a file where a directory should be');
    thread = createThread(dataDirectory);
    await thread.start();
    expect(thread.health()).toMatchObject({
      kind: 'down',
      reason: expect.stringMatching(/started again: .+/u),
    });
    rmSync(dataDirectory);
    while (thread.health().kind !== 'connected' || thread.port === undefined) await systemClock.sleep(20);
    expect((await send(EVENT)).status).toBe(200);
  });
});
