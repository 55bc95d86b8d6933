import { isDeepStrictEqual } from 'node:util';
import { admitPod } from '../controllers/quota.ts';
import type { ManagedFields, Metadata, Pod, StoredObject } from '../objects.ts';
import type { RandomSource } from '../random-source.ts';
import { withDefaults } from '../store/defaults.ts';
import { withJobIdentity } from '../store/job-identity.ts';
import { recordUpdate, type Writer } from '../store/managed-fields.ts';
import type { Draft, ObjectStore } from '../store/object-store.ts';
import { findResource, type Resource } from '../store/resources.ts';
import { validateObject } from '../store/validation.ts';
import { formatTime } from '../time.ts';
import {
  alreadyExists,
  done,
  forbidden,
  invalid,
  modified,
  notFound,
  type Outcome,
  refused,
} from './status.ts';

type Fields = Readonly<Record<string, unknown>>;

interface RegistryOptions {
  readonly store: ObjectStore;
  readonly random: RandomSource;
  readonly now: () => number;
}

export interface WriteOptions {
  readonly dryRun: boolean;
  readonly manager: string;
  readonly subresource?: string;
  /** Who owns what after an apply. Default: recorded as an update. */
  readonly managedFields?: readonly ManagedFields[];
}

const GRACEFUL = new Set(['Pod']);
const WITHOUT_GENERATION = new Set([
  ...['Service', 'ConfigMap', 'Event', 'Namespace', 'Node', 'Lease'],
  ...['ControllerRevision', 'PersistentVolumeClaim', 'HorizontalPodAutoscaler'],
  ...['PersistentVolume', 'StorageClass', 'LimitRange', 'ServiceAccount', 'APIService'],
]);

/** The API server's write rules over the store: defaults, validation, conflicts, generation, dry run. */
export class Registry {
  readonly #options: RegistryOptions;

  constructor(options: RegistryOptions) {
    this.#options = options;
  }

  create(
    resource: Resource,
    namespace: string,
    body: StoredObject,
    options: WriteOptions,
  ): Outcome<StoredObject> {
    const { store, random } = this.#options;
    if (resource.namespaced && store.get('namespaces', undefined, namespace) === undefined) {
      return refused(notFound({ group: '', plural: 'namespaces' }, namespace));
    }
    const prefix = body.metadata.generateName;
    const name = body.metadata.name || (prefix === undefined ? '' : `${prefix}${random.suffix(5)}`);
    const draft = this.#draft(
      resource,
      namespace,
      { ...body, metadata: { ...body.metadata, name } },
      options,
    );
    const causes = validateObject(draft as StoredObject);
    if (causes.length > 0) return refused(invalid(resource, name, causes));
    if (store.get(resource.plural, namespace || undefined, name) !== undefined) {
      return refused(alreadyExists(resource, name));
    }
    const denied = resource.kind === 'Pod' ? admitPod(store, draft as Pod) : undefined;
    if (denied !== undefined) return refused(forbidden(resource, name, denied));
    return done(options.dryRun ? store.drafted(draft) : store.insert(resource.plural, draft));
  }

  /** Replaces spec and metadata, or only the status. A resourceVersion in `next` is a precondition. */
  update(
    resource: Resource,
    stored: StoredObject,
    next: StoredObject,
    options: WriteOptions,
  ): Outcome<StoredObject> {
    const { name, resourceVersion } = stored.metadata;
    const expected = next.metadata.resourceVersion;
    if (expected !== undefined && expected !== '' && expected !== resourceVersion) {
      return refused(modified(resource, name));
    }
    const merged =
      options.subresource === 'status' ? withStatus(stored, next) : this.#merged(resource, stored, next);
    const causes = validateObject(merged, options.subresource === 'resize' ? undefined : stored);
    if (causes.length > 0) return refused(invalid(resource, name, causes));
    const managed = this.#managed(stored, merged, options);
    if (isDeepStrictEqual(managed, stored)) return done(stored);
    if (options.dryRun) return done(managed);
    const written = this.#options.store.replace(resource.plural, managed);
    const isReleased =
      written.metadata.deletionTimestamp !== undefined && !written.metadata.finalizers?.length;
    if (isReleased && !GRACEFUL.has(resource.kind)) this.#options.store.remove(resource.plural, written);
    return done(written);
  }

  #draft(resource: Resource, namespace: string, body: StoredObject, options: WriteOptions): Draft {
    const {
      uid: _uid,
      resourceVersion: _version,
      creationTimestamp: _created,
      labels: asked,
      managedFields: _managed,
      ...metadata
    } = body.metadata;
    const { status, ...rest } = body as unknown as Fields & { readonly status?: Fields };
    const hasStatus = resource.subresources.includes('status');
    const labels =
      resource.kind === 'Namespace'
        ? { ...asked, 'kubernetes.io/metadata.name': metadata.name }
        : withoutEmpty(asked);
    const object = {
      ...(hasStatus
        ? { ...rest, status: initialStatus(resource.kind, status) }
        : (body as unknown as Fields)),
      apiVersion: body.apiVersion,
      kind: resource.kind,
      metadata: {
        ...metadata,
        ...(labels === undefined ? {} : { labels }),
        ...(resource.namespaced ? { namespace } : {}),
        ...(WITHOUT_GENERATION.has(resource.kind) ? {} : { generation: 1 }),
      },
    } as unknown as StoredObject;
    return this.#managed(undefined, withDefaults(this.#identified(this.#allocated(object))), options);
  }

  #identified(object: StoredObject): StoredObject {
    if (object.kind !== 'Job') return object;
    const uid = this.#options.random.uuid();
    const { name } = object.metadata;
    const identified = withJobIdentity(object, name, uid);
    return { ...identified, metadata: { ...identified.metadata, uid } };
  }

  #allocated(object: StoredObject): StoredObject {
    if (object.kind !== 'Service') return object;
    const spec = ((object as unknown as Fields)['spec'] ?? {}) as Fields;
    if (spec['clusterIP'] !== undefined || spec['type'] === 'ExternalName') return object;
    const host = Math.floor(this.#options.random.fraction() * 65000) + 10;
    const clusterIP = `10.96.${host >> 8}.${host & 255}`;
    return { ...object, spec: { ...spec, clusterIP, clusterIPs: [clusterIP] } } as unknown as StoredObject;
  }

  #merged(resource: Resource, stored: StoredObject, next: StoredObject): StoredObject {
    const fields = withDefaults(next) as unknown as Fields;
    const before = stored as unknown as Fields;
    const status = resource.subresources.includes('status') ? { status: before['status'] } : {};
    const specMoved = !isDeepStrictEqual(plain(fields['spec']), plain(before['spec']));
    const generation = (stored.metadata.generation ?? 0) + (specMoved ? 1 : 0);
    const { managedFields: _theirs, ...theirs } = next.metadata;
    const metadata: Metadata = {
      ...theirs,
      ...immutableMetadata(stored.metadata),
      ...(stored.metadata.generation === undefined ? {} : { generation }),
    };
    return { ...fields, ...status, metadata } as unknown as StoredObject;
  }

  /** The writer that managedFields name. */
  writerOf({ manager, subresource }: WriteOptions): Writer {
    const time = formatTime(this.#options.now());
    return { manager, time, ...(subresource === undefined ? {} : { subresource }) };
  }

  #managed(stored: StoredObject | undefined, object: StoredObject, options: WriteOptions): StoredObject {
    const entries = options.managedFields ?? recordUpdate(stored, object, this.writerOf(options));
    const { managedFields: _before, ...metadata } = object.metadata;
    return {
      ...object,
      metadata: { ...metadata, ...(entries.length === 0 ? {} : { managedFields: entries }) },
    };
  }
}

