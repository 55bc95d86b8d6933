export { type MongoInbox, type MongoInboxOptions, openMongoInbox } from './mongo-inbox.ts';
export { type MongoStoreOptions, openMongoStore } from './mongo-store.ts';
