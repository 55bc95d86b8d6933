import type { DemoClusterAccess } from '../demo-cluster.ts';

export interface CallOptions {
  readonly method?: string;
  /** Sent as JSON; a string is sent as it is. */
  readonly body?: unknown;
  /** The content type. */
  readonly type?: string;
  /** Default: the administrator's. Explicitly undefined: none. */
  readonly token?: string | undefined;
  readonly as?: string;
  readonly asGroup?: string;
  readonly signal?: AbortSignal;
}

export interface Answered {
  readonly code: number;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface HttpClient {
  call(path: string, options?: CallOptions): Promise<Answered>;
  send(path: string, options?: CallOptions): Promise<Response>;
}

export const MERGE_PATCH = 'application/merge-patch+json';
export const APPLY_PATCH = 'application/apply-patch+yaml';

/** A client that adds nothing of its own, for tests over real HTTP. */
export function createHttpClient(access: DemoClusterAccess): HttpClient {
  const send = (path: string, options: CallOptions = {}): Promise<Response> => {
    const token = 'token' in options ? options.token : access.adminToken;
    return fetch(`${access.url}${path}`, {
      method: options.method ?? 'GET',
      headers: {
        'content-type': options.type ?? 'application/json',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(options.as === undefined ? {} : { 'impersonate-user': options.as }),
        ...(options.asGroup === undefined ? {} : { 'impersonate-group': options.asGroup }),
      },
      ...(options.body === undefined ? {} : { body: textOf(options.body) }),
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    });
  };
  return {
    send,
    async call(path, options) {
      const response = await send(path, options);
      return { code: response.status, body: (await response.json()) as Answered['body'] };
    },
  };
}

function textOf(body: unknown): string {
  return typeof body === 'string' ? body : JSON.stringify(body);
}
