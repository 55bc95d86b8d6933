import type { StoredObject } from '../objects.ts';
import { badRequest, done, expired, type Outcome, refused } from './status.ts';

interface Page {
  readonly items: readonly StoredObject[];
  readonly version: number;
  readonly next: string | undefined;
  readonly remaining: number;
}

interface Snapshot {
  readonly items: readonly StoredObject[];
  readonly version: number;
}

const MOST_SNAPSHOTS = 64;
const EXPIRED =
  'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.';

/** Lists in pages: the rest of each begun list is kept under its token, the oldest are forgotten first. */
export class Pages {
  readonly #snapshots = new Map<string, Snapshot>();
  #sequence = 0;

  first(list: () => readonly StoredObject[], version: number, limit: number): Outcome<Page> {
    return done(this.#cut({ items: list(), version }, 0, limit, undefined));
  }

  /** The page after a token: 410 once its list is forgotten, 400 for what is no token. */
  next(token: string, limit: number): Outcome<Page> {
    const parsed = parseToken(token);
    if (parsed === undefined) {
      return refused(
        badRequest(
          'invalid continue token: continue key is not valid: the token was not made by this server',
        ),
      );
    }
    const snapshot = this.#snapshots.get(parsed.id);
    if (snapshot === undefined) return refused(expired(EXPIRED));
    return done(this.#cut(snapshot, parsed.offset, limit, parsed.id));
  }

  /** Forgets every begun list, as compaction does. */
  expire(): void {
    this.#snapshots.clear();
  }

  #cut(snapshot: Snapshot, offset: number, limit: number, id: string | undefined): Page {
    const { items, version } = snapshot;
    const end = limit > 0 ? offset + limit : items.length;
    const remaining = Math.max(0, items.length - end);
    const next = remaining === 0 ? undefined : formatToken(id ?? this.#keep(snapshot), end, version);
    return { items: items.slice(offset, end), version, next, remaining };
  }

  #keep(snapshot: Snapshot): string {
    this.#sequence += 1;
    const id = String(this.#sequence);
    this.#snapshots.set(id, snapshot);
    const oldest = this.#snapshots.keys().next();
    if (this.#snapshots.size > MOST_SNAPSHOTS && oldest.done === false) this.#snapshots.delete(oldest.value);
    return id;
  }
}

function formatToken(id: string, offset: number, version: number): string {
  const content = { v: 'meta.k8s.io/v1', rv: version, start: `${id}/${offset}` };
  return Buffer.from(JSON.stringify(content)).toString('base64url');
}

function parseToken(token: string): { readonly id: string; readonly offset: number } | undefined {
  const text = Buffer.from(token, 'base64url').toString('utf8');
  const match = /^\{"v":"meta\.k8s\.io\/v1","rv":\d+,"start":"(\d+)\/(\d+)"\}$/.exec(text);
  return match === null ? undefined : { id: match[1] ?? '', offset: Number(match[2]) };
}
