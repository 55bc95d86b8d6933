import type { ServerResponse } from 'node:http';
import type { StoredObject } from '../objects.ts';
import type { Change, ObjectStore } from '../store/object-store.ts';
import type { WatchRequest } from './api-request.ts';
import { tooOld } from './read.ts';

interface Stream {
  readonly watch: WatchRequest;
  readonly response: ServerResponse;
  isSilent: boolean;
  /** Written up to here: what a bookmark may promise. */
  version: number;
}

/** The open watches. Each gets the changes that it selects, in order, one JSON line each. */
export class WatchStreams {
  readonly #store: ObjectStore;
  readonly #streams = new Set<Stream>();

  constructor(store: ObjectStore) {
    this.#store = store;
    store.subscribe((change) => {
      for (const stream of this.#streams) deliver(stream, change);
    });
  }

  get count(): number {
    return this.#streams.size;
  }

  /** Begins a stream: with what exists now, or with every change since a version; 410 when that is forgotten. */
  open(watch: WatchRequest, response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'application/json', 'transfer-encoding': 'chunked' });
    response.flushHeaders();
    const stream: Stream = { watch, response, isSilent: false, version: this.#store.version };
    const isServed =
      watch.since === undefined ? this.#replayState(stream) : this.#replayChanges(stream, watch.since);
    if (!isServed) {
      response.end();
      return;
    }
    this.#streams.add(stream);
    response.on('close', () => this.#streams.delete(stream));
  }

  /** Ends a stream as its timeout does. */
  end(response: ServerResponse): void {
    for (const stream of this.#streams) {
      if (stream.response !== response) continue;
      this.#streams.delete(stream);
      response.end();
    }
  }

  /** Tells every stream that wants it how far it is. */
  bookmark(): void {
    for (const stream of this.#streams) {
      if (!stream.watch.withBookmarks || stream.isSilent) continue;
      stream.version = this.#store.version;
      write(stream, 'BOOKMARK', bookmarkOf(stream.watch, stream.version));
    }
  }

  /** Stops writing on the open streams of a resource, without closing them: a half-open connection. */
  silence(plural?: string): number {
    const chosen = [...this.#streams].filter(({ watch }) => plural === undefined || watch.plural === plural);
    for (const stream of chosen) stream.isSilent = true;
    return chosen.length;
  }

  #replayState(stream: Stream): boolean {
    const { watch } = stream;
    for (const object of this.#store.list(watch.plural, watch.namespace)) {
      if (watch.matches(object)) write(stream, 'ADDED', object);
    }
    return true;
  }

  #replayChanges(stream: Stream, since: number): boolean {
    const { watch } = stream;
    const changes = this.#store.changesAfter(since, watch.plural);
    if (changes === undefined) {
      const line = { type: 'ERROR', object: tooOld(since, this.#store.compactedAt) };
      stream.response.write(`${JSON.stringify(line)}\n`);
      return false;
    }
    for (const change of changes) deliver(stream, change);
    return true;
  }
}

function deliver(stream: Stream, change: Change): void {
  const { watch } = stream;
  if (stream.isSilent || change.plural !== watch.plural) return;
  if (watch.namespace !== undefined && change.object.metadata.namespace !== watch.namespace) return;
  const matchedBefore = change.previous !== undefined && watch.matches(change.previous);
  const matches = change.type !== 'DELETED' && watch.matches(change.object);
  if (matches) write(stream, matchedBefore ? 'MODIFIED' : 'ADDED', change.object);
  else if (matchedBefore) write(stream, 'DELETED', change.object);
}

function write(stream: Stream, type: string, object: StoredObject | object): void {
  stream.response.write(`${JSON.stringify({ type, object })}\n`);
}

function bookmarkOf(watch: WatchRequest, version: number): object {
  return {
    kind: watch.kind,
    apiVersion: watch.apiVersion,
    metadata: { resourceVersion: String(version), creationTimestamp: null },
  };
}
