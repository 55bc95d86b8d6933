import { qosClassOf } from '../controllers/pod-template.ts';
import type { Container, Pod } from '../objects.ts';
import type { ObjectStore } from '../store/object-store.ts';
import type { Reply, ResourceRequest } from './api-request.ts';
import { parseBody, replyJson, replyOutcome, replyStatus } from './api-request.ts';
import { applyPatch } from './patch.ts';
import type { Registry } from './registry.ts';
import { invalid, methodNotAllowed, notFound, type Outcome } from './status.ts';
import { writeOptions } from './write.ts';

/** GET, PUT and PATCH of a pod's size: only the resources of its containers change, and never its QoS class. */
export function answerResize(store: ObjectStore, registry: Registry, request: ResourceRequest): Reply {
  const { target } = request;
  const stored = store.get('pods', target.namespace, target.name) as Pod | undefined;
  if (stored === undefined) return replyStatus(notFound(target.resource, target.name));
  if (target.verb === 'get') return replyJson(stored);
  if (target.verb !== 'patch' && target.verb !== 'update') return replyStatus(methodNotAllowed());
  const wanted: Outcome<unknown> =
    target.verb === 'update'
      ? parseBody(request, 'Pod')
      : applyPatch(request.contentType, request.body, stored);
  if (wanted.kind === 'refused') return replyStatus(wanted.status);
  const options = writeOptions(request, target.verb === 'patch' ? 'PatchOptions' : 'UpdateOptions');
  if (options.kind === 'refused') return replyStatus(options.status);
  const next = resized(stored, wanted.value as Pod);
  if (qosClassOf({ spec: next.spec }) !== qosClassOf({ spec: stored.spec })) {
    const message = 'Invalid value: "": Pod QOS Class may not change as a result of resizing';
    const cause = { reason: 'FieldValueInvalid', message, field: 'spec' };
    return replyStatus(invalid(target.resource, target.name, [cause]));
  }
  return replyOutcome(registry.update(target.resource, stored, next, options.value));
}

/** The stored pod with the resources that are wanted, and the version that they were wanted for. */
function resized(stored: Pod, wanted: Pod): Pod {
  const sizes = new Map(wanted.spec.containers.map(({ name, resources }) => [name, resources]));
  const containers = stored.spec.containers.map((container): Container => {
    const resources = sizes.get(container.name);
    return resources === undefined ? container : { ...container, resources };
  });
  const { resourceVersion } = wanted.metadata;
  return {
    ...stored,
    metadata: { ...stored.metadata, resourceVersion },
    spec: { ...stored.spec, containers },
  };
}
