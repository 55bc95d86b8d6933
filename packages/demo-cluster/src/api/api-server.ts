import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Clock, Logger } from '@jamie/core';
import { type ApiRequest, actingUser, type Reply, replyStatus } from './api-request.ts';
import type { AuditLog } from './audit-log.ts';
import { authenticate, type Caller } from './authenticator.ts';
import type { User } from './authorizer.ts';
import type { FaultInjection } from './fault-injection.ts';
import type { FollowedLog } from './followed-log.ts';
import { parseRequestTarget, type RequestTarget } from './request-target.ts';
import { type ApiContext, answer } from './router.ts';
import { internalError } from './status.ts';
import type { WatchStreams } from './watch-streams.ts';

const MOST_BODY_BYTES = 3 * 1024 * 1024;
const BOOKMARK_EVERY_MS = 5_000;
/** How often a followed container is looked at for new lines. */
const LOOK_EVERY_MS = 100;

interface ApiServerOptions {
  readonly context: ApiContext;
  readonly tokens: ReadonlyMap<string, User>;
  readonly streams: WatchStreams;
  readonly audit: AuditLog;
  readonly faults: FaultInjection;
  readonly clock: Clock;
  readonly logger?: Logger;
}

/** The HTTP face of the cluster, on loopback. */
export class ApiServer {
  readonly #options: ApiServerOptions;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #stopping = new AbortController();

