export { ANALYZERS } from './analyzers/catalogue.ts';
export type { Analyzer } from './analyzers/define-analyzer.ts';
export { countBySource, findDetections } from './detections/find-detections.ts';
export { type Detection, groupByArea, listDetections } from './detections/list-detections.ts';
export { diagnose } from './diagnose.ts';
export { toSingleLine } from './evidence/cluster-text.ts';
export { type HealthReport, healthReport, type KindCount } from './health/health-report.ts';
export {
  findHygiene,
  type HygieneFinding,
  type HygieneGroup,
  type HygieneReport,
} from './hygiene/find-hygiene.ts';
export { type EventQuery, eventsWithin } from './listing/events-within.ts';
export { findOwner } from './listing/find-owner.ts';
export { type FoldedEvent, foldEvents } from './listing/fold-events.ts';
export { formatAge } from './listing/format-age.ts';
export { type NodeUsageRow, nodeUsageRows } from './listing/node-usage-rows.ts';
export { isStale, isWell, type PodCondition, type PodRow, podRows } from './listing/pod-rows.ts';
export { podStatus } from './listing/pod-status.ts';
export { type PodsWithin, podsWithin } from './listing/pods-within.ts';
export {
  containerUsageRows,
  type Gauge,
  isNearLimit,
  podUsageRows,
  type Resource,
  shareOf,
  type UsageRow,
} from './listing/usage-rows.ts';
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
export { editDistance } from './names/edit-distance.ts';
export { findWorkloads, type NamedWorkload } from './names/find-workloads.ts';
export { formatMemory, parseQuantity } from './snapshot/quantities.ts';
export { capitalise, countOf, formatDuration, formatMinute, listOf, someOf } from './wording.ts';
