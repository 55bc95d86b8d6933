import type { ClusterSnapshot } from '../kubernetes/cluster-snapshot.ts';
import type { Kind } from '../kubernetes/kinds.ts';
import type { KubeObject } from '../kubernetes/kube-object.ts';
import type { LogQuery } from '../kubernetes/log-query.ts';
import type { ObjectRef } from '../kubernetes/object-ref.ts';
import type { UsageSample } from '../kubernetes/usage.ts';
import type { WriteRequest } from '../kubernetes/write-request.ts';
import type { WritePermit } from '../operations/write-permit.ts';
import type { KubernetesIdentity } from '../principal.ts';

export interface ListQuery {
  readonly namespace?: string;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
}

/**
 * May this identity do that? Asked of the cluster's own authoriser. An empty target name means every object of the
 * kind, in its namespace or, without one, in the whole cluster.
 */
export interface AccessQuery {
  readonly verb: string;
  readonly target: ObjectRef;
  readonly subresource?: string;
}

export interface AccessAnswer {
  readonly allowed: boolean;
  readonly reason: string;
}

/**
 * Reads one cluster. Calls made for a person carry `as` and run as that person.
 * Fails with: not_found, forbidden, rate_limited (after bounded retries), timeout, unavailable, invalid_input.
 */
export interface ClusterReader {
  get(ref: ObjectRef, as?: KubernetesIdentity): Promise<KubeObject>;
  /** Like get, but undefined instead of not_found. */
  find(ref: ObjectRef, as?: KubernetesIdentity): Promise<KubeObject | undefined>;
  /** The whole list, page by page. */
  list(kind: Kind, query?: ListQuery, as?: KubernetesIdentity): Promise<readonly KubeObject[]>;
  /** At most `limitBytes` of log text, redacted by the caller. */
  readLog(query: LogQuery, as?: KubernetesIdentity): Promise<string>;
  /**
   * What pods or nodes use now. Without a namespace: everywhere. Fails with unavailable, not retryable, where the
   * cluster serves no metrics.k8s.io.
   */
  readUsage(
    of: 'pods' | 'nodes',
    namespace?: string,
    as?: KubernetesIdentity,
  ): Promise<readonly UsageSample[]>;
  reviewAccess(identity: KubernetesIdentity, query: AccessQuery): Promise<AccessAnswer>;
  /** The API server's version, for example `v1.36.3`. The cheapest proof of life. */
  version(): Promise<string>;
}

/**
 * Writes to one cluster, always as somebody.
 * Fails with: conflict (the resourceVersion or uid moved, the name is taken, or an applied field belongs to another
 * manager: `details.conflicts` lists them), forbidden, policy_denied (the guarded transport refused), not_found,
 * invalid_input (the API server rejected the object), rate_limited (also an eviction that a disruption budget does not
 * allow now: `details.reason` is `disruption_budget`), timeout, unavailable. After timeout or unavailable nobody knows
 * whether the write arrived: observe before sending again.
 */
export interface ClusterWriter {
  /** The object as it would be; nothing is stored. Undefined where none would be left: delete and evict. */
  dryRun(request: WriteRequest, as: KubernetesIdentity): Promise<KubeObject | undefined>;
  /**
   * Sends the request. `resourceVersion` is that of the object as it was read, and the precondition of a patch or an
   * apply; undefined where there is no object yet. Create, delete and evict name their precondition themselves.
   * Returns the object (or its scale) after the write; undefined for delete and evict.
   */
  send(
    request: WriteRequest,
    resourceVersion: string | undefined,
    permit: WritePermit,
  ): Promise<KubeObject | undefined>;
}

/** The informer cache's current picture. */
export interface SnapshotSource {
  /** Waits until each readable kind has been listed once, at most `timeoutMs`; then answers from memory. */
  snapshot(timeoutMs?: number): Promise<ClusterSnapshot>;
}

export interface ClusterInfo {
  readonly name: string;
  readonly environment: 'production' | 'staging' | 'development' | 'demo';
  /** The API server's URL. */
  readonly server: string;
  readonly source: 'demo' | 'kubeconfig' | 'registered';
}

export interface ClusterConnection {
  readonly info: ClusterInfo;
  readonly reader: ClusterReader;
  readonly writer: ClusterWriter;
  readonly snapshots: SnapshotSource;
}

/** The clusters that somebody named; never a kubeconfig context that nobody did. */
export interface Clusters {
  list(): readonly ClusterInfo[];
  /** Throws not_found with the known names. Without a name: the default cluster. */
  connect(name?: string): ClusterConnection;
}
