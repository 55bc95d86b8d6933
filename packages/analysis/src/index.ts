export { ANALYZERS } from './analyzers/catalogue.ts';
export type { Analyzer } from './analyzers/define-analyzer.ts';
export { diagnose } from './diagnose.ts';
export {
  type Deduction,
  type HealthReport,
  type HealthScore,
  healthReport,
  type KindCount,
} from './health/health-report.ts';
export type { FetchedLog } from './logs/add-log-evidence.ts';
export { logsWanted } from './logs/logs-wanted.ts';
export { type PickOptions, pickLogLines } from './logs/pick-log-lines.ts';
export { findWorkloads, type NamedWorkload } from './names/find-workloads.ts';
export { REDACTED, redactSecrets } from './redact/redact-secrets.ts';
