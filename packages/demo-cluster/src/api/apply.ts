import { isJsonObject } from '@jamie/core';
import type { ManagedFields, StoredObject } from '../objects.ts';
import { type ApplyConflict, applyConfiguration } from '../store/apply-configuration.ts';
import { isUnsupportedList, partsOf } from '../store/field-shape.ts';
import { formatPath } from '../store/field-tree.ts';
import { findUnknownField } from '../store/known-fields.ts';
import { findListFault } from '../store/merge-applied.ts';
import type { ObjectStore } from '../store/object-store.ts';
import { type Reply, type ResourceRequest, replyOutcome, replyStatus } from './api-request.ts';
import type { Registry, WriteOptions } from './registry.ts';
import {
  applyConflict,
  badRequest,
  done,
  type Failure,
  fieldImmutable,
  notImplemented,
  notTypable,
  type Outcome,
  refused,
  uidWithoutObject,
} from './status.ts';

export const APPLY_PATCH = 'application/apply-patch+yaml';

/** PATCH with an apply configuration: creates the object where it does not exist, updates it where it does. */
export function answerApply(
  store: ObjectStore,
  registry: Registry,
  request: ResourceRequest,
  options: WriteOptions,
): Reply {
  const { target } = request;
  const { resource, name } = target;
  const parsed = parseConfiguration(request);
  if (parsed.kind === 'refused') return replyStatus(parsed.status);
  const configuration = parsed.value;
  const live = store.get(target.plural, target.namespace || undefined, name);
  if (target.subresource === 'status' && live === undefined) {
    return replyStatus(notImplemented('creating an object by applying its status'));
  }
  const { uid } = configuration.metadata;
  if (uid !== undefined && uid !== live?.metadata.uid) {
    const status =
      live === undefined ? uidWithoutObject(resource, name, uid) : fieldImmutable(resource, name, uid);
    return replyStatus(status);
  }
  const isForced = isTrue(request.query.get('force'));
  const named = live === undefined ? configuration : withoutIdentity(configuration);
  const application = applyConfiguration(live, named, registry.writerOf(options), isForced);
  if (application.kind === 'conflicting') return replyStatus(describe(application.conflicts));
  const owned = { ...options, managedFields: application.managedFields };
  if (live === undefined) {
    return replyOutcome(registry.create(resource, target.namespace, application.object, owned), 201);
  }
  const next = withExpectedVersion(application.object, configuration);
  return replyOutcome(registry.update(resource, live, next, owned));
}

function withoutIdentity(configuration: StoredObject): StoredObject {
  const { uid: _uid, resourceVersion: _version, name: _name, ...metadata } = configuration.metadata;
  return { ...configuration, metadata } as StoredObject;
}

/** A resourceVersion in the configuration is a precondition; without one there is none. */
function withExpectedVersion(object: StoredObject, configuration: StoredObject): StoredObject {
  const { resourceVersion } = configuration.metadata;
  return { ...object, metadata: { ...object.metadata, resourceVersion: resourceVersion ?? '' } };
}

function parseConfiguration(request: ResourceRequest): Outcome<StoredObject> {
  const { resource, name, namespace, subresource } = request.target;
  let body: unknown;
  try {
    body = JSON.parse(request.body);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return refused(notImplemented('apply configurations that are not JSON; JSON is YAML'));
  }
  if (!isJsonObject(body)) {
    return refused(
      badRequest(
        `error decoding YAML: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal ${Array.isArray(body) ? 'array' : typeof body} into Go value of type map[string]interface {}`,
      ),
    );
  }
  const object = withoutNulls(body) as Partial<StoredObject>;
  const fault = identityFault(request, object);
  if (fault !== undefined) return refused(fault);
  const { metadata } = object;
  const configuration = {
    ...withoutUnapplied(object, subresource),
    metadata: { ...metadata, name, ...(resource.namespaced ? { namespace } : {}) },
  } as StoredObject;
  const unfit = shapeFault(request, configuration);
  return unfit === undefined ? done(configuration) : refused(unfit);
}

/** A null stands for a field that is left out. (A real API server also makes its manager the owner.) */
function withoutNulls(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(withoutNulls);
  const entries = Object.entries(value).filter(([, member]) => member !== null);
  return Object.fromEntries(entries.map(([name, member]) => [name, withoutNulls(member)]));
}

