import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';

export interface ApiRequest {
  readonly method: string;
  /** Path with query, from the server's root. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Give up after this long. Default: 10 seconds. */
  readonly timeoutMs?: number;
}

export interface ApiAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
}

/** Sends one plain request to an API server: no client library, so that what is tested is the wire. */
export type ApiClient = (request: ApiRequest) => Promise<ApiAnswer>;

/** A client for one server and one bearer token. */
export function createApiClient(server: { url: string; caData: string }, token: string): ApiClient {
  return ({ method, path, headers = {}, body, timeoutMs = 10_000 }) =>
    new Promise((resolve, reject) => {
      const text = body === undefined ? undefined : JSON.stringify(body);
      const outgoing = request(new URL(path, server.url), {
        method,
        ca: server.caData,
        agent: false,
        timeout: timeoutMs,
        headers: {
          authorization: `Bearer ${token}`,
          accept: 'application/json',
          ...(text === undefined
            ? {}
            : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(text)) }),
          ...headers,
        },
      });
      outgoing.on('timeout', () =>
        outgoing.destroy(new Error(`${method} ${path} took over ${timeoutMs} ms`)),
      );
      outgoing.on('error', reject);
      outgoing.on('response', (response) => readAnswer(response).then(resolve, reject));
      outgoing.end(text);
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
