export { AUDIT_START, type AuditHead, type AuditVerification, verifyAuditChain } from './audit-chain.ts';
export { openSqliteInbox, type SqliteInbox, type SqliteInboxOptions } from './sqlite/sqlite-inbox.ts';
export { openSqliteStore, type SqliteStoreOptions } from './sqlite/sqlite-store.ts';
