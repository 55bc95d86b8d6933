import type { Kubelet } from '../kubelet/kubelet.ts';
import { ownUsageOf, sumUsage, type Usage, usageOf } from '../kubelet/usage.ts';
import type { Pod, StoredObject } from '../objects.ts';
import type { ObjectStore } from '../store/object-store.ts';
import { formatTime } from '../time.ts';
import { type ApiRequest, type Reply, replyJson, replyStatus } from './api-request.ts';
import { parseFieldSelector } from './field-selector.ts';
import { parseLabelSelector } from './label-selector.ts';
import type { ResourceTarget } from './request-target.ts';
import { badRequest, methodNotAllowed, noSuchResource, notFound } from './status.ts';

interface MetricsContext {
  readonly store: ObjectStore;
  readonly kubelet: Kubelet;
  readonly now: () => number;
}

interface MetricsRequest extends ApiRequest {
  readonly target: ResourceTarget;
}

export const METRICS_GROUP = 'metrics.k8s.io';
export const METRICS_VERSION = 'v1beta1';
const API_VERSION = `${METRICS_GROUP}/${METRICS_VERSION}`;
const WINDOW = '15s';

/** What discovery says of them: to be read, never watched or written. */
export const METRICS_RESOURCES: readonly object[] = [
  { name: 'nodes', singularName: '', namespaced: false, kind: 'NodeMetrics', verbs: ['get', 'list'] },
  { name: 'pods', singularName: '', namespaced: true, kind: 'PodMetrics', verbs: ['get', 'list'] },
];

/** metrics.k8s.io as metrics-server serves it: pods whose containers run, and nodes. */
export function answerMetrics(context: MetricsContext, request: MetricsRequest): Reply {
  const { target } = request;
  const { plural, verb } = target;
  const isPlaced = plural === 'pods' || (plural === 'nodes' && target.namespace === '');
  const isServed = target.version === METRICS_VERSION && isPlaced;
  if (!isServed || target.subresource !== '') return replyStatus(noSuchResource());
  if (verb !== 'get' && verb !== 'list') return replyStatus(methodNotAllowed());
  const sample = plural === 'pods' ? podSample : nodeSample;
  const kind = plural === 'pods' ? 'PodMetrics' : 'NodeMetrics';
  if (verb === 'get') return answerOne(context, target, kind, sample);
  const labels = parseLabelSelector(request.query.get('labelSelector') ?? '');
  if (labels.kind === 'unparsable') return replyStatus(badRequest(labels.message));
  const fields = parseFieldSelector(request.query.get('fieldSelector') ?? '', plural);
  if (fields.kind === 'unparsable') return replyStatus(badRequest(fields.message));
  const items = context.store
    .list(plural, target.namespace || undefined)
    .filter((object) => labels.matches(object.metadata.labels ?? {}) && fields.matches(object))
    .flatMap((object) => sample(context, object) ?? []);
  return replyJson({ kind: `${kind}List`, apiVersion: API_VERSION, metadata: {}, items });
}

type Sampler = (context: MetricsContext, object: StoredObject) => object | undefined;

function answerOne(context: MetricsContext, target: ResourceTarget, kind: string, sample: Sampler): Reply {
  const { plural, namespace, name } = target;
  const object = context.store.get(plural, namespace || undefined, name);
  const found = object === undefined ? undefined : sample(context, object);
  if (found !== undefined) return replyJson({ kind, apiVersion: API_VERSION, ...found });
  const place = namespace === '' ? name : `${namespace}/${name}`;
  return replyStatus(notFound({ group: METRICS_GROUP, plural }, place));
}

function podSample(context: MetricsContext, object: StoredObject): object | undefined {
  const measured = measure(context, object as Pod);
  if (measured.length === 0) return undefined;
  const containers = measured.map(({ name, usage }) => ({ name, usage: quantitiesOf(usage) }));
  return { ...headOf(context, object), containers };
}

/** A node uses what its pods use, and what its own programs do. */
function nodeSample(context: MetricsContext, node: StoredObject): object {
  const used = [...context.store.values('pods')]
    .map((object) => object as Pod)
    .filter((pod) => pod.spec.nodeName === node.metadata.name)
    .flatMap((pod) => measure(context, pod).map(({ usage }) => usage));
  const total = sumUsage([ownUsageOf(node.metadata.name), ...used]);
  return { ...headOf(context, node), usage: quantitiesOf(total) };
}

/** The running containers of a pod. One that waits for its restart has no sample. */
function measure(
  { kubelet, now }: MetricsContext,
  { metadata, spec }: Pod,
): readonly { readonly name: string; readonly usage: Usage }[] {
  return spec.containers.flatMap((container) => {
    const { name } = container;
    const life = kubelet.life(metadata.uid, name, false);
    if (life === undefined || life.endedAt !== undefined) return [];
    return [{ name, usage: usageOf(container, life, `${metadata.uid}/${name}`, now()) }];
  });
}

function headOf({ now }: MetricsContext, { metadata }: StoredObject): object {
  const { name, namespace, labels } = metadata;
  const time = formatTime(now());
  return {
    metadata: {
      name,
      ...(namespace === undefined ? {} : { namespace }),
      creationTimestamp: time,
      ...(labels === undefined ? {} : { labels }),
    },
    timestamp: time,
    window: WINDOW,
  };
}

function quantitiesOf({ cpuNanocores, memoryBytes }: Usage): object {
  return { cpu: `${cpuNanocores}n`, memory: `${Math.ceil(memoryBytes / 1024)}Ki` };
}
