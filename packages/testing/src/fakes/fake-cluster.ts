import {
  type AccessQuery,
  type ClusterConnection,
  type ClusterInfo,
  type ClusterSnapshot,
  type Clusters,
  formatObjectRef,
  type Kind,
  type KubeObject,
  type KubernetesIdentity,
  type ObjectRef,
  OpsError,
  type PatchRequest,
  type PermitCheck,
  readJsonPointer,
  type WritePermit,
  type WriteRequest,
} from '@jamie/core';
import jsonPatch from 'fast-json-patch';
import { aSnapshot, SNAPSHOT_TIME } from '../builders/snapshot-builder.ts';
import { FakeLog } from './fake-log.ts';
import { type FakeRead, FakeReader, type FakeUsage } from './fake-reader.ts';

/** A write that took effect, as an API server's audit log would hold it. */
export interface FakeWrite {
  readonly request: WriteRequest;
  readonly user: string;
}

type Mutable = { metadata: { resourceVersion: string; generation?: number }; [field: string]: unknown };

/**
 * A small cluster in memory behind the cluster ports: objects with resourceVersion, generation and uid, JSON Patch with
 * optimistic locking, and an authoriser that allows all but those who were denied. No controllers: `settle` makes a
 * workload's status what its spec asks for.
 */
export class FakeCluster implements Clusters {
  readonly info: ClusterInfo;
  /** Every read of objects, logs and usage, in order. */
  readonly reads: FakeRead[] = [];
  /** Writes that changed something, in order. */
  readonly writes: FakeWrite[] = [];
  /** Users to whom every access review and every dry run says no. */
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
  readonly #objects = new Map<string, KubeObject>();
  readonly #permits: PermitCheck;
  #version = 100;

  constructor(permits: PermitCheck, environment: ClusterInfo['environment'] = 'development') {
    this.#permits = permits;
    this.info = { name: 'test', environment, server: 'memory:', source: 'demo' };
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
    return [...this.#objects.values()];
  }

  put(object: KubeObject): void {
    this.#objects.set(keyOf(object.kind as Kind, object.metadata), object);
  }

  remove(ref: ObjectRef): void {
    this.#objects.delete(keyOf(ref.kind, ref));
  }

  /** Changes an object as somebody else would: a new resourceVersion, and a new generation when the spec changed. */
  edit(ref: ObjectRef, change: (object: Record<string, unknown>) => void): void {
    const before = this.#get(ref);
    const after = structuredClone(before) as unknown as Mutable;
    change(after);
    this.#replace(before, after);
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
    this.#replacePods(ref, Number(readJsonPointer(this.#get(ref), '/spec/replicas') ?? 1));
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
    const template = readJsonPointer(this.#get(ref), '/spec/template/metadata/labels');
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
      writer: {
        dryRun: async (request, as) => this.#dryRun(request, as),
        send: async (request, resourceVersion, permit) => this.#send(request, resourceVersion, permit),
      },
    };
  }

  #get(ref: ObjectRef): KubeObject {
    const object = this.#objects.get(keyOf(ref.kind, ref));
    if (object !== undefined) return object;
    throw new OpsError('not_found', 'no such object', {
      userMessage: `${formatObjectRef(ref)} was not found.`,
    });
  }

  #dryRun(request: WriteRequest, as: KubernetesIdentity): KubeObject {
    if (this.denied.has(as.user)) throw new OpsError('forbidden', 'forbidden');
    requirePatch(request);
    const after = this.#patched(request, this.#get(request.target)) as unknown as KubeObject;
    return request.subresource === 'scale' ? toScale(after) : after;
  }

  #send(request: WriteRequest, resourceVersion: string | undefined, permit: WritePermit): KubeObject {
    requirePatch(request);
    if (!this.#permits.covers(permit, this.info.name, request))
      throw new OpsError('policy_denied', 'no permit');
    this.beforeWrite(request);
    const before = this.#get(request.target);
    if (before.metadata.resourceVersion !== resourceVersion)
      throw new OpsError('conflict', 'the object has moved');
    const after = this.#replace(before, this.#patched(request, before));
    if (after !== before) this.writes.push({ request, user: permit.identity.user });
    this.afterWrite(request);
    return request.subresource === 'scale' ? toScale(after) : after;
  }

  #patched(request: PatchRequest, object: KubeObject): Mutable {
    const isScale = request.subresource === 'scale';
    const document = structuredClone(isScale ? toScale(object) : object) as unknown as Mutable;
    try {
      const operations = structuredClone(request.patch) as Parameters<typeof jsonPatch.applyPatch>[1];
      const patched = jsonPatch.applyPatch(document, operations, true).newDocument;
      return isScale ? scaled(object, patched) : patched;
    } catch (error) {
      throw new OpsError('conflict', 'the patch does not fit the object', { cause: error });
    }
  }

  #replace(before: KubeObject, after: Mutable): KubeObject {
    const specChanged = JSON.stringify(before.spec) !== JSON.stringify(after['spec']);
    if (!specChanged && JSON.stringify(before) === JSON.stringify(after)) return before;
    this.#version += 1;
    after.metadata.resourceVersion = String(this.#version);
    if (specChanged) after.metadata.generation = (before.metadata.generation ?? 1) + 1;
    const stored = after as unknown as KubeObject;
    this.put(stored);
    return stored;
  }
}

function requirePatch(request: WriteRequest): asserts request is PatchRequest {
  if (request.verb !== 'patch') throw new OpsError('invalid_input', 'this cluster takes patches only');
}

function emptySnapshot(): ClusterSnapshot {
  return aSnapshot().build();
}

function keyOf(kind: Kind, named: { readonly namespace?: string; readonly name: string }): string {
  return `${kind}/${named.namespace ?? ''}/${named.name}`;
}

/** The scale subresource of a workload; as the real one, it leaves replicas out when there are none. */
function toScale(object: KubeObject): KubeObject {
  const replicas = readJsonPointer(object, '/spec/replicas') ?? 1;
  return {
    apiVersion: 'autoscaling/v1',
    kind: 'Scale',
    metadata: object.metadata,
    spec: replicas === 0 ? {} : { replicas },
  };
}

function scaled(object: KubeObject, scale: Mutable): Mutable {
  const replicas = readJsonPointer(scale, '/spec/replicas') ?? 0;
  return structuredClone({ ...object, spec: { ...object.spec, replicas } }) as unknown as Mutable;
}
