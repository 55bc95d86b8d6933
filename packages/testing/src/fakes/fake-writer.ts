import {
  type ApplyRequest,
  type ClusterWriter,
  type DeleteRequest,
  type EvictRequest,
  type JsonObject,
  type KubeObject,
  type KubernetesIdentity,
  OpsError,
  type PatchRequest,
  type PermitCheck,
  readJsonPointer,
  type WritePermit,
  type WriteRequest,
} from '@jamie/core';
import jsonPatch from 'fast-json-patch';
import { applyManifest } from './fake-apply.ts';
import type { DraftObject, FakeObjects } from './fake-objects.ts';

/** A write that took effect, as an API server's audit log would hold it. */
export interface FakeWrite {
  readonly request: WriteRequest;
  readonly user: string;
}

/** What the writer writes to. */
export interface FakeWrites {
  readonly cluster: string;
  readonly stored: FakeObjects;
  readonly permits: PermitCheck;
  readonly writes: FakeWrite[];
  readonly denied: ReadonlySet<string>;
  beforeWrite(request: WriteRequest): void;
  afterWrite(request: WriteRequest): void;
  budgetAgainst(pod: KubeObject): string | undefined;
  now(): number;
}

/** What a request would make of the world. */
type Change =
  | { readonly kind: 'made'; readonly object: KubeObject }
  | { readonly kind: 'changed'; readonly before: KubeObject; readonly after: DraftObject }
  | { readonly kind: 'gone'; readonly object: KubeObject; readonly withDependents: boolean };

const PROTECTED = new Set(['kube-system', 'kube-public', 'kube-node-lease']);

/** Writes to a FakeCluster with the preconditions, the conflicts and the refusals of the real one. */
export class FakeWriter implements ClusterWriter {
  readonly #world: FakeWrites;
  readonly #applied = new Map<string, JsonObject>();

  constructor(world: FakeWrites) {
    this.#world = world;
  }

  async dryRun(request: WriteRequest, as: KubernetesIdentity): Promise<KubeObject | undefined> {
    refuseProtected(request);
    this.#authorise(as);
    const change = this.#changeOf(request);
    if (change.kind === 'gone') return undefined;
    return shown(request, change.kind === 'made' ? change.object : (change.after as unknown as KubeObject));
  }

  async send(
    request: WriteRequest,
    resourceVersion: string | undefined,
    permit: WritePermit,
  ): Promise<KubeObject | undefined> {
    refuseProtected(request);
    if (!this.#world.permits.covers(permit, this.#world.cluster, request))
      throw new OpsError('policy_denied', 'no permit');
    this.#world.beforeWrite(request);
    this.#authorise(permit.identity);
    this.#checkVersion(request, resourceVersion);
    const change = this.#changeOf(request);
    const after = this.#store(change);
    if (request.verb === 'apply') this.#applied.set(after?.metadata.uid ?? '', request.manifest);
    if (change.kind !== 'changed' || after !== change.before)
      this.#world.writes.push({ request, user: permit.identity.user });
    this.#world.afterWrite(request);
    return after === undefined ? undefined : shown(request, after);
  }

  #authorise(as: KubernetesIdentity): void {
    if (this.#world.denied.has(as.user)) throw new OpsError('forbidden', 'forbidden');
  }

  #checkVersion(request: WriteRequest, resourceVersion: string | undefined): void {
    if (request.verb !== 'patch' && request.verb !== 'apply') return;
    const { stored } = this.#world;
    const live = request.verb === 'patch' ? stored.get(request.target) : stored.find(request.target);
    if (request.verb === 'apply' && (live?.metadata.uid ?? null) !== request.uid)
      throw conflict('the object was made or deleted in the meantime', 'Conflict');
    const isNew = request.verb === 'apply' && request.uid === null;
    if (!isNew && live?.metadata.resourceVersion !== resourceVersion)
      throw conflict('the object has moved', 'Conflict');
  }

