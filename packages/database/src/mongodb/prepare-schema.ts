import { OpsError } from '@jamie/core';
import { type Db, type Document, MongoServerError } from 'mongodb';
import type { DatabasePlace } from './mongo-error.ts';
import { MONGO_COLLECTIONS, MONGO_SCHEMA_VERSION, type MongoIndex } from './mongo-schema.ts';

/** Holds one document that says whose database this is, and of which form. */
const MIGRATIONS = 'migrations';
const SCHEMA_ID = 'jamie';
const NAMESPACE_EXISTS = 48;
const COUNTERS = ['commits', 'inbox', 'slackLine'];

interface SchemaDocument extends Document {
  readonly _id: string;
  readonly version: number;
}

/**
 * Makes what is missing of our collections and indexes; several processes may do so at once. Throws config_invalid,
 * with nothing written, for the database of another program and for one that a newer version wrote.
 */
export async function prepareSchema(database: Db, place: DatabasePlace): Promise<void> {
  const migrations = database.collection<SchemaDocument>(MIGRATIONS);
  const found = await migrations.findOne({ _id: SCHEMA_ID });
  if (found === null) await refuseForeign(database, place);
  if (found !== null && found.version > MONGO_SCHEMA_VERSION) throw newerSchema(place, found.version);
  // Before anything else, so that what an interrupted start leaves behind is known as ours.
  if (found === null)
    await migrations.updateOne({ _id: SCHEMA_ID }, { $max: { version: 0 } }, { upsert: true });
  await makeCollections(database);
  await makeCounters(database);
  if (found?.version === MONGO_SCHEMA_VERSION) return;
  await migrations.updateOne({ _id: SCHEMA_ID }, { $max: { version: MONGO_SCHEMA_VERSION } });
}

async function refuseForeign(database: Db, { hosts, name }: DatabasePlace): Promise<void> {
  const [first] = await listNames(database);
  if (first === undefined || first === MIGRATIONS) return;
  throw new OpsError('config_invalid', 'the database belongs to another program', {
    details: { hosts, name, collection: first },
    userMessage: `The database ${name} at ${hosts} holds collections of another program (${first}), so it was left as it is. Name another one in MONGODB_DATABASE.`,
  });
}

async function listNames(database: Db): Promise<readonly string[]> {
  const collections = await database.listCollections({}, { nameOnly: true }).toArray();
  const names = collections.map(({ name }) => name);
  return names.includes(MIGRATIONS) ? [MIGRATIONS] : names.filter((name) => !name.startsWith('system.'));
}

/** A transaction on some versions cannot make a collection, and an index makes the collection that it is on. */
async function makeCollections(database: Db): Promise<void> {
  const existing = await database.listCollections({}, { nameOnly: true }).toArray();
  for (const [name, indexes] of Object.entries(MONGO_COLLECTIONS)) {
    if (indexes.length > 0) await database.collection(name).createIndexes(indexes.map(toIndexSpec));
    else if (!existing.some((each) => each.name === name)) await makeCollection(database, name);
  }
}

async function makeCollection(database: Db, name: string): Promise<void> {
  try {
    await database.createCollection(name);
  } catch (error) {
    // Another process was first.
    if (!(error instanceof MongoServerError) || error.code !== NAMESPACE_EXISTS) throw error;
  }
}

function toIndexSpec({ fields, isUnique, expiresAfterSeconds }: MongoIndex) {
  return {
    key: Object.fromEntries(fields.map((field) => [field, 1 as const])),
    name: fields.join('_'),
    ...(isUnique === true && { unique: true }),
    ...(expiresAfterSeconds !== undefined && { expireAfterSeconds: expiresAfterSeconds }),
  };
}

/** Where numbers are drawn; they must be there before two transactions draw their first at once. */
async function makeCounters(database: Db): Promise<void> {
  const counters = database.collection<{ readonly _id: string }>('counters');
  const found = await counters.find({}, { projection: { _id: 1 } }).toArray();
  // A write would wait for the transaction that a killed process has left open.
  const missing = COUNTERS.filter((name) => !found.some(({ _id }) => _id === name));
  for (const _id of missing) {
    const start = { sequence: 0, auditSequence: 0, auditHash: '' };
    await counters.updateOne({ _id }, { $setOnInsert: start }, { upsert: true });
  }
}

function newerSchema({ hosts, name }: DatabasePlace, found: number): OpsError {
  return new OpsError('config_invalid', 'the database was written by a newer version', {
    details: { hosts, name, found, known: MONGO_SCHEMA_VERSION },
    userMessage: `The database ${name} at ${hosts} was written by a newer version of this program (schema ${found}, this one knows ${MONGO_SCHEMA_VERSION}), so it was left as it is. Start the newer version, or name another database in MONGODB_DATABASE.`,
  });
}
