/** Who sends an exchange: everybody that both servers know. `stranger` has a token that nobody gave out. */
export type Sender = 'administrator' | 'jamie' | 'anonymous' | 'stranger';

/**
 * A place in a response: a JSON pointer, where `*` stands for every element of a list and `[name=web]` for the element
 * with that member. With a prefix: `keys:` the names of an object's members, `count:` how many elements, `sorted:` the
 * values in order of their text. `text` is the body as it came, `events` the types and names of a watch.
 */
export type Field = string;

/** One HTTP request, and what of its answer is the contract. `{name}` in path and body is a captured value. */
export interface Exchange {
  readonly name: string;
  /** Default: administrator. */
  readonly as?: Sender;
  /** Default: GET. */
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  /** Sent as JSON; a string is sent as it is. */
  readonly body?: unknown;
  /** The fields that are compared, beside the HTTP status and the content type. */
  readonly compare: readonly Field[];
  /** Values of this answer that later exchanges of the scenario use. */
  readonly capture?: Readonly<Record<string, Field>>;
  /** Sent again until these fields are so: the controllers take their time. `status` is the HTTP status. */
  readonly until?: Readonly<Record<Field, unknown>>;
  /** Older versions are forgotten first, as etcd does after minutes. */
  readonly forget?: boolean;
  /** Sent while the answer is still coming, for watches. */
  readonly meanwhile?: Exchange;
}

/** Exchanges in order; each scenario makes the objects that it needs and shares none with another. */
export interface Scenario {
  readonly name: string;
  readonly exchanges: readonly Exchange[];
}

/** A server that speaks the Kubernetes API. */
export interface ContractTarget {
  /** Forgets older versions now, where that can be asked for; a real server does it in its own time. */
  forget?(): void;
  send(request: {
    readonly as: Sender;
    readonly method: string;
    readonly path: string;
    readonly headers: Readonly<Record<string, string | readonly string[]>>;
    readonly body?: string;
  }): Promise<{ readonly status: number; readonly contentType: string; readonly text: string }>;
}

/** What one exchange was answered, reduced to its contract. */
export interface Answer {
  readonly name: string;
  readonly request: string;
  readonly status: number;
  readonly contentType: string;
  readonly fields: Readonly<Record<Field, unknown>>;
}

/** The fields of a Status that refuses something. */
export const REFUSAL: readonly Field[] = [
  '/kind',
  '/apiVersion',
  '/status',
  '/message',
  '/reason',
  '/code',
  '/details/name',
  '/details/group',
  '/details/kind',
];
export const MERGE_PATCH = { 'content-type': 'application/merge-patch+json' };
export const JSON_PATCH = { 'content-type': 'application/json-patch+json' };
