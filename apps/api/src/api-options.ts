import type { ExportRange } from '@jamie/agents/audit';
import type {
  Check,
  Clock,
  ClusterInfo,
  Clusters,
  Desk,
  Directory,
  IdSource,
  Logger,
  Store,
} from '@jamie/core';
import type { Config, Metrics } from '@jamie/runtime';

/** A cluster that somebody wants us to know. The kubeconfig is the file's text and is never shown again. */
export interface ClusterRegistration {
  readonly name: string;
  readonly kubeconfig: string;
  /** Needed where the kubeconfig has several contexts. */
  readonly kubeContext?: string;
  /** The API server as we reach it; the kubeconfig's when absent. */
  readonly apiServer?: string;
  readonly environment: 'production' | 'staging' | 'development';
}

/**
 * Remembers clusters beyond this process, credentials encrypted.
 * Fails with: conflict (the name is taken), not_found, invalid_input (unusable kubeconfig), config_invalid (no key to
 * encrypt with), unavailable.
 */
export interface ClusterRegistry {
  /** Stores the cluster and connects it. */
  register(registration: ClusterRegistration): Promise<ClusterInfo>;
  /** Disconnects and forgets it. Clusters from the environment cannot be removed: invalid_input says where they are set. */
  remove(name: string): Promise<void>;
}

/** What the API is made of. */
export interface ApiOptions {
  readonly config: Pick<Config, 'api' | 'dataDir'>;
  readonly desk: Desk;
  readonly clusters: Clusters;
  readonly directory: Directory;
  readonly checks: readonly Check[];
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly clock: Clock;
  readonly ids: IdSource;
  /** Absent: clusters cannot be added or removed here. */
  readonly registry?: ClusterRegistry;
  /** Absent: the status shows no freeze, and readiness does not depend on the store. */
  readonly store?: Pick<Store, 'readFreeze'>;
  /** Lines of JSON for somebody who verifies the audit elsewhere. Absent: nothing can be exported here. */
  readonly exportAudit?: (range: ExportRange) => AsyncIterable<string>;
  /** Things to ask with names that exist on the connected clusters, for a newcomer. */
  readonly examples?: () => Promise<readonly string[]>;
  /** Directory of the built page. Default: apps/web/dist. */
  readonly webRoot?: string;
}

/** The options with everything that start-up has decided. */
export interface ApiContext extends ApiOptions {
  /** What opens the API. */
  readonly token: string;
  readonly startedAt: number;
  readonly version: string;
}
