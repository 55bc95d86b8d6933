import type { StoredObject } from '../objects.ts';
import { findUnknownField } from '../store/known-fields.ts';
import type { ObjectStore } from '../store/object-store.ts';
import { apiVersionOfResource, type Resource } from '../store/resources.ts';
import type { Reply, ResourceRequest } from './api-request.ts';
import { fieldManagerOf, parseBody, parseDryRun, replyOutcome, replyStatus } from './api-request.ts';
import { APPLY_PATCH, answerApply } from './apply.ts';
import { applyPatch, renamed } from './patch.ts';
import { isOfResource, type Registry, type WriteOptions } from './registry.ts';
import { badRequest, done, invalid, notFound, type Outcome, refused } from './status.ts';

/** POST: 201 with the stored object. */
export function answerCreate(registry: Registry, request: ResourceRequest): Reply {
  const { target } = request;
  const options = writeOptions(request, 'CreateOptions');
  if (options.kind === 'refused') return replyStatus(options.status);
  const body = parseObject(request, target.resource);
  if (body.kind === 'refused') return replyStatus(body.status);
  const unknown = strictlyUnknown(request, body.value);
  if (unknown !== undefined) {
    const sentence = `strict decoding error: unknown field ${JSON.stringify(unknown)}`;
    return replyStatus(
      badRequest(
        `${body.value.kind} in version ${JSON.stringify(body.value.apiVersion)} cannot be handled as a ${body.value.kind}: ${sentence}`,
      ),
    );
  }
  const created = registry.create(target.resource, target.namespace, body.value, options.value);
  return replyOutcome(created, 201);
}

/** PUT: a resourceVersion in the body is a precondition. */
export function answerUpdate(store: ObjectStore, registry: Registry, request: ResourceRequest): Reply {
  const { target } = request;
  const options = writeOptions(request, 'UpdateOptions');
  if (options.kind === 'refused') return replyStatus(options.status);
  const body = parseObject(request, target.resource);
  if (body.kind === 'refused') return replyStatus(body.status);
  const isRenamed = renamed(body.value, target.name);
  if (isRenamed?.kind === 'refused') return replyStatus(isRenamed.status);
  const stored = store.get(target.plural, target.namespace || undefined, target.name);
  if (stored === undefined) return replyStatus(notFound(target.resource, target.name));
  return replyOutcome(registry.update(target.resource, stored, body.value, options.value));
}

/** PATCH: a resourceVersion that the patch sets is a precondition. */
export function answerPatch(store: ObjectStore, registry: Registry, request: ResourceRequest): Reply {
  const { target } = request;
  const options = patchOptions(request);
  if (options.kind === 'refused') return replyStatus(options.status);
  if (request.contentType === APPLY_PATCH) return answerApply(store, registry, request, options.value);
  const stored = store.get(target.plural, target.namespace || undefined, target.name);
  if (stored === undefined) return replyStatus(notFound(target.resource, target.name));
  const patched = applyPatch(request.contentType, request.body, stored);
  if (patched.kind === 'refused') return replyStatus(patched.status);
  const isRenamed = renamed(patched.value, target.name);
  if (isRenamed?.kind === 'refused') return replyStatus(isRenamed.status);
  const unknown = strictlyUnknown(request, patched.value);
  if (unknown !== undefined) {
    const message = `Invalid value: ${request.body}: strict decoding error: unknown field ${JSON.stringify(unknown)}`;
    const cause = { reason: 'FieldValueInvalid', message, field: 'patch' };
    return replyStatus(invalid(target.resource, target.name, [cause]));
  }
  return replyOutcome(registry.update(target.resource, stored, patched.value, options.value));
}

/** The first unknown field, when the request asks for strictness. */
function strictlyUnknown(request: ResourceRequest, object: StoredObject): string | undefined {
  return request.query.get('fieldValidation') === 'Strict' ? findUnknownField(object) : undefined;
}

/** What a PATCH may say: an apply has to name its manager, and only an apply can be forced. */
function patchOptions(request: ResourceRequest): Outcome<WriteOptions> {
  const manager = request.query.get('fieldManager') ?? '';
  const force = request.query.get('force') ?? '';
  if (request.contentType === APPLY_PATCH) {
    if (manager === '') return patchFault('fieldManager', 'FieldValueRequired', IS_REQUIRED);
  } else if (force !== '') {
    const message = 'Forbidden: may not be specified for non-apply patch';
    return patchFault('force', 'FieldValueForbidden', message);
  }
  if (Buffer.byteLength(manager) > MOST_MANAGER_BYTES) {
    const message = `Too long: may not be more than ${MOST_MANAGER_BYTES} bytes`;
    return patchFault('fieldManager', 'FieldValueTooLong', message);
  }
  return writeOptions(request, 'PatchOptions');
}

const IS_REQUIRED = 'Required value: is required for apply patch';
const MOST_MANAGER_BYTES = 128;

function patchFault(field: string, reason: string, message: string): Outcome<never> {
  const options = { group: 'meta.k8s.io', kind: 'PatchOptions' };
  return refused(invalid(options, '', [{ reason, message, field }]));
}

/** dryRun, field manager and subresource of a write. */
export function writeOptions(request: ResourceRequest, optionsKind: string): Outcome<WriteOptions> {
  const dryRun = parseDryRun(request.query, optionsKind);
  if (dryRun.kind === 'refused') return dryRun;
  const { subresource } = request.target;
  return done({
    dryRun: dryRun.value,
    manager: fieldManagerOf(request),
    ...(subresource === '' ? {} : { subresource }),
  });
}

function parseObject(request: ResourceRequest, resource: Resource): Outcome<StoredObject> {
  const body = parseBody(request, resource.kind);
  if (body.kind === 'refused') return body;
  const metadata = body.value['metadata'] as Partial<StoredObject['metadata']> | undefined;
  const object = {
    ...body.value,
    apiVersion: body.value['apiVersion'] ?? apiVersionOfResource(resource),
    kind: body.value['kind'] ?? resource.kind,
    metadata: { ...metadata, name: metadata?.name ?? '' },
  } as StoredObject;
  if (!isOfResource(object, resource)) {
    const wanted = `${apiVersionOfResource(resource)}, Kind=${resource.kind}`;
    return refused(
      badRequest(
        `${object.kind} in version "${object.apiVersion}" cannot be handled as a ${resource.kind}: expected ${wanted}`,
      ),
    );
  }
  const isElsewhere =
    resource.namespaced &&
    metadata?.namespace !== undefined &&
    metadata.namespace !== request.target.namespace;
  if (!isElsewhere) return done(object);
  return refused(
    badRequest('the namespace of the provided object does not match the namespace sent on the request'),
  );
}
