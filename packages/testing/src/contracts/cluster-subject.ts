import { setTimeout as delay } from 'node:timers/promises';
import {
  type ClusterConnection,
  isOpsError,
  type JsonObject,
  type KubernetesIdentity,
  type OpsError,
  type PermitMint,
  type PlanId,
  type WritePermit,
  type WriteRequest,
} from '@jamie/core';

/** A request that reached the API server, as its audit log tells. */
export interface ObservedRequest {
  /** The API's verb: get, list, watch, create, patch … */
  readonly verb: string;
  readonly path: string;
  readonly impersonatedUser?: string;
}

/** A cluster under test. The connection runs as the product's own service user. */
export interface ClusterSubject {
  readonly connection: ClusterConnection;
  /** The office whose permits the connection recognises. */
  readonly permits: PermitMint;
  /** May change workloads in `namespace`; the service user may impersonate it. */
  readonly operator: KubernetesIdentity;
  /** May nothing; the service user may impersonate it. */
  readonly stranger: KubernetesIdentity;
  /** An existing namespace for this suite alone. */
  readonly namespace: string;
  /** As an administrator, past the adapter: POST to a collection, PATCH (merge patch) or DELETE of an object. */
  administer(method: 'POST' | 'PATCH' | 'DELETE', path: string, body?: JsonObject): Promise<void>;
  /** Every request of the service user that the API server has recorded, oldest first. */
  observed(): Promise<readonly ObservedRequest[]>;
  /** What networks and etcd do to a watch. Absent: the server cannot be made to. */
  readonly faults?: ClusterFaults;
  /** A running container that has written several lines. Absent: the cluster has no logs. */
  readonly logged?: () => Promise<LoggedContainer>;
  /** Whether the cluster serves metrics.k8s.io. Default: no. */
  readonly measures?: boolean;
}

interface ContainerPlace {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
}

/** A container with a log. */
export interface LoggedContainer extends ContainerPlace {
  /** Makes the container write one more line. Absent: it cannot be made to. */
  readonly write?: (line: string) => Promise<void>;
  /** A container that was restarted, and a text that it wrote before. Absent: the cluster restarts nothing. */
  readonly restarted?: () => Promise<ContainerPlace & { readonly text: string }>;
}

export interface ClusterFaults {
  /** Breaks every open connection with an RST. */
  dropConnections(): void;
  /** Forgets the watch history, so that going on is answered 410. */
  expireHistory(): void;
  /** Answers the next watches with 429. */
  rateLimit(times: number): void;
  /** Open watches get nothing any more, not even their end. */
  silenceWatches(): void;
}

export interface ClusterContractOptions {
  readonly name: string;
  readonly create: () => Promise<ClusterSubject>;
  readonly destroy: (subject: ClusterSubject) => Promise<void>;
  /** How long the cache may take to notice a silent socket. Default: 60 s. Only used with `faults`. */
  readonly silenceMs?: number;
}

const WITHIN_MS = 20_000;

/** Reads again and again until it is as wanted, and returns it; throws with what was last seen. */
export async function observe<T>(
  read: () => Promise<T>,
  isWanted: (value: T) => boolean,
  withinMs: number = WITHIN_MS,
): Promise<T> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const value = await read();
    if (isWanted(value)) return value;
    if (performance.now() > deadline) {
      throw new Error(`not as wanted within ${withinMs} ms; last: ${JSON.stringify(value)?.slice(0, 1_000)}`);
    }
    await delay(20);
  }
}

/** The error that a call fails with. */
export async function failureOf(call: Promise<unknown>): Promise<OpsError> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (isOpsError(error)) return error;
  throw new Error('expected the call to fail with an OpsError', { cause: error });
}

/** A Deployment's manifest whose pods become ready. */
function deploymentManifest(name: string, replicas: number): JsonObject {
  const labels = { app: name };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, labels },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { containers: [{ name: 'web', image: 'registry.example/shop/web:1.0.0' }] },
      },
    },
  };
}

/** Creates a Deployment of its own for a test. */
export async function createDeployment(subject: ClusterSubject, name: string, replicas = 1): Promise<void> {
  const path = `/apis/apps/v1/namespaces/${subject.namespace}/deployments`;
  await subject.administer('POST', path, deploymentManifest(name, replicas));
}

/** The request that scales a Deployment of the suite's namespace. */
export function scaleRequest(subject: ClusterSubject, name: string, replicas: number): WriteRequest {
  return {
    verb: 'patch',
    target: { kind: 'Deployment', namespace: subject.namespace, name },
    subresource: 'scale',
    patch: [{ op: 'replace', path: '/spec/replicas', value: replicas }],
  };
}

/** A permit for exactly this request, as this identity. */
export function permitFor(
  subject: ClusterSubject,
  request: WriteRequest,
  identity: KubernetesIdentity = subject.operator,
): WritePermit {
  const grant = { planId: 'p-0c0n7rac' as PlanId, cluster: subject.connection.info.name, identity };
  return subject.permits.mint(grant, [request]);
}
