import { orphanDependents } from '../controllers/garbage-collector.ts';
import { deletePod, markDeleted } from '../controllers/pod-creation.ts';
import type { World } from '../controllers/world.ts';
import type { Pod, StoredObject } from '../objects.ts';
import type { Resource } from '../store/resources.ts';
import { formatTime } from '../time.ts';
import type { Reply, ResourceRequest } from './api-request.ts';
import { parseBody, parseDryRun, replyJson, replyStatus } from './api-request.ts';
import {
  badRequest,
  done,
  type Failure,
  notFound,
  type Outcome,
  preconditionFailed,
  success,
} from './status.ts';

interface DeleteOptions {
  readonly gracePeriodSeconds?: number;
  readonly propagationPolicy?: string;
  readonly preconditions?: { readonly uid?: string; readonly resourceVersion?: string };
  readonly dryRun?: readonly string[];
}

/** DELETE of one object: a pod ends with its grace period, a namespace when it is empty, the rest at once. */
export function answerDelete(world: World, request: ResourceRequest): Reply {
  const { target } = request;
  const options = parseDeleteOptions(request);
  if (options.kind === 'refused') return replyStatus(options.status);
  const stored = world.store.get(target.plural, target.namespace || undefined, target.name);
  if (stored === undefined) return replyStatus(notFound(target.resource, target.name));
  const refusal = unmetPrecondition(target.resource, stored, options.value);
  if (refusal !== undefined) return replyStatus(refusal);
  return replyJson(deleteObject(world, target.resource, stored, options.value));
}

/** DELETE of a collection: every selected object, answered with the list of what was deleted. */
export function answerDeleteCollection(
  world: World,
  request: ResourceRequest,
  selected: readonly StoredObject[],
): Reply {
  const options = parseDeleteOptions(request);
  if (options.kind === 'refused') return replyStatus(options.status);
  for (const object of selected) deleteObject(world, request.target.resource, object, options.value);
  const { kind } = request.target.resource;
  const metadata = { resourceVersion: String(world.store.version) };
  return replyJson({
    kind: `${kind}List`,
    apiVersion: selected[0]?.apiVersion ?? 'v1',
    metadata,
    items: selected,
  });
}

function deleteObject(
  world: World,
  resource: Resource,
  stored: StoredObject,
  options: DeleteOptions,
): unknown {
  const { name, uid } = stored.metadata;
  const isDryRun = options.dryRun?.includes('All') === true;
  if (stored.kind === 'Pod') return deletePodObject(world, stored as Pod, options, isDryRun);
  if (stored.kind === 'Namespace') return terminateNamespace(world, stored, isDryRun);
  if (!isDryRun) {
    if (options.propagationPolicy === 'Orphan') orphanDependents(world, stored);
    world.store.remove(resource.plural, stored);
  }
  return success({
    name,
    ...(resource.group === '' ? {} : { group: resource.group }),
    kind: resource.plural,
    uid,
  });
}

function deletePodObject(world: World, pod: Pod, options: DeleteOptions, isDryRun: boolean): unknown {
  const grace = options.gracePeriodSeconds ?? pod.spec.terminationGracePeriodSeconds ?? 30;
  if (isDryRun) return markDeleted(pod, grace, world.now());
  deletePod(world, pod, grace);
  return world.store.get('pods', pod.metadata.namespace, pod.metadata.name) ?? pod;
}

function terminateNamespace(world: World, namespace: StoredObject, isDryRun: boolean): unknown {
  const terminating = {
    ...namespace,
    metadata: { ...namespace.metadata, deletionTimestamp: formatTime(world.now()) },
    status: { phase: 'Terminating' },
  } as StoredObject;
  return isDryRun ? terminating : world.store.replace('namespaces', terminating);
}

function parseDeleteOptions(request: ResourceRequest): Outcome<DeleteOptions> {
  const dryRun = parseDryRun(request.query, 'DeleteOptions');
  if (dryRun.kind === 'refused') return dryRun;
  const body = request.body === '' ? done({}) : parseBody(request, 'DeleteOptions');
  if (body.kind === 'refused') return body;
  // With a body, the API server does not look at the query at all: dryRun=All there deletes.
  if (request.body !== '') return done(body.value as DeleteOptions);
  const { query } = request;
  const policy = query.get('propagationPolicy');
  const grace = query.get('gracePeriodSeconds');
  if (grace !== null && !/^\d+$/.test(grace)) {
    return {
      kind: 'refused',
      status: badRequest(`strconv.ParseInt: parsing ${JSON.stringify(grace)}: invalid syntax`),
    };
  }
  return done({
    ...(policy === null ? {} : { propagationPolicy: policy }),
    ...(grace === null ? {} : { gracePeriodSeconds: Number(grace) }),
    ...(dryRun.value ? { dryRun: ['All'] } : {}),
  });
}

function unmetPrecondition(
  resource: Resource,
  stored: StoredObject,
  { preconditions }: DeleteOptions,
): Failure | undefined {
  const { uid, resourceVersion, name } = stored.metadata;
  if (preconditions?.uid !== undefined && preconditions.uid !== uid) {
    return preconditionFailed(
      resource,
      name,
      `the UID in the precondition (${preconditions.uid}) does not match the UID in record (${uid}). The object might have been deleted and then recreated`,
    );
  }
  if (preconditions?.resourceVersion !== undefined && preconditions.resourceVersion !== resourceVersion) {
    return preconditionFailed(
      resource,
      name,
      `the ResourceVersion in the precondition (${preconditions.resourceVersion}) does not match the ResourceVersion in record (${resourceVersion}). The object might have been modified`,
    );
  }
  return undefined;
}
