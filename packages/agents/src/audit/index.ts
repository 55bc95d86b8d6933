export { describeFinding, type FindingText } from './describe-finding.ts';
export { type AuditExporting, type ExportRange, exportAudit } from './export-audit.ts';
export { type AuditKeeper, type AuditKeeping, createAuditKeeper } from './keep-audit.ts';
export { type ExportFinding, verifyExport } from './verify-export.ts';
export { type AuditFinding, type AuditProof, walkAudit } from './walk-audit.ts';
