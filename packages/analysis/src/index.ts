export { ANALYZERS } from './analyzers/catalogue.ts';
export type { Analyzer } from './analyzers/define-analyzer.ts';
export { diagnose } from './diagnose.ts';
export { type HealthReport, healthReport, type KindCount } from './health/health-report.ts';
export {
  type ContainerChoice,
  type ContainerReason,
  chooseContainer,
} from './logs/choose-container.ts';
export { choosePod, type PodChoice, type PodReason } from './logs/choose-pod.ts';
export { cleanLog } from './logs/clean-log.ts';
export { grepLog, type LogSummary, summariseLog, tailLog } from './logs/log-lines.ts';
export { logsWanted } from './logs/logs-wanted.ts';
export { type PickOptions, pickLogLines } from './logs/pick-log-lines.ts';
export { type LogReading, withLogs } from './logs/with-logs.ts';
export { findWorkloads, type NamedWorkload } from './names/find-workloads.ts';
export { countOf, formatDuration, listOf, someOf } from './wording.ts';
