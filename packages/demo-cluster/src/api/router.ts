import type { Simulation } from '../controllers/simulation.ts';
import type { World } from '../controllers/world.ts';
import { answerAccessReview } from './access-review.ts';
import type { ApiRequest, Reply, ResourceRequest } from './api-request.ts';
import { replyStatus } from './api-request.ts';
import type { Authorizer } from './authorizer.ts';
import { answerDelete, answerDeleteCollection } from './delete.ts';
import { answerPath } from './discovery.ts';
import { answerEviction } from './eviction.ts';
import { answerMetrics, METRICS_GROUP } from './metrics.ts';
import type { Pages } from './pages.ts';
import { answerLog } from './pod-log.ts';
import { answerGet, answerList, answerWatch, parseSelection } from './read.ts';
import type { Registry } from './registry.ts';
import { answerResize } from './resize.ts';
import { answerScale } from './scale.ts';
import { methodNotAllowed, noSuchResource, notImplemented } from './status.ts';
import { answerCreate, answerPatch, answerUpdate } from './write.ts';

/** What answering a request takes. */
export interface ApiContext {
  readonly world: World;
  readonly simulation: Simulation;
  readonly registry: Registry;
  readonly authorizer: Authorizer;
  readonly pages: Pages;
  readonly address: () => string;
}

/** Answers an authorised request. What a real API server serves and this one does not is 501, never a success. */
export function answer(context: ApiContext, request: ApiRequest): Reply {
  const { target } = request;
  if (target.kind === 'path') {
    if (request.method === 'GET' || request.method === 'HEAD')
      return answerPath(target.path, context.address());
    return replyStatus(methodNotAllowed());
  }
  if (target.group === 'authorization.k8s.io') {
    const review = answerAccessReview(context.authorizer, request, target.plural);
    return review ?? replyStatus(notImplemented(`${target.plural}.authorization.k8s.io`));
  }
  if (target.group === METRICS_GROUP) {
    const { store, now } = context.world;
    return answerMetrics({ store, kubelet: context.simulation.kubelet, now }, { ...request, target });
  }
  const { resource } = target;
  if (resource === undefined) return replyStatus(notServed(target.group, target.plural));
  if (target.subresource !== '') {
    return answerSubresource(context, { ...request, target: { ...target, resource } });
  }
  return answerResource(context, { ...request, target: { ...target, resource } });
}

function answerResource(context: ApiContext, request: ResourceRequest): Reply {
  const { world, registry, pages } = context;
  const { target } = request;
  const isMisplaced = target.resource.namespaced && target.namespace === '' && !isWide(target.verb);
  if (isMisplaced) return replyStatus(methodNotAllowed());
  switch (target.verb) {
    case 'get':
      return answerGet(world.store, request);
    case 'list':
      return answerList(world.store, pages, request);
    case 'watch':
      return answerWatch(request);
    case 'create':
      return target.name === '' ? answerCreate(registry, request) : replyStatus(methodNotAllowed());
    case 'update':
      return answerUpdate(world.store, registry, request);
    case 'patch':
      return answerPatch(world.store, registry, request);
    case 'delete':
      return answerDelete(world, request);
    case 'deletecollection':
      return deleteCollection(context, request);
    default:
      return replyStatus(methodNotAllowed());
  }
}

function deleteCollection({ world }: ApiContext, request: ResourceRequest): Reply {
  const { target } = request;
  const matching = parseSelection(request);
  if (matching.kind === 'refused') return replyStatus(matching.status);
  const selected = world.store.list(target.plural, target.namespace || undefined).filter(matching.value);
  return answerDeleteCollection(world, request, selected);
}

function answerSubresource(context: ApiContext, request: ResourceRequest): Reply {
  const { world, registry, simulation } = context;
  const { plural, subresource, resource, verb } = request.target;
  if (!(resource.subresources as readonly string[]).includes(subresource)) {
    return replyStatus(notImplemented(`the subresource ${plural}/${subresource}`));
  }
  if (subresource === 'scale') return answerScale(world.store, registry, request);
  if (subresource === 'eviction') return answerEviction(world, request);
  if (subresource === 'resize') return answerResize(world.store, registry, request);
  if (subresource === 'log') {
    const { now } = world;
    return answerLog({ store: world.store, kubelet: simulation.kubelet, now }, request);
  }
  if (verb === 'get') return answerGet(world.store, request);
  if (verb === 'update') return answerUpdate(world.store, registry, request);
  if (verb === 'patch') return answerPatch(world.store, registry, request);
  return replyStatus(methodNotAllowed());
}

function isWide(verb: string): boolean {
  return verb === 'list' || verb === 'watch';
}

/** Groups and resources of a real cluster are 501, so that nobody takes "not here" for "does not exist". */
function notServed(group: string, plural: string): ReturnType<typeof notImplemented> {
  const known = KNOWN_ELSEWHERE.has(plural);
  return known
    ? notImplemented(`the resource ${plural}${group === '' ? '' : `.${group}`}`)
    : noSuchResource();
}

const KNOWN_ELSEWHERE = new Set([
  'secrets',
  'serviceaccounts',
  'persistentvolumes',
  'endpoints',
  'limitranges',
  'podtemplates',
  'replicationcontrollers',
  'componentstatuses',
  'ingressclasses',
  'roles',
  'rolebindings',
  'clusterroles',
  'clusterrolebindings',
  'storageclasses',
  'customresourcedefinitions',
  'validatingwebhookconfigurations',
  'mutatingwebhookconfigurations',
  'priorityclasses',
]);
