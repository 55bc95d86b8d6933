export { type ApiAddress, readApiAddress, removeApiAddress, writeApiAddress } from './api-address.ts';
export { systemClock } from './clock.ts';
export type { ApiConfig } from './config/api-config.ts';
export type { ClusterConfig, ClusterEnvironment } from './config/cluster-config.ts';
export type { MongodbConfig } from './config/database-config.ts';
export { renderEnvExample } from './config/env-example.ts';
export { type ClientConfig, loadClientConfig } from './config/load-client-config.ts';
export { type Config, listSecretValues, loadConfig } from './config/load-config.ts';
export type { LoggingConfig } from './config/logging-config.ts';
export type { ModelConfig } from './config/model-config.ts';
export type { JobConfig, OperationConfig } from './config/operation-config.ts';
export type { Persona } from './config/persona-config.ts';
export type { RedisConfig } from './config/queue-config.ts';
export { refuseVendorTracing } from './config/refuse-vendor-tracing.ts';
export type { SlackAccess, SlackOauth } from './config/slack-access.ts';
export type { SlackConfig } from './config/slack-config.ts';
export type { Environment } from './config/variable.ts';
export { equalSecrets, sha256 } from './digest.ts';
export { randomIds, randomToken } from './ids.ts';
export { type HeldLease, LeaseWatch } from './lease-watch.ts';
export {
  createLifecycle,
  type Lifecycle,
  type LifecycleOptions,
  type Part,
  type SignalSource,
  stopOnFailure,
  stopOnSignals,
} from './lifecycle.ts';
export { createLogger, type LoggerOptions } from './logger/logger.ts';
export type { MetricDefinition, MetricLabels, MetricName } from './metrics/metric-catalog.ts';
export { createMetrics, type Metrics } from './metrics/metrics.ts';
export { parsePolicyText, policyInvalid, readPolicyText } from './policy-file/read-policy-file.ts';
export { impersonatedIdentities, type NamedIdentities } from './principals/impersonated-identities.ts';
export {
  type DirectoryState,
  type LiveDirectory,
  loadDirectory,
  WITHOUT_FILE,
} from './principals/load-directory.ts';
export { LOCAL_IDENTITY } from './principals/map-people.ts';
export type { PrincipalsFile } from './principals/principals-file.ts';
export { parsePrincipals, readPrincipalsText } from './principals/read-principals.ts';
export { watchDirectory } from './principals/watch-directory.ts';
export { createRegularLook, type RegularLook } from './regular-look.ts';
export { openText, type SealedSubject, type SealedText, sealText } from './sealed-text.ts';
export { createKeyRing } from './signing/ed25519.ts';
export { openHeadFile } from './signing/head-file.ts';
export { type InstalledSigner, openSigner } from './signing/open-signer.ts';
export { createSteadyClock, type SteadyClock } from './steady-clock.ts';
export { systemErrorCode } from './system-error.ts';
