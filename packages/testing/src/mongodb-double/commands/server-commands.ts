import { Long, ObjectId, Timestamp } from 'bson';
import type { BsonDocument } from '../bson-document.ts';
import type { CommandDefinition, ServerState } from '../command-context.ts';
import { MAX_MESSAGE_BYTES } from '../wire-connection.ts';

/** The version whose behaviour the double follows, and what that speaks on the wire. */
const VERSION = [7, 0, 14, 0] as const;
const MAX_WIRE_VERSION = 21;
const SET_NAME = 'rs0';
const ELECTION_ID = ObjectId.createFromHexString('7fffffff0000000000000001');

const HELLO_FIELDS = [
  'hello',
  'isMaster',
  'ismaster',
  'helloOk',
  'client',
  'compression',
  'loadBalanced',
  'saslSupportedMechs',
  'speculativeAuthenticate',
  'topologyVersion',
  'maxAwaitTimeMS',
  'backpressure',
];

export const hello: CommandDefinition = {
  fields: HELLO_FIELDS,
  inTransaction: false,
  writes: false,
  handle: ({ server, name }) => ({ ...describeServer(server), ...(name !== 'hello' && { ismaster: true }) }),
};

function describeServer(server: ServerState): BsonDocument {
  const now = new Date(server.clock.now());
  return {
    helloOk: true,
    isWritablePrimary: true,
    ...(server.mode === 'replica_set' && describeReplicaSet(server.address(), now)),
    maxBsonObjectSize: 16_777_216,
    maxMessageSizeBytes: MAX_MESSAGE_BYTES,
    maxWriteBatchSize: 100_000,
    localTime: now,
    logicalSessionTimeoutMinutes: 30,
    minWireVersion: 0,
    maxWireVersion: MAX_WIRE_VERSION,
    readOnly: false,
  };
}

function describeReplicaSet(address: string, now: Date): BsonDocument {
  const opTime = { ts: operationTime(now), t: Long.fromNumber(1) };
  return {
    setName: SET_NAME,
    setVersion: 1,
    secondary: false,
    hosts: [address],
    primary: address,
    me: address,
    electionId: ELECTION_ID,
    lastWrite: { opTime, lastWriteDate: now, majorityOpTime: opTime, majorityWriteDate: now },
  };
}

/** The logical time that a member of a replica set tells with every answer. */
export function operationTime(now: Date): Timestamp {
  return new Timestamp({ t: Math.floor(now.getTime() / 1000), i: 1 });
}

export const ping: CommandDefinition = {
  fields: ['ping'],
  inTransaction: false,
  writes: false,
  handle: () => ({}),
};

export const buildInfo: CommandDefinition = {
  fields: ['buildInfo', 'buildinfo'],
  inTransaction: false,
  writes: false,
  handle: () => ({
    version: VERSION.slice(0, 3).join('.'),
    versionArray: [...VERSION],
    gitVersion: 'double',
    modules: [],
    bits: 64,
    debug: false,
    maxBsonObjectSize: 16_777_216,
    storageEngines: ['wiredTiger'],
  }),
};