  constructor(options: ApiServerOptions) {
    this.#options = options;
    this.#server = createServer((request, response) => {
      this.#serve(request, response).catch((error: unknown) => this.#fail(response, error));
    });
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
  }

  /** Listens on 127.0.0.1; port 0 takes a free one. Returns `host:port`. */
  async listen(port: number): Promise<string> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, '127.0.0.1', resolve);
    });
    const { port: bound } = this.#server.address() as AddressInfo;
    void this.#bookmarkForever();
    return `127.0.0.1:${bound}`;
  }

  /** Closes every connection, open watches too, and stops listening. */
  async close(): Promise<void> {
    this.#stopping.abort();
    this.dropConnections();
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
    });
  }

  /** Breaks every open connection, as a network fault does. Returns how many. */
  dropConnections(): number {
    const { size } = this.#sockets;
    for (const socket of this.#sockets) socket.destroy();
    return size;
  }

  async #serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(incoming.url ?? '/', 'http://demo');
    const method = incoming.method ?? 'GET';
    const target = parseRequestTarget(method, url.pathname, url.searchParams);
    const body = await readBody(incoming);
    const { context, tokens } = this.#options;
    const authentication = authenticate(incoming.headers, tokens, context.authorizer);
    const partial = {
      method,
      path: url.pathname,
      query: url.searchParams,
      contentType:
        String(incoming.headers['content-type'] ?? '')
          .split(';')[0]
          ?.trim() ?? '',
      body,
      userAgent: String(incoming.headers['user-agent'] ?? ''),
      target,
    };
    if (authentication.kind === 'refused') {
      const nobody: Caller = { user: { name: 'system:anonymous', groups: [] } };
      this.#reply({ ...partial, caller: nobody }, response, replyStatus(authentication.status));
      return;
    }
    const request: ApiRequest = { ...partial, caller: authentication.value };
    const fault = this.#options.faults.take(request);
    if (fault === 'drop') {
      incoming.socket.destroy();
      return;
    }
    this.#reply(request, response, fault === undefined ? this.#answer(request) : replyStatus(fault));
  }

  #answer(request: ApiRequest): Reply {
    const { context } = this.#options;
    const refusal = context.authorizer.refuse(actingUser(request.caller), request.target);
    return refusal === undefined ? answer(context, request) : replyStatus(refusal);
  }

  #reply(request: ApiRequest, response: ServerResponse, reply: Reply): void {
    const code = 'code' in reply ? reply.code : 200;
    this.#record(request, reply, code);
    if (reply.kind === 'follow') {
      void this.#follow(reply.log, response).catch((error: unknown) => this.#fail(response, error));
      return;
    }
    if (reply.kind === 'watch') {
      this.#options.streams.open(reply.watch, response);
      if (reply.watch.timeoutSeconds !== undefined) void this.#endLater(response, reply.watch.timeoutSeconds);
      return;
    }
    const isText = reply.kind === 'text';
    const text = isText ? reply.body : `${JSON.stringify(reply.body)}\n`;
    const described = {
      'content-type': isText ? 'text/plain; charset=utf-8' : 'application/json',
      'content-length': Buffer.byteLength(text),
    };
    const headers = {
      ...(code === 204 ? {} : described),
      ...(code === 429 ? { 'retry-after': '1' } : {}),
    };
    response.writeHead(code, headers).end(request.method === 'HEAD' ? undefined : text);
  }

  /** Writes what a container writes, until it ends, the reader leaves or the server stops. */
  async #follow(log: FollowedLog, response: ServerResponse): Promise<void> {
    response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' });
    response.flushHeaders();
    do {
      // A slow reader gets the rest later: nothing piles up here.
      if (!response.writableNeedDrain) response.write(log.next(this.#options.context.world.now()));
    } while (!log.isOver && !response.destroyed && (await this.#slept(LOOK_EVERY_MS)));
    response.end();
  }

  #record(request: ApiRequest, reply: Reply, code: number): void {
    const { user, impersonated } = request.caller;
    const { target } = request;
    this.#options.audit.record({
      at: this.#options.clock.now(),
      user: user.name,
      ...(impersonated === undefined ? {} : { impersonatedUser: impersonated.name }),
      verb: target.verb,
      path: request.path,
      query: request.query.toString(),
      ...createdName(reply, code),
      ...attributesOf(target),
      isDryRun: isDryRun(request),
      userAgent: request.userAgent,
      code,
    });
  }

  #fail(response: ServerResponse, error: unknown): void {
    this.#options.logger?.error('demo cluster request failed', { err: error });
    if (response.headersSent) {
      response.destroy();
      return;
    }
    const status = internalError(error instanceof Error ? error.message : String(error));
    response.writeHead(status.code, { 'content-type': 'application/json' }).end(JSON.stringify(status));
  }

  async #endLater(response: ServerResponse, timeoutSeconds: number): Promise<void> {
    if (await this.#slept(timeoutSeconds * 1000)) this.#options.streams.end(response);
  }

  async #bookmarkForever(): Promise<void> {
    while (await this.#slept(BOOKMARK_EVERY_MS)) this.#options.streams.bookmark();
  }

  /** False when the server is stopping. */
  async #slept(durationMs: number): Promise<boolean> {
    const { signal } = this.#stopping;
    await this.#options.clock.sleep(durationMs, signal).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
    return !signal.aborted;
  }
}

/** A DELETE with a body says it there, and only there. */
function isDryRun({ method, query, body }: ApiRequest): boolean {
  if (method === 'DELETE' && body !== '') return /"dryRun":\s*\[\s*"All"\s*\]/.test(body);
  return query.getAll('dryRun').includes('All');
}

function attributesOf(target: RequestTarget): object {
  if (target.kind === 'path') return {};
  const { group, plural, subresource, namespace, name } = target;
  return {
    group,
    resource: plural,
    ...(subresource === '' ? {} : { subresource }),
    ...(namespace === '' ? {} : { namespace }),
    ...(name === '' ? {} : { name }),
  };
}

async function readBody(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MOST_BODY_BYTES) throw new Error('the request body is larger than 3 MiB');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The path of a create names no object: as in the real audit log, its name is that of what was made. */
function createdName(reply: Reply, code: number): { readonly name?: string } {
  if (reply.kind !== 'json' || code !== 201) return {};
  const name = (reply.body as { readonly metadata?: { readonly name?: string } } | undefined)?.metadata?.name;
  return name === undefined ? {} : { name };
}
