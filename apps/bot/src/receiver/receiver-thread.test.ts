import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '@jamie/database';
import { systemClock } from '@jamie/runtime';
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

function createThread(dataDirectory: string, onStored: () => void = () => undefined): ReceiverThread {
  return createReceiverThread({
    settings: { dataDirectory, transport: { mode: 'http', signingSecret: SECRET, port: 0 } },
    clock: systemClock,
    logger: new RecordingLogger(),
    onStored,
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
