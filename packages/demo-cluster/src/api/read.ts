import type { StoredObject } from '../objects.ts';
import type { ObjectStore } from '../store/object-store.ts';
import { apiVersionOfResource } from '../store/resources.ts';
import type { Reply, ResourceRequest } from './api-request.ts';
import { replyJson, replyStatus } from './api-request.ts';
import { listTypeOf } from './discovery.ts';
import { parseFieldSelector } from './field-selector.ts';
import { parseLabelSelector } from './label-selector.ts';
import type { Pages } from './pages.ts';
import {
  badRequest,
  done,
  expired,
  type Failure,
  invalid,
  notFound,
  type Outcome,
  refused,
  tooLargeResourceVersion,
} from './status.ts';

export function answerGet(store: ObjectStore, { target }: ResourceRequest): Reply {
  const object = store.get(target.plural, target.namespace || undefined, target.name);
  return object === undefined ? replyStatus(notFound(target.resource, target.name)) : replyJson(object);
}

/** A list, whole or a page of it; every page of one list shows the state at its first page. */
export function answerList(store: ObjectStore, pages: Pages, request: ResourceRequest): Reply {
  const { target, query } = request;
  const matching = parseSelection(request);
  if (matching.kind === 'refused') return replyStatus(matching.status);
  const limit = parseCount(query.get('limit'));
  if (limit.kind === 'refused') return replyStatus(limit.status);
  const token = query.get('continue') ?? '';
  const tooNew = token === '' ? futureVersion(store, query.get('resourceVersion')) : undefined;
  if (tooNew !== undefined) return replyStatus(tooNew);
  const page =
    token === ''
      ? pages.first(() => selected(store, request, matching.value), store.version, limit.value)
      : pages.next(token, limit.value);
  if (page.kind === 'refused') return replyStatus(page.status);
  const { items, version, next, remaining } = page.value;
  return replyJson({
    ...listTypeOf(target.resource),
    metadata: {
      resourceVersion: String(version),
      ...(next === undefined ? {} : { continue: next }),
      ...(next === undefined || query.has('labelSelector') || query.has('fieldSelector')
        ? {}
        : { remainingItemCount: remaining }),
    },
    items: items.map(({ apiVersion: _apiVersion, kind: _kind, ...item }) => item),
  });
}

/** Checks a watch's parameters; what is too old is only said within the stream, as the API server does. */
export function answerWatch(request: ResourceRequest): Reply {
  const { target, query } = request;
  const matching = parseSelection(request);
  if (matching.kind === 'refused') return replyStatus(matching.status);
  if (query.has('sendInitialEvents')) return replyStatus(withoutInitialEvents());
  const timeout = parseCount(query.get('timeoutSeconds'));
  if (timeout.kind === 'refused') return replyStatus(timeout.status);
  const version = query.get('resourceVersion') ?? '';
  if (version !== '' && !/^\d+$/.test(version)) return replyStatus(invalidVersion(version));
  return {
    kind: 'watch',
    watch: {
      plural: target.plural,
      kind: target.resource.kind,
      apiVersion: apiVersionOfResource(target.resource),
      namespace: target.namespace || undefined,
      matches: matching.value,
      since: version === '' || version === '0' ? undefined : Number(version),
      withBookmarks: query.get('allowWatchBookmarks') === 'true' || query.get('allowWatchBookmarks') === '1',
      timeoutSeconds: timeout.value === 0 ? undefined : timeout.value,
    },
  };
}

/** What an API server without streamed lists answers; clients then list first. */
function withoutInitialEvents(): Failure {
  const message =
    'Forbidden: sendInitialEvents is forbidden for watch unless the WatchList feature gate is enabled';
  const cause = { reason: 'FieldValueForbidden', message, field: 'sendInitialEvents' };
  return invalid({ group: 'meta.k8s.io', kind: 'ListOptions' }, '', [cause]);
}

/** The label and field selector of a request as one test. */
export function parseSelection(request: ResourceRequest): Outcome<(object: StoredObject) => boolean> {
  const labels = parseLabelSelector(request.query.get('labelSelector') ?? '');
  if (labels.kind === 'unparsable') return refused(badRequest(labels.message));
  const fields = parseFieldSelector(request.query.get('fieldSelector') ?? '', request.target.plural);
  if (fields.kind === 'unparsable') return refused(badRequest(fields.message));
  return done((object) => labels.matches(object.metadata.labels ?? {}) && fields.matches(object));
}

function selected(
  store: ObjectStore,
  { target }: ResourceRequest,
  matches: (object: StoredObject) => boolean,
): readonly StoredObject[] {
  return store.list(target.plural, target.namespace || undefined).filter(matches);
}

function parseCount(text: string | null): Outcome<number> {
  if (text === null || text === '') return done(0);
  if (/^-?\d+$/.test(text)) return done(Number(text));
  return refused(badRequest(`strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`));
}

function futureVersion(store: ObjectStore, text: string | null): Failure | undefined {
  if (text === null || text === '') return undefined;
  if (!/^\d+$/.test(text)) return invalidVersion(text);
  const wanted = Number(text);
  return wanted > store.version ? tooLargeResourceVersion(wanted, store.version) : undefined;
}

function invalidVersion(text: string): Failure {
  return badRequest(
    `Invalid value: ${JSON.stringify(text)}: strconv.ParseUint: parsing ${JSON.stringify(text)}: invalid syntax`,
  );
}

/** The ERROR that a watch from a forgotten version gets. */
export function tooOld(wanted: number, current: number): Failure {
  return expired(`too old resource version: ${wanted} (${current})`);
}
