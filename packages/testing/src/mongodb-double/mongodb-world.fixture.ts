import { type Collection, type Document, MongoClient, type MongoClientOptions, type ObjectId } from 'mongodb';
import { FakeClock } from '../fakes/fake-clock.ts';
import { type MongodbDouble, type MongodbDoubleOptions, startMongodbDouble } from './mongodb-double.ts';

/** Documents of tests name themselves, and hold whatever the test is about. */
export interface AnyDocument extends Document {
  _id: string | number | ObjectId;
}

/** A running double, the real driver connected to it, and a clock that stands still. */
export interface MongodbWorld {
  readonly double: MongodbDouble;
  readonly client: MongoClient;
  readonly clock: FakeClock;
  /** A collection that nobody else uses. */
  aCollection(): Collection<AnyDocument>;
  close(): Promise<void>;
}

export async function aMongodbWorld(
  options: Omit<MongodbDoubleOptions, 'clock'> & { readonly driver?: MongoClientOptions } = {},
): Promise<MongodbWorld> {
  const { driver, ...rest } = options;
  const clock = new FakeClock();
  const double = await startMongodbDouble({ ...rest, clock });
  const client = await new MongoClient(double.url, {
    serverSelectionTimeoutMS: 10_000,
    // How soon the driver looks again for a primary; its own half a second would be most of the time of the suite.
    minHeartbeatFrequencyMS: 5,
    ...driver,
  }).connect();
  let collections = 0;
  return {
    double,
    client,
    clock,
    aCollection() {
      collections += 1;
      return client.db('tests').collection<AnyDocument>(`documents${collections}`);
    },
    async close() {
      await client.close();
      await double.stop();
    },
  };
}
