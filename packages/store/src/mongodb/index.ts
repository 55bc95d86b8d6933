export { openMongoGraphThreads } from '../checkpoints/mongo-graph-threads.ts';
export { type MongoInbox, type MongoInboxOptions, openMongoInbox } from './mongo-inbox.ts';
export { type MongoInstallationsOptions, openMongoInstallations } from './mongo-installations.ts';
export { mongoLatestRecordedAt } from './mongo-latest-recorded-at.ts';
export { openMongoLiveStreams } from './mongo-live-streams.ts';
export { type MongoPostingLineOptions, openMongoPostingLine } from './mongo-posting-line.ts';
export { type MongoPostingPaceOptions, openMongoPostingPace } from './mongo-posting-pace.ts';
export { type MongoStoreOptions, openMongoStore } from './mongo-store.ts';
