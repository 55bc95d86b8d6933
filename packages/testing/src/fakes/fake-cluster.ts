import {
  type AccessQuery,
  type ClusterConnection,
  type ClusterInfo,
  type ClusterSnapshot,
  type Clusters,
  type KubeObject,
  type KubernetesIdentity,
  type ObjectRef,
  OpsError,
  type PermitCheck,
  readJsonPointer,
  type WriteRequest,
} from '@jamie/core';
import { aSnapshot, SNAPSHOT_TIME } from '../builders/snapshot-builder.ts';
import { FakeLog } from './fake-log.ts';
import { type DraftObject, FakeObjects } from './fake-objects.ts';
import { type FakeRead, FakeReader, type FakeUsage } from './fake-reader.ts';
import { type FakeWrite, FakeWriter } from './fake-writer.ts';

/**
 * A small cluster in memory behind the cluster ports: objects with resourceVersion, generation and uid, every verb of a
 * write request with its preconditions, and an authoriser that allows all but those who were denied. No controllers:
 * `settle` makes a workload's status what its spec asks for, and a pod that is evicted is simply gone.
 */
export class FakeCluster implements Clusters {
  readonly info: ClusterInfo;
  /** Every read of objects, logs and usage, in order. */
  readonly reads: FakeRead[] = [];
  /** Writes that changed something, in order. */
  readonly writes: FakeWrite[] = [];
  /** Users to whom every access review, every dry run and every write says no. */
  readonly denied = new Set<string>();
  /** Users whose reads are refused, whatever reviews say. */
  readonly blind = new Set<string>();
  /** What reviews say to everybody else. */
  mayAccess: (identity: KubernetesIdentity, query: AccessQuery) => boolean = () => true;
  /** Called before each real write takes effect; may throw, or change the world first. */
  beforeWrite: (request: WriteRequest) => void = () => undefined;
  /** Called after a real write has taken effect; throwing loses the answer. */
  afterWrite: (request: WriteRequest) => void = () => undefined;
  /** What the informer cache knows. */
  snapshot: ClusterSnapshot = emptySnapshot();
  /** What the cluster measures. Undefined: it has no metrics-server. */
  usage: FakeUsage | undefined;
  /** When the reader reads. */
  now: () => number = () => SNAPSHOT_TIME;
  /** What every container has written and goes on writing; the same for all. */
  readonly containerLog = new FakeLog(() => this.now());
  /** What every container wrote before its last restart. Undefined: the same as `containerLog`. */
  previousContainerLog: FakeLog | undefined;
  /** Called before each read; may throw. */
  beforeRead: () => void = () => undefined;
  /**
   * What the disruption budget that protects a pod says against its eviction; undefined: nothing. The budgets that are
   * stored as objects decide nothing here.
   */
  budgetAgainst: (pod: KubeObject) => string | undefined = () => undefined;
  readonly #stored = new FakeObjects();
  readonly #writer: FakeWriter;

  constructor(permits: PermitCheck, environment: ClusterInfo['environment'] = 'development') {
    this.info = { name: 'test', environment, server: 'memory:', source: 'demo' };
    this.#writer = new FakeWriter({
      cluster: this.info.name,
      stored: this.#stored,
      permits,
      writes: this.writes,
      denied: this.denied,
      beforeWrite: (request) => this.beforeWrite(request),
      afterWrite: (request) => this.afterWrite(request),
      budgetAgainst: (pod) => this.budgetAgainst(pod),
      now: () => this.now(),
    });
  }

  /** What any log holds. */
  get log(): string {
    return this.containerLog.text;
  }

  set log(text: string) {
    this.containerLog.replace(text);
  }

  /** Gives every container a life before its last restart. */
  setPreviousLog(text: string): void {
    this.previousContainerLog = new FakeLog(() => this.now());
    this.previousContainerLog.replace(text);
  }

  /** Every object that is stored. */
  objects(): readonly KubeObject[] {
    return this.#stored.all();
  }

  put(object: KubeObject): void {
    this.#stored.put(object);
  }

  remove(ref: ObjectRef): void {
    this.#stored.remove(ref);
  }

  /** Changes an object as somebody else would: a new resourceVersion, and a new generation when the spec changed. */
  edit(ref: ObjectRef, change: (object: Record<string, unknown>) => void): void {
    const before = this.#stored.get(ref);
    const after = structuredClone(before) as unknown as DraftObject;
    change(after);
    this.#stored.replace(before, after);
  }

  /** The controllers have done their work: as many pods as asked for, all of the newest template, all ready. */
  settle(ref: ObjectRef, ready?: number): void {
    this.edit(ref, (object) => {
      const replicas = (readJsonPointer(object, '/spec/replicas') as number | undefined) ?? 1;
      const count = ready ?? replicas;
      const generation = readJsonPointer(object, '/metadata/generation');
      object['status'] = {
        replicas,
        updatedReplicas: replicas,
        readyReplicas: count,
        availableReplicas: count,
        observedGeneration: generation,
      };
    });
    this.#replacePods(ref, Number(readJsonPointer(this.#stored.get(ref), '/spec/replicas') ?? 1));
  }

  /** Gives every pod of a workload a container that waits for this reason. */
  breakPods(ref: ObjectRef, reason: string): void {
    for (const pod of this.#podsOf(ref)) {
      this.edit({ kind: 'Pod', namespace: ref.namespace ?? '', name: pod.metadata.name }, (object) => {
        object['status'] = { containerStatuses: [{ restartCount: 0, state: { waiting: { reason } } }] };
      });
    }
  }

  #podsOf(ref: ObjectRef): readonly KubeObject[] {
    return this.objects().filter(
      ({ kind, metadata }) =>
        kind === 'Pod' && metadata.namespace === ref.namespace && metadata.name.startsWith(`${ref.name}-`),
    );
  }

  #replacePods(ref: ObjectRef, count: number): void {
    for (const pod of this.#podsOf(ref))
      this.remove({ kind: 'Pod', namespace: ref.namespace ?? '', name: pod.metadata.name });
    const template = readJsonPointer(this.#stored.get(ref), '/spec/template/metadata/labels');
    const labels = template as KubeObject['metadata']['labels'];
    for (let index = 0; index < count; index += 1) {
      const name = `${ref.name}-${index}`;
      this.put({
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: {
          name,
          namespace: ref.namespace ?? '',
          ...(labels !== undefined && { labels }),
          uid: `pod-${name}`,
          resourceVersion: '1',
          creationTimestamp: '2100-01-01T00:00:00Z',
        },
        status: { containerStatuses: [{ restartCount: 0, state: { running: {} } }] },
      });
    }
  }

  list(): readonly ClusterInfo[] {
    return [this.info];
  }

  connect(name: string = this.info.name): ClusterConnection {
    if (name !== this.info.name) {
      throw new OpsError('not_found', 'no such cluster', { userMessage: `I know no cluster ${name}.` });
    }
    return {
      info: this.info,
      snapshots: { snapshot: async () => this.snapshot },
      reader: new FakeReader(this),
      writer: this.#writer,
    };
  }
}

function emptySnapshot(): ClusterSnapshot {
  return aSnapshot().build();
}
