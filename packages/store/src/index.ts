export { type GraphThreads, openGraphThreads } from './checkpoints/graph-threads.ts';
export { latestRecordedAt } from './sqlite/latest-recorded-at.ts';
export { openSqliteInbox, type SqliteInbox, type SqliteInboxOptions } from './sqlite/sqlite-inbox.ts';
export {
  openSqliteInstallations,
  type SqliteInstallationsOptions,
} from './sqlite/sqlite-installations.ts';
export { openSqliteLiveStreams } from './sqlite/sqlite-live-streams.ts';
export { openSqlitePostingLine, type SqlitePostingLineOptions } from './sqlite/sqlite-posting-line.ts';
export { openSqlitePostingPace, type SqlitePostingPaceOptions } from './sqlite/sqlite-posting-pace.ts';
export { openSqliteStore, type SqliteStoreOptions } from './sqlite/sqlite-store.ts';
