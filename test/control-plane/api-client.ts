import { type ClientRequest, type IncomingMessage, request as requestPlain } from 'node:http';
import { request as requestSecure } from 'node:https';

/** A request as it goes over the wire. */
export interface RawRequest {
  readonly method: string;
  /** Path with query, from the server's root. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string;
  /** Give up after this long without an answer. Default: 10 seconds. */
  readonly timeoutMs?: number;
}

interface ApiRequest extends Omit<RawRequest, 'body' | 'headers'> {
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
}

export interface ApiAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
}

export interface TlsServer {
  readonly url: string;
  /** PEM. */
  readonly caData: string;
}

/** Sends one plain request to an API server: no client library, so that what is tested is the wire. */
export type ApiClient = (request: ApiRequest) => Promise<ApiAnswer>;

/** A client for one server and one bearer token. */
export function createApiClient(server: TlsServer, token: string): ApiClient {
  return ({ body, headers, ...rest }) =>
    sendOverTls(server, {
      ...rest,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
}

/** Sends one request on a connection of its own and reads the whole answer. */
export function sendOverTls(server: TlsServer, raw: RawRequest): Promise<ApiAnswer> {
  const { url, caData: ca } = server;
  return send(requestSecure(new URL(raw.path, url), { ...optionsOf(raw), ca }), raw);
}

/** Like sendOverTls, for a server without TLS. */
export function sendOverHttp(url: string, raw: RawRequest): Promise<ApiAnswer> {
  return send(requestPlain(new URL(raw.path, url), optionsOf(raw)), raw);
}

function optionsOf({ method, headers = {}, body, timeoutMs = 10_000 }: RawRequest) {
  return {
    method,
    agent: false,
    timeout: timeoutMs,
    headers: {
      accept: 'application/json',
      ...(body !== undefined && { 'content-length': Buffer.byteLength(body) }),
      ...headers,
    },
  } as const;
}

function send(outgoing: ClientRequest, { method, path, body }: RawRequest): Promise<ApiAnswer> {
  return new Promise((resolve, reject) => {
    outgoing.on('timeout', () => outgoing.destroy(new Error(`${method} ${path} got no answer in time`)));
    outgoing.on('error', reject);
    outgoing.on('response', (response) => readAnswer(response).then(resolve, reject));
    outgoing.end(body);
  });
}

async function readAnswer(response: IncomingMessage): Promise<ApiAnswer> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return {
    status: response.statusCode ?? 0,
    contentType: response.headers['content-type'] ?? '',
    text: Buffer.concat(chunks).toString('utf8'),
  };
}
