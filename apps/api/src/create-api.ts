import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { createAdaptorServer } from '@hono/node-server';
import { OpsError } from '@jamie/core';
import { randomToken, removeApiAddress, systemErrorCode, writeApiAddress } from '@jamie/runtime';
import type { ApiContext, ApiOptions } from './api-options.ts';
import { createApp, type Gate } from './create-app.ts';
import { createCredentials } from './security/credentials.ts';
import { listAllowedHosts } from './security/hosts.ts';
import { createLiveSocket } from './socket/live-socket.ts';

const DEFAULT_WEB_ROOT = fileURLToPath(new URL('../../web/dist', import.meta.url));

/** Where the API is, once it runs. */
export interface RunningApi {
  readonly url: string;
  /** The link that signs a browser in. Whoever has it may act as the local person. */
  readonly openUrl: string;
}

/** The HTTP API, the live socket and the page, in one server. */
export interface Api {
  /**
   * Listens, and leaves the address in the data directory for the CLI. Throws unavailable when the port is taken or
   * the address cannot be written.
   */
  start(): Promise<RunningApi>;
  /** Takes no new connection, ends the open ones, takes the address away. */
  stop(): Promise<void>;
}

/** Makes the API over its ports. */
export function createApi(options: ApiOptions): Api {
  const { config } = options;
  let stop: (() => Promise<void>) | undefined;
  return {
    async start() {
      const token = config.api.token ?? randomToken();
      const context = { ...options, token, startedAt: options.clock.now(), version: readVersion() };
      const running = await listen(context);
      stop = running.stop;
      const { url } = running;
      try {
        await writeApiAddress(config.dataDir, { url, token, processId: process.pid });
      } catch (error) {
        await running.stop();
        throw error;
      }
      return { url, openUrl: `${url}/?token=${encodeURIComponent(token)}` };
    },
    async stop() {
      await stop?.();
      stop = undefined;
      await removeApiAddress(config.dataDir, process.pid);
    },
  };
}

async function listen(context: ApiContext): Promise<{ url: string; stop: () => Promise<void> }> {
  const { api } = context.config;
  // The app is made once the port is known: the cookie's name carries it.
  let handle: (request: Request) => Response | Promise<Response> = () => new Response(null, { status: 503 });
  const server = createAdaptorServer({
    fetch: (request) => handle(request),
    overrideGlobalObjects: false,
    serverOptions: { headersTimeout: 10_000, requestTimeout: 30_000, keepAliveTimeout: 5_000 },
  }) as Server;
  await bind(server, api.host, api.port);
  const { port } = server.address() as AddressInfo;
  const gate: Gate = {
    credentials: createCredentials(context.token, port),
    allowedHosts: listAllowedHosts(api.host, api.allowedHosts),
  };
  const app = createApp(context, gate, context.webRoot ?? DEFAULT_WEB_ROOT);
  handle = (request) => app.fetch(request);
  const live = createLiveSocket(context, gate);
  server.on('upgrade', (request, socket, head) => live.upgrade(request, socket, head));
  return {
    url: `http://${urlHost(api.host)}:${port}`,
    async stop() {
      live.stop();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

function bind(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      const taken = systemErrorCode(error) === 'EADDRINUSE';
      const userMessage = taken
        ? `Port ${port} on ${host} is taken, perhaps by another Jamie. Stop it, or choose another port with JAMIE_PORT.`
        : `Cannot listen on ${host}:${port} (${systemErrorCode(error) ?? 'unknown error'}). Check JAMIE_HOST and JAMIE_PORT.`;
      reject(new OpsError('unavailable', 'cannot listen', { userMessage, retryable: false, cause: error }));
    });
    server.listen(port, host, resolve);
  });
}

/** A wildcard address is where to listen, not where to go. */
function urlHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}

function readVersion(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return String((JSON.parse(text) as { version: string }).version);
}
