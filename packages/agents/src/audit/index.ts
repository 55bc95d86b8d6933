export { describeFinding, type FindingText } from './describe-finding.ts';
export { type ExportRange, exportAudit } from './export-audit.ts';
export { type AuditKeeper, createAuditKeeper } from './keep-audit.ts';
export { type ExportFinding, verifyExport } from './verify-export.ts';
export { walkAudit } from './walk-audit.ts';
