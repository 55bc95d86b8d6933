import { logOf, type TimedLine } from '../kubelet/container-log.ts';
import type { Life } from '../kubelet/container-record.ts';
import type { Kubelet } from '../kubelet/kubelet.ts';
import type { Pod } from '../objects.ts';
import type { ObjectStore } from '../store/object-store.ts';
import type { Reply, ResourceRequest } from './api-request.ts';
import { replyStatus } from './api-request.ts';
import { cutBytes, FollowedLog, formatLines } from './followed-log.ts';
import { badRequest, type Failure, invalid, notFound, notImplemented, type StatusCause } from './status.ts';

interface LogContext {
  readonly store: ObjectStore;
  readonly kubelet: Kubelet;
  readonly now: () => number;
}

/** pods/log as text: container, previous, follow, tailLines, limitBytes, sinceSeconds, timestamps. `sinceTime` is 501. */
export function answerLog(context: LogContext, request: ResourceRequest): Reply {
  const { target, query } = request;
  if (target.verb !== 'get') return replyStatus(notImplemented(`${request.method} of pods/log`));
  const pod = context.store.get('pods', target.namespace, target.name) as Pod | undefined;
  if (pod === undefined) return replyStatus(notFound(target.resource, target.name));
  if (query.has('sinceTime')) return replyStatus(notImplemented('sinceTime of a log'));
  const causes = boundCauses(query);
  if (causes.length > 0) {
    return replyStatus(invalid({ group: '', kind: 'PodLogOptions' }, target.name, causes));
  }
  const container = chooseContainer(pod, query.get('container') ?? '');
  if (typeof container !== 'string') return replyStatus(container);
  const isPrevious = isTrue(query.get('previous'));
  const life = context.kubelet.life(pod.metadata.uid, container, isPrevious);
  // Where no node has taken the pod, there is nobody to ask: the API server answers with nothing.
  if (pod.spec.nodeName === undefined && !isPrevious) return { kind: 'text', code: 204, body: '' };
  if (life === undefined) return replyStatus(noLife(pod, container, isPrevious));
  const now = context.now();
  const last = lastOf(logOf(life, now), query, now);
  const format = {
    withTimes: isTrue(query.get('timestamps')),
    limitBytes: numberOf(query.get('limitBytes')),
  };
  if (isTrue(query.get('follow'))) {
    const { kubelet } = context;
    const present = (): Life | undefined => findLife(kubelet, pod.metadata.uid, container, life.startedAt);
    return { kind: 'follow', log: new FollowedLog({ first: last, now, present, ...format }) };
  }
  return { kind: 'text', code: 200, body: cutBytes(formatLines(last, format.withTimes), format.limitBytes) };
}

/** The life that began then, over or not; undefined once the kubelet has forgotten it. */
function findLife(kubelet: Kubelet, uid: string, container: string, startedAt: number): Life | undefined {
  return [false, true]
    .map((isPrevious) => kubelet.life(uid, container, isPrevious))
    .find((life) => life?.startedAt === startedAt);
}

/** The broken rules of the bounds of a log request. */
function boundCauses(query: URLSearchParams): readonly StatusCause[] {
  const rules = [
    ['tailLines', 0, 'greater than or equal to 0'],
    ['limitBytes', 1, 'greater than 0'],
    ['sinceSeconds', 1, 'greater than 0'],
  ] as const;
  return rules.flatMap(([field, least, words]) => {
    const asked = query.get(field);
    if (asked === null || Number(asked) >= least) return [];
    return [{ reason: 'FieldValueInvalid', message: `Invalid value: ${asked}: must be ${words}`, field }];
  });
}

function lastOf(lines: readonly TimedLine[], query: URLSearchParams, now: number): readonly TimedLine[] {
  const since = numberOf(query.get('sinceSeconds'));
  const tail = numberOf(query.get('tailLines'));
  const recent = since === undefined ? lines : lines.filter(({ at }) => at >= now - since * 1000);
  return tail === undefined ? recent : recent.slice(Math.max(0, recent.length - tail));
}

function chooseContainer(pod: Pod, asked: string): string | Failure {
  const names = pod.spec.containers.map(({ name }) => name);
  const { name } = pod.metadata;
  if (asked !== '') {
    return names.includes(asked) ? asked : badRequest(`container ${asked} is not valid for pod ${name}`);
  }
  const [only] = names;
  if (names.length === 1 && only !== undefined) return only;
  return badRequest(
    `a container name must be specified for pod ${name}, choose one of: [${names.join(' ')}]`,
  );
}

function noLife(pod: Pod, container: string, isPrevious: boolean): Failure {
  const { name } = pod.metadata;
  if (isPrevious)
    return badRequest(`previous terminated container "${container}" in pod "${name}" not found`);
  const status = pod.status.containerStatuses?.find((item) => item.name === container);
  const waiting = status?.state.waiting?.reason ?? 'ContainerCreating';
  const why = waiting === 'ContainerCreating' ? waiting : `${sentenceOf(waiting)}`;
  return badRequest(`container "${container}" in pod "${name}" is waiting to start: ${why}`);
}

function sentenceOf(reason: string): string {
  return reason === 'ErrImagePull' || reason === 'ImagePullBackOff'
    ? 'trying and failing to pull image'
    : reason;
}

function numberOf(text: string | null): number | undefined {
  return text !== null && /^\d+$/.test(text) ? Number(text) : undefined;
}

function isTrue(text: string | null): boolean {
  return text === 'true' || text === '1';
}
