export type { AuditedRequest } from './api/audit-log.ts';
export type { FaultFilter } from './api/fault-injection.ts';
export type { Role, Rule } from './api/roles.ts';
export {
  createDemoCluster,
  type DemoCluster,
  type DemoClusterAccess,
  type DemoClusterControls,
  type DemoClusterOptions,
} from './demo-cluster.ts';
