export { type AuditKeeper, type AuditKeeping, createAuditKeeper } from './keep-audit.ts';
export { type AuditFinding, type AuditProof, walkAudit } from './walk-audit.ts';