  #changeOf(request: WriteRequest): Change {
    switch (request.verb) {
      case 'patch': {
        const before = this.#world.stored.get(request.target);
        return { kind: 'changed', before, after: patched(request, before) };
      }
      case 'apply':
        return this.#applyChange(request);
      case 'create': {
        if (this.#world.stored.find(request.target) !== undefined)
          throw conflict('the name is taken', 'AlreadyExists');
        return { kind: 'made', object: this.#made(request) };
      }
      case 'delete':
        return {
          kind: 'gone',
          object: this.#exactly(request),
          withDependents: request.propagation !== 'Orphan',
        };
      case 'evict': {
        const pod = this.#exactly(request);
        const message = this.#world.budgetAgainst(pod);
        if (message === undefined) return { kind: 'gone', object: pod, withDependents: false };
        throw new OpsError('rate_limited', 'a disruption budget does not allow the eviction now', {
          userMessage: message,
          details: { status: 429, reason: 'disruption_budget' },
        });
      }
    }
  }

  #applyChange(request: ApplyRequest): Change {
    const before = this.#world.stored.find(request.target);
    if (before === undefined) return { kind: 'made', object: this.#made(request) };
    const { object, conflicts } = applyManifest(
      before,
      request.manifest,
      this.#applied.get(before.metadata.uid),
    );
    if (conflicts.length === 0) return { kind: 'changed', before, after: object };
    throw new OpsError('conflict', 'another manager owns fields of it', {
      details: { status: 409, reason: 'Conflict', conflicts },
    });
  }

  #made({
    manifest,
    target,
  }: {
    readonly manifest: JsonObject;
    readonly target: WriteRequest['target'];
  }): KubeObject {
    return this.#world.stored.made(manifest, target, this.#world.now());
  }

  #exactly({ target, uid }: DeleteRequest | EvictRequest): KubeObject {
    const object = this.#world.stored.get(target);
    if (object.metadata.uid === uid) return object;
    throw conflict('it was made anew in the meantime', 'Conflict');
  }

  #store(change: Change): KubeObject | undefined {
    const { stored } = this.#world;
    switch (change.kind) {
      case 'made':
        return stored.add(change.object);
      case 'changed':
        return stored.replace(change.before, change.after);
      case 'gone':
        stored.delete(change.object, change.withDependents);
        return undefined;
    }
  }
}

function refuseProtected({ target }: WriteRequest): void {
  if (target.namespace !== undefined && PROTECTED.has(target.namespace))
    throw new OpsError('policy_denied', 'the namespace is protected');
}

function conflict(message: string, reason: string): OpsError {
  return new OpsError('conflict', message, { details: { status: 409, reason } });
}

function patched(request: PatchRequest, object: KubeObject): DraftObject {
  const isScale = request.subresource === 'scale';
  const document = structuredClone(isScale ? toScale(object) : object) as unknown as DraftObject;
  const result = applyPatch(request, document);
  const after = isScale ? scaled(object, result) : result;
  const replicas = readJsonPointer(after, '/spec/replicas');
  if (typeof replicas !== 'number' || replicas >= 0) return after;
  throw new OpsError('invalid_input', 'spec.replicas must not be negative');
}

function applyPatch(request: PatchRequest, document: DraftObject): DraftObject {
  try {
    const operations = structuredClone(request.patch) as Parameters<typeof jsonPatch.applyPatch>[1];
    return jsonPatch.applyPatch(document, operations, true).newDocument;
  } catch (error) {
    throw new OpsError('conflict', 'the patch does not fit the object', { cause: error });
  }
}

function shown(request: WriteRequest, object: KubeObject): KubeObject {
  return request.verb === 'patch' && request.subresource === 'scale' ? toScale(object) : object;
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

function scaled(object: KubeObject, scale: DraftObject): DraftObject {
  const replicas = readJsonPointer(scale, '/spec/replicas') ?? 0;
  return structuredClone({ ...object, spec: { ...object.spec, replicas } }) as unknown as DraftObject;
}
