export { type AuditKeeper, type AuditKeeping, createAuditKeeper } from './keep-audit.ts';
