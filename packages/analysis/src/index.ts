export { ANALYZERS } from './analyzers/catalogue.ts';
export type { Analyzer } from './analyzers/define-analyzer.ts';
export { diagnose } from './diagnose.ts';
export { type HealthReport, healthReport, type KindCount } from './health/health-report.ts';
export { logsWanted } from './logs/logs-wanted.ts';
export { type PickOptions, pickLogLines } from './logs/pick-log-lines.ts';
export { type LogReading, withLogs } from './logs/with-logs.ts';
export { findWorkloads, type NamedWorkload } from './names/find-workloads.ts';
