import { FakeClock, type MongodbDouble, RecordingLogger, startMongodbDouble } from '@jamie/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MongoClient } from 'mongodb';
import { MongoLink } from './mongo-link.ts';

const HALF_A_MINUTE_MS = 30_000;

let double: MongodbDouble;
beforeAll(async () => {
  double = await startMongodbDouble();
});
afterAll(() => double.stop());

/** A heartbeat that nothing ends, as the driver leaves behind when its server has closed the socket under it. */
const LOST = { connectionId: 'lost.example:27017' };

function aLink() {
  const clock = new FakeClock();
  const clients: MongoClient[] = [];
  const link = new MongoLink({
    createClient: () => {
      const client = new MongoClient(double.url);
      clients.push(client);
      return client;
    },
    place: { hosts: 'lost.example:27017', name: 'tests' },
    clock,
    logger: new RecordingLogger(),
  });
  return { link, clock, clients };
}

describe('the link to MongoDB', () => {
  it('gets a new client when a heartbeat never ends, and everything goes on with it', async () => {
    const { link, clock, clients } = aLink();
    await link.database.collection('plans').insertOne({ name: 'before' });
    clients[0]?.emit('serverHeartbeatStarted', LOST as never);
    await clock.advance(HALF_A_MINUTE_MS);
    expect(link.client).toBe(clients[0]);
    await clock.advance(1);
    expect(link.client).toBe(clients[1]);
    expect(await link.database.collection('plans').countDocuments()).toBe(1);
    expect(clients).toHaveLength(2);
    await link.close();
  });

  it.each(['serverHeartbeatSucceeded', 'serverHeartbeatFailed'] as const)(
    'keeps its client where heartbeats end: %s',
    async (ended) => {
      const { link, clock, clients } = aLink();
      for (let beat = 0; beat < 5; beat += 1) {
        clients[0]?.emit('serverHeartbeatStarted', LOST as never);
        await clock.advance(HALF_A_MINUTE_MS);
        expect(link.client).toBe(clients[0]);
        clients[0]?.emit(ended, LOST as never);
      }
      await clock.advance(2 * HALF_A_MINUTE_MS);
      expect(link.client).toBe(clients[0]);
      await link.close();
    },
  );

  it('keeps its client when a server with a heartbeat under way leaves the set', async () => {
    const { link, clock, clients } = aLink();
    clients[0]?.emit('serverHeartbeatStarted', LOST as never);
    clients[0]?.emit('serverClosed', { address: LOST.connectionId } as never);
    await clock.advance(2 * HALF_A_MINUTE_MS);
    expect(link.client).toBe(clients[0]);
    await link.close();
  });
});