function immutableMetadata(stored: Metadata): Metadata {
  const { name, namespace, uid, resourceVersion, creationTimestamp, managedFields } = stored;
  const { deletionTimestamp, deletionGracePeriodSeconds } = stored;
  return {
    name,
    ...(namespace === undefined ? {} : { namespace }),
    uid,
    resourceVersion,
    creationTimestamp,
    ...(managedFields === undefined ? {} : { managedFields }),
    ...(deletionTimestamp === undefined ? {} : { deletionTimestamp }),
    ...(deletionGracePeriodSeconds === undefined ? {} : { deletionGracePeriodSeconds }),
  };
}

function withStatus(stored: StoredObject, next: StoredObject): StoredObject {
  return { ...stored, status: (next as unknown as Fields)['status'] } as unknown as StoredObject;
}

/** An empty map is not stored, as by the API server. */
function withoutEmpty(map: Metadata['labels']): Metadata['labels'] {
  return map === undefined || Object.keys(map).length === 0 ? undefined : map;
}

function initialStatus(kind: string, given: Fields | undefined): Fields {
  // A kubelet registers its node with what the machine has; the API server takes that of no other kind.
  if (kind === 'Node') return { capacity: {}, allocatable: {}, conditions: [], ...given };
  if (kind === 'Pod') return { phase: 'Pending', qosClass: 'BestEffort' };
  if (kind === 'ReplicaSet' || kind === 'StatefulSet') return { replicas: 0 };
  if (kind === 'Service' || kind === 'Ingress') return { loadBalancer: {} };
  if (kind === 'PersistentVolumeClaim') return { phase: 'Pending' };
  return {};
}

function plain(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}

/** The resource of an object's own apiVersion and kind, or undefined when they are not those of the path. */
export function isOfResource(object: StoredObject, resource: Resource): boolean {
  const [group, version] = object.apiVersion.includes('/')
    ? (object.apiVersion.split('/') as [string, string])
    : ['', object.apiVersion];
  return object.kind === resource.kind && findResource(group, version, resource.plural) === resource;
}
