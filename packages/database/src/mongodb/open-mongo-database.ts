import { randomUUID } from 'node:crypto';
import { type Clock, type Logger, OpsError } from '@jamie/core';
import { MongoClient, type MongoClientOptions } from 'mongodb';
import { DriverDatabase, type MongoDatabase } from './mongo-database.ts';
import { type DatabasePlace, toMongoError } from './mongo-error.ts';
import { MongoLink } from './mongo-link.ts';
import { prepareSchema } from './prepare-schema.ts';

/** Older servers get no fixes any more. */
const OLDEST_MAJOR_VERSION = 7;
/** A name that is also a path or an operator nowhere: https://www.mongodb.com/docs/manual/reference/limits/ */
const DATABASE_NAME = /^[A-Za-z0-9_-]{1,63}$/;

export interface OpenMongoDatabaseOptions {
  /** `mongodb://` or `mongodb+srv://`, with credentials; never logged. */
  readonly url: string;
  /** Letters, digits, `_` and `-`. Made when it does not exist. */
  readonly name: string;
  /** Waits between attempts, and dates what is forgotten after a day. */
  readonly clock: Clock;
  readonly logger: Logger;
  /** Default: Math.random. */
  readonly random?: () => number;
  /** How long a call waits for a primary before it fails with `unavailable`. Default 5,000. */
  readonly serverSelectionTimeoutMs?: number;
  /** How often the driver looks for a new primary. Default: the driver's. */
  readonly heartbeatMs?: number;
}

/**
 * Connects to a replica set and brings the database to the present schema. Every write is acknowledged by the journals
 * of a majority, every read is of what a majority has, whatever the address says.
 * Fails with: config_invalid (a standalone, an old server, no permission, an address that is none, another program's
 * database, one of a newer version), unavailable (no primary), timeout.
 */
export async function openMongoDatabase(options: OpenMongoDatabaseOptions): Promise<MongoDatabase> {
  const { url, name, clock, logger, random = Math.random } = options;
  requireName(name);
  const connect = () => createClient(url, driverOptions(options));
  const place = { hosts: connect().options.hosts.map(String).join(', '), name };
  const link = new MongoLink({ createClient: connect, place, clock, logger });
  try {
    await link.client.connect();
    await requireReplicaSet(link.client, place);
    await requireVersion(link.client, place);
    await prepareSchema(link.database, place);
    logger.info('opened the database', { ...place });
    return new DriverDatabase({ link, place, clock, random, newId: randomUUID });
  } catch (error) {
    await link.close();
    throw toMongoError(error, place);
  }
}

function driverOptions({
  serverSelectionTimeoutMs = 5_000,
  heartbeatMs,
}: OpenMongoDatabaseOptions): MongoClientOptions {
  return {
    appName: 'jamie-and-scarlet',
    writeConcern: { w: 'majority', j: true, wtimeoutMS: 10_000 },
    readConcern: { level: 'majority' },
    readPreference: 'primary',
    retryWrites: true,
    retryReads: true,
    serverSelectionTimeoutMS: serverSelectionTimeoutMs,
    connectTimeoutMS: 5_000,
    // Longer than what the server itself gives up after, so that its answer arrives.
    socketTimeoutMS: 20_000,
    waitQueueTimeoutMS: 10_000,
    maxPoolSize: 20,
    ignoreUndefined: false,
    promoteBuffers: true,
    ...(heartbeatMs !== undefined && {
      heartbeatFrequencyMS: heartbeatMs,
      minHeartbeatFrequencyMS: heartbeatMs,
    }),
  };
}

function createClient(url: string, options: MongoClientOptions): MongoClient {
  try {
    return new MongoClient(url, options);
  } catch (cause) {
    throw new OpsError('config_invalid', 'the address of MongoDB is not valid', {
      cause,
      userMessage:
        'MONGODB_URL is not an address of MongoDB. Write it as mongodb://user:password@host:27017/?replicaSet=name, with special characters of the password percent-encoded.',
    });
  }
}

function requireName(name: string): void {
  if (DATABASE_NAME.test(name)) return;
  throw new OpsError('config_invalid', 'the name of the database is not valid', {
    details: { name },
    userMessage: `MONGODB_DATABASE is ${JSON.stringify(name)}, which is no name for a database. Use up to 63 letters, digits, _ and -.`,
  });
}

async function requireReplicaSet(client: MongoClient, place: DatabasePlace): Promise<void> {
  const hello = await client.db('admin').command({ hello: 1 });
  // A router of a sharded cluster says this in the place of a set's name.
  if (typeof hello['setName'] === 'string' || hello['msg'] === 'isdbgrid') return;
  throw new OpsError('config_invalid', 'the database is a standalone server', {
    details: { ...place },
    userMessage: `MongoDB at ${place.hosts} is a standalone server. It has neither transactions nor writes that a majority confirms, so that an approval or an audit record could be lost or written by half. Start it as a replica set (mongod --replSet rs0, then rs.initiate() once; one member is enough to try it) and add replicaSet=rs0 to MONGODB_URL.`,
  });
}

async function requireVersion(client: MongoClient, place: DatabasePlace): Promise<void> {
  const { version } = await client.db('admin').command({ buildInfo: 1 });
  if (Number.parseInt(String(version), 10) >= OLDEST_MAJOR_VERSION) return;
  throw new OpsError('config_invalid', 'the database server is too old', {
    details: { ...place, version },
    userMessage: `MongoDB at ${place.hosts} is version ${version}, and this program needs ${OLDEST_MAJOR_VERSION}.0 or later. Upgrade the server.`,
  });
}
