import type { LabelSelector, StoredObject } from '../objects.ts';
import type { ObjectStore } from '../store/object-store.ts';
import { validateReplicas } from '../store/validation.ts';
import type { Reply, ResourceRequest } from './api-request.ts';
import { parseBody, replyJson, replyStatus } from './api-request.ts';
import { formatLabelSelector } from './label-selector.ts';
import { applyPatch } from './patch.ts';
import type { Registry } from './registry.ts';
import { invalid, methodNotAllowed, modified, notFound } from './status.ts';
import { writeOptions } from './write.ts';

interface Scalable extends StoredObject {
  readonly spec: { readonly replicas: number; readonly selector: LabelSelector };
  readonly status: { readonly replicas?: number };
}

/** A workload's size as the scale subresource shows it. */
interface Scale {
  readonly kind: 'Scale';
  readonly apiVersion: 'autoscaling/v1';
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly uid: string;
    readonly resourceVersion?: string;
    readonly creationTimestamp: string;
  };
  readonly spec: { readonly replicas?: number };
  readonly status: { readonly replicas: number; readonly selector: string };
}

/** GET, PUT and PATCH of a workload's scale. A resourceVersion in the body or patch is a precondition. */
export function answerScale(store: ObjectStore, registry: Registry, request: ResourceRequest): Reply {
  const { target } = request;
  const stored = store.get(target.plural, target.namespace || undefined, target.name) as Scalable | undefined;
  if (stored === undefined) return replyStatus(notFound(target.resource, target.name));
  if (target.verb === 'get') return replyJson(scaleOf(stored));
  if (target.verb === 'update') return putScale(registry, request, stored);
  if (target.verb === 'patch') return patchScale(registry, request, stored);
  return replyStatus(methodNotAllowed());
}

function putScale(registry: Registry, request: ResourceRequest, stored: Scalable): Reply {
  const body = parseBody(request, 'Scale');
  if (body.kind === 'refused') return replyStatus(body.status);
  return store(registry, request, stored, body.value as unknown as Scale, 'UpdateOptions');
}

function patchScale(registry: Registry, request: ResourceRequest, stored: Scalable): Reply {
  const patched = applyPatch(request.contentType, request.body, scaleOf(stored));
  if (patched.kind === 'refused') return replyStatus(patched.status);
  return store(registry, request, stored, patched.value, 'PatchOptions');
}

function store(
  registry: Registry,
  request: ResourceRequest,
  stored: Scalable,
  scale: Scale,
  optionsKind: string,
): Reply {
  const { resource } = request.target;
  const { name, resourceVersion } = stored.metadata;
  const options = writeOptions(request, optionsKind);
  if (options.kind === 'refused') return replyStatus(options.status);
  const replicas = scale.spec?.replicas ?? 0;
  const causes = validateReplicas(replicas);
  if (causes.length > 0) {
    return replyStatus(invalid({ group: 'autoscaling', kind: 'Scale' }, name, causes));
  }
  const expected = scale.metadata?.resourceVersion ?? '';
  if (expected !== '' && expected !== resourceVersion) return replyStatus(modified(resource, name));
  const next = { ...stored, spec: { ...stored.spec, replicas } };
  const written = registry.update(resource, stored, next, options.value);
  if (written.kind === 'refused') return replyStatus(written.status);
  return replyJson(scaleOf(written.value as Scalable));
}

function scaleOf(object: Scalable): Scale {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = object.metadata;
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: {
      name,
      ...(namespace === undefined ? {} : { namespace }),
      uid,
      resourceVersion,
      creationTimestamp,
    },
    // The API server leaves a zero out.
    spec: object.spec.replicas === 0 ? {} : { replicas: object.spec.replicas },
    status: { replicas: object.status.replicas ?? 0, selector: formatLabelSelector(object.spec.selector) },
  };
}
