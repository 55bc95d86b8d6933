export { type DataDirectoryLock, type DirectorySharing, lockDataDirectory } from './data-directory-lock.ts';
export type { Database, OnDamage, SqlRow, SqlValue } from './database.ts';
export { type OpenDatabaseOptions, openDatabase } from './open-database.ts';
