import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { extname, join, normalize } from 'node:path';
import type { CheckResult, ClusterInfo, PlanId, ShownMessage } from '@jamie/core';
import { type WebSocket, WebSocketServer } from 'ws';
import { type PageBallot, PageDesk, type PageRequest } from './page-desk.ts';
import { healingReply } from './page-scripts.ts';

/** The API of the Command Center on a loopback port, scripted, with faults that a test can ask for. */
export interface PageApiDouble {
  readonly origin: string;
  /** The link that signs a browser in. */
  readonly link: string;
  readonly desk: PageDesk;
  /** Cuts every live connection, as a restart of the server would. */
  cutSockets(): void;
  /** While false, sockets are refused; HTTP goes on. */
  allowSockets(allowed: boolean): void;
  /** Forgets every browser: the next call of each gets a 401. */
  forgetBrowsers(): void;
  /** While true, requests are stored, but their responses are lost on the way. */
  loseResponses(lost: boolean): void;
  stop(): Promise<void>;
}

/** The headers under which the page must work. */
const SECURITY_HEADERS = {
  'content-security-policy':
    "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
  'x-content-type-options': 'nosniff',
};

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

const CLUSTERS: readonly ClusterInfo[] = [
  { name: 'demo', environment: 'demo', server: 'http://127.0.0.1:1', source: 'demo' },
];

const CHECKS: readonly CheckResult[] = [
  { name: 'Cluster demo', status: 'ok', detail: 'v1.36.3, 41 objects, fresh', mend: '' },
  { name: 'Store', status: 'ok', detail: 'SQLite in the data directory', mend: '' },
  { name: 'Slack', status: 'off', detail: 'no tokens', mend: 'Set SLACK_BOT_TOKEN and SLACK_APP_TOKEN.' },
  { name: 'Model', status: 'off', detail: 'answers are deterministic', mend: 'Set OLLAMA_URL.' },
];

const EXAMPLES = ['health', 'why is checkout crashing?', 'scale deploy/checkout 5 -n shop', 'help'];
const SURROUNDINGS: Readonly<Record<string, unknown>> = {
  clusters: { clusters: CLUSTERS },
  doctor: { checks: CHECKS },
  status: { examples: EXAMPLES },
  healing: healingReply(),
};
const STEP_EVERY_MS = 60;

/** Starts the double; it serves the built page from `pageDirectory`. */
export async function startPageApiDouble(pageDirectory: string): Promise<PageApiDouble> {
  const subscribers = new Map<WebSocket, string>();
  const desk = new PageDesk({ now: () => Date.now(), onShown: (shown) => push(subscribers, shown) });
  const faults = { socketsAllowed: true, responsesLost: false };
  let session = 'session-1';
  const isKnown = (request: IncomingMessage): boolean =>
    request.headers.cookie?.includes(`jamie=${session}`) === true;

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (url.searchParams.get('token') === 'let-me-in') {
      response.writeHead(302, {
        'set-cookie': `jamie=${session}; HttpOnly; SameSite=Strict; Path=/`,
        location: '/',
      });
      response.end();
    } else if (!url.pathname.startsWith('/v1/')) {
      void servePage(pageDirectory, url.pathname, response);
    } else if (!isKnown(request)) {
      send(response, 401, { error: { message: 'Open the link that the server printed.' } });
    } else {
      void serveApi({ desk, faults, request, response, path: url.pathname });
    }
  });
  const sockets = new WebSocketServer({ noServer: true });
  server.on('upgrade', (request, socket: Socket, head) => {
    if (!faults.socketsAllowed || !isKnown(request)) return socket.destroy();
    return sockets.handleUpgrade(request, socket, head, (client) => listen(client, subscribers));
  });
  const stepping = setInterval(() => desk.step(), STEP_EVERY_MS);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const cutSockets = (): void => {
    for (const client of sockets.clients) client.terminate();
  };

  return {
    origin,
    link: `${origin}/?token=let-me-in`,
    desk,
    cutSockets,
    allowSockets(allowed) {
      faults.socketsAllowed = allowed;
      if (!allowed) cutSockets();
    },
    forgetBrowsers() {
      session = `${session}x`;
    },
    loseResponses(lost) {
      faults.responsesLost = lost;
    },
    async stop() {
      clearInterval(stepping);
      cutSockets();
      sockets.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function listen(client: WebSocket, subscribers: Map<WebSocket, string>): void {
  client.on('message', (data) => {
    const frame = JSON.parse(String(data)) as { type: string; conversationKey: string };
    if (frame.type !== 'subscribe') return;
    subscribers.set(client, frame.conversationKey);
    client.send(JSON.stringify({ type: 'subscribed', conversationKey: frame.conversationKey }));
  });
  client.on('close', () => subscribers.delete(client));
}

/** Every push goes out twice: a page must not mind. */
function push(subscribers: ReadonlyMap<WebSocket, string>, shown: ShownMessage): void {
  const { place } = shown.conversation;
  for (const [client, conversationKey] of subscribers) {
    if (place.surface !== 'local' || place.key !== conversationKey) continue;
    const frame = JSON.stringify({ type: 'message', shown });
    client.send(frame);
    client.send(frame);
  }
}

interface ApiCall {
  readonly desk: PageDesk;
  readonly faults: { readonly responsesLost: boolean };
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly path: string;
}

async function serveApi(call: ApiCall): Promise<void> {
  const { desk, request, response, path } = call;
  const [, , noun = '', id = '', part] = path.split('/').map(decodeURIComponent);
  const body: unknown = request.method === 'POST' ? await readBody(request) : undefined;
  if (noun === 'requests' && request.method === 'POST') accept(call, body as PageRequest);
  else if (noun === 'conversations') readConversation(call, id);
  else if (noun === 'plans' && part === 'votes') {
    const result = desk.vote(id as PlanId, body as PageBallot);
    const status = result?.kind === 'counted' ? 200 : 409;
    send(response, status, result ?? { message: `There is no plan ${id}.` });
  } else {
    const known = SURROUNDINGS[noun];
    send(response, known === undefined ? 404 : 200, known ?? { error: { message: `No ${path} here.` } });
  }
}

function readConversation({ desk, response }: ApiCall, key: string): void {
  const messages = desk.transcript(key);
  if (messages.length > 0) send(response, 200, { conversationId: `conv_${key}`, messages });
  else send(response, 404, { error: { message: 'There is no such conversation yet.' } });
}

function accept({ desk, faults, response }: ApiCall, request: PageRequest): void {
  const submitted = desk.submit(request);
  if (faults.responsesLost) response.destroy();
  else send(response, 202, submitted);
}

async function servePage(directory: string, path: string, response: ServerResponse): Promise<void> {
  const file = join(directory, normalize(path === '/' ? '/index.html' : path));
  const found = await stat(file).then(
    (stats) => stats.isFile(),
    () => false,
  );
  const type = CONTENT_TYPES[extname(file)] ?? 'application/octet-stream';
  response.writeHead(found ? 200 : 404, { ...SECURITY_HEADERS, 'content-type': type });
  if (found) createReadStream(file).pipe(response);
  else response.end();
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { ...SECURITY_HEADERS, 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(body));
}