/** A status is applied through its subresource, and everything else not. */
function withoutUnapplied(object: object, subresource: string): object {
  const { status, spec, ...others } = object as { readonly status?: unknown; readonly spec?: unknown };
  if (subresource !== 'status') return { ...others, ...(spec === undefined ? {} : { spec }) };
  const { apiVersion, kind } = object as StoredObject;
  return { apiVersion, kind, ...(status === undefined ? {} : { status }) };
}

function identityFault(request: ResourceRequest, object: Partial<StoredObject>): Failure | undefined {
  const { resource, namespace, name } = request.target;
  const { apiVersion = '/', kind = '', metadata } = object;
  const wanted = resource.group === '' ? resource.version : `${resource.group}/${resource.version}`;
  if (apiVersion !== wanted || kind !== resource.kind) {
    return badRequest(`invalid object type: ${apiVersion}, Kind=${kind}`);
  }
  if (metadata?.managedFields !== undefined) return badRequest('metadata.managedFields must be nil');
  if (metadata?.namespace !== undefined && metadata.namespace !== namespace) {
    return badRequest(
      'the namespace of the provided object does not match the namespace sent on the request',
    );
  }
  if (metadata?.name === undefined || metadata.name === name) return undefined;
  return badRequest(`the name of the object (${metadata.name}) does not match the name on the URL (${name})`);
}

/** Why a configuration cannot be merged: what the schema does not know, and what this server does not. */
function shapeFault({ target }: ResourceRequest, configuration: StoredObject): Failure | undefined {
  const { apiVersion, kind, metadata } = configuration;
  const described = `/${metadata.name}; ${apiVersion}, Kind=${kind}`;
  const unknown = findUnknownField(configuration);
  if (unknown !== undefined) return notTypable(described, `.${unknown}: field not declared in schema`);
  const { replicas } = ((configuration as unknown as Record<string, unknown>)['spec'] ?? {}) as {
    readonly replicas?: unknown;
  };
  if (replicas !== undefined && replicas !== null && typeof replicas !== 'number') {
    return notTypable(described, `.spec.replicas: expected numeric (int or float), got ${typeof replicas}`);
  }
  const list = findUnsupportedList(configuration, '');
  if (list !== undefined) return notImplemented(`applying ${target.plural} with ${list}`);
  const fault = findListFault(configuration);
  if (fault === undefined) return undefined;
  const path = formatPath(fault.path);
  if (fault.kind === 'without-key') {
    return notImplemented(`applying ${path} with an element that lacks its key`);
  }
  return notTypable(described, `${path}: duplicate entries for key ${formatPath([fault.element])}`);
}

function findUnsupportedList(value: unknown, place: string): string | undefined {
  if (Array.isArray(value) && isUnsupportedList(place)) return place.replaceAll('[]', '');
  for (const part of partsOf(value, place) ?? []) {
    const found = findUnsupportedList(part.value, part.place);
    if (found !== undefined) return found;
  }
  return undefined;
}

function describe(conflicts: readonly ApplyConflict[]): Failure {
  const named = conflicts.map(({ owner, path }) => ({
    owner: describeOwner(owner),
    field: formatPath(path),
  }));
  const causes = named.map(({ owner, field }) => ({
    reason: 'FieldManagerConflict',
    message: `conflict with ${owner}`,
    field,
  }));
  const [first] = named;
  if (named.length === 1 && first !== undefined) {
    return applyConflict(`1 conflict: conflict with ${first.owner}: ${first.field}`, causes);
  }
  const owners = [...new Set(named.map(({ owner }) => owner))].sort();
  const lines = owners.flatMap((owner) => [
    `conflicts with ${owner}:`,
    ...named.filter((conflict) => conflict.owner === owner).map(({ field }) => `- ${field}`),
  ]);
  return applyConflict(`${named.length} conflicts: ${lines.join('\n')}`, causes);
}

function describeOwner({ manager, operation, subresource, apiVersion }: ManagedFields): string {
  const through = subresource === undefined ? '' : ` with subresource "${subresource}"`;
  return `"${manager}"${through}${operation === 'Update' ? ` using ${apiVersion}` : ''}`;
}

/** As the API server reads a boolean parameter: anything but `0` and `false` is true. */
function isTrue(text: string | null): boolean {
  return text !== null && text !== '' && text !== '0' && text.toLowerCase() !== 'false';
}
