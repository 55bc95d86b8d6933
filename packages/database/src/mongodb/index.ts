export type {
  MongoCollection,
  MongoDocument,
  MongoField,
  MongoReading,
  MongoRow,
} from './mongo-collection.ts';
export {
  above,
  atLeast,
  atMost,
  beginsWithOneOf,
  below,
  type MongoConditions,
  oneOf,
  otherThan,
} from './mongo-condition.ts';
export type { MongoCollections, MongoDatabase, MongoServerFacts } from './mongo-database.ts';
export type { MongoCollectionName } from './mongo-schema.ts';
export { type OpenMongoDatabaseOptions, openMongoDatabase } from './open-mongo-database.ts';
