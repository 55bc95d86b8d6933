export type { ClusterAccess, ClusterCredentials, ClusterTls } from './access/cluster-access.ts';
export { type KubeconfigAccessOptions, kubeconfigAccess } from './access/kubeconfig-access.ts';
export { type PlainAccessOptions, plainAccess } from './access/plain-access.ts';
export { type CacheLimits, DEFAULT_CACHE_LIMITS } from './cache/cache-limits.ts';
export {
  type ClusterCache,
  createSnapshotSource,
  type SnapshotSourceOptions,
} from './cache/snapshot-source.ts';
export { type ClusterClient, type ClusterClientOptions, createClusterClient } from './cluster-client.ts';
export {
  type ClusterConnectionOptions,
  createClusterConnection,
  type OpenClusterConnection,
} from './cluster-connection.ts';
export { type ApiOperation, classifyOperation, type OperationClass } from './guard/classify-operation.ts';
export { FIELD_MANAGER } from './guard/format-write.ts';
export { SYSTEM_NAMESPACES } from './guard/guarded-transport.ts';
export { lintRbac, type RbacLintOptions } from './rbac/lint-rbac.ts';
export { type RbacOptions, renderRbac } from './rbac/render-rbac.ts';
export type { ImpersonatedIdentities } from './rbac/service-rules.ts';
export {
  type ClusterRegistration,
  type ClusterRegistry,
  type ClusterRegistryOptions,
  createClusters,
  type RegisteredEnvironment,
} from './registry/cluster-registry.ts';
export { DEFAULT_LIMITS, type TransportLimits } from './transport/limits.ts';
