import {
  createServer,
  type IncomingMessage,
  Agent as PlainAgent,
  request as plainRequest,
  type Server,
  type ServerResponse,
} from 'node:http';
import {
  createServer as createSecureServer,
  Agent as SecureAgent,
  type Server as SecureServer,
  request as secureRequest,
} from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { ServerIdentity } from './trial-certificates.ts';

/** Where requests go. */
export interface ApiUpstream {
  readonly url: string;
  /** PEM; absent: no TLS. */
  readonly caData?: string;
}

/** A request on its way to the API server. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  /** Changes something: no dry run, no question about rights. */
  readonly isWrite: boolean;
  readonly isWatch: boolean;
}

/** What becomes of a request. */
export type ApiFault =
  /** Answered in the place of the API server, which never sees it. */
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly text: string;
    }
  /** The connection breaks before the request arrives. */
  | { readonly kind: 'drop' }
  /** It arrives, and the connection breaks before its answer. */
  | { readonly kind: 'lose_answer' }
  /** It arrives, and its answer ends in the middle, with or without the connection. */
  | { readonly kind: 'cut_answer'; readonly isReset: boolean }
  /** It hangs in the network until then, also when its sender is dead. */
  | { readonly kind: 'hold'; readonly until: Promise<void> }
  /** A watch that gets no bookmarks and ends without one after so long. */
  | { readonly kind: 'no_bookmarks'; readonly forMs: number }
  /** It arrives, is accepted, and nothing more comes back, not even an end. */
  | { readonly kind: 'silence' };

const HOP_HEADERS: ReadonlySet<string> = new Set(['connection', 'keep-alive', 'transfer-encoding', 'host']);

/** The network between one process and the API server. What is under way when the process dies may still arrive. */
export class ApiProxy {
  /** Decides about each request; undefined: nothing goes wrong. */
  fault: (request: SeenRequest) => ApiFault | undefined = () => undefined;
  /** Called when a request was carried out, before its answer goes back; the answer waits for it. */
  answered: (request: SeenRequest) => Promise<void> | undefined = () => undefined;
  /** How many requests came, watches and reviews among them. */
  requests = 0;
  /** How many came without TLS where TLS is spoken. */
  plainRequests = 0;
  readonly #upstream: ApiUpstream;
  readonly #server: Server | SecureServer;
  readonly #scheme: 'http' | 'https';
  readonly #sockets = new Set<Socket>();
  readonly #agent: PlainAgent;

  /** `identity`: what it shows of itself; without, it speaks no TLS. */
  constructor(upstream: ApiUpstream, identity?: ServerIdentity) {
    this.#upstream = upstream;
    this.#scheme = identity === undefined ? 'http' : 'https';
    const { caData: ca } = upstream;
    this.#agent =
      ca === undefined ? new PlainAgent({ keepAlive: true }) : new SecureAgent({ keepAlive: true, ca });
    const serve = (incoming: IncomingMessage, outgoing: ServerResponse) => {
      this.#serve(incoming, outgoing).catch(() => outgoing.destroy());
    };
    this.#server = identity === undefined ? createServer(serve) : createSecureServer({ ...identity }, serve);
    this.#server.on('tlsClientError', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ERR_SSL_HTTP_REQUEST') this.plainRequests += 1;
    });
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
  }

  /** Resolves to its own URL. */
  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `${this.#scheme}://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The process is gone: its connections break. */
  sever(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  /** It shows this from now on, to everybody who connects anew: all connections break. */
  show(identity: ServerIdentity): void {
    if (!('setSecureContext' in this.#server)) throw new Error('a proxy without TLS shows nothing');
    this.#server.setSecureContext({ ...identity });
    this.sever();
  }

  async stop(): Promise<void> {
    this.sever();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#agent.destroy();
  }

  async #serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    this.requests += 1;
    const body = await readAll(incoming);
    const fault = this.fault(seenOf(incoming, body));
    if (fault?.kind === 'hold') await fault.until;
    if (fault?.kind === 'drop') return void outgoing.destroy();
    if (fault?.kind === 'answer') {
      outgoing.writeHead(fault.status, { 'content-type': 'application/json', ...fault.headers });
      outgoing.end(fault.text);
      return;
    }
    await this.#forward(incoming, body, outgoing, fault);
  }

  #forward(
    incoming: IncomingMessage,
    body: Buffer,
    outgoing: ServerResponse,
    fault: ApiFault | undefined,
  ): Promise<void> {
    const send = this.#upstream.caData === undefined ? plainRequest : secureRequest;
    return new Promise((resolve, reject) => {
      const forwarded = send(
        new URL(incoming.url ?? '/', this.#upstream.url),
        { method: incoming.method, headers: headersOf(incoming), agent: this.#agent },
        (answer) => {
          const isDone = (answer.statusCode ?? 500) < 300;
          Promise.resolve(isDone ? this.answered(seenOf(incoming, body)) : undefined)
            .then(() => giveBack(answer, outgoing, fault))
            .then(resolve, reject);
        },
      );
      forwarded.on('error', reject);
      // A request of a dead process still arrives; a watch that nobody reads any more is ended.
      outgoing.on('close', () => {
        if (seenOf(incoming, body).isWatch) forwarded.destroy();
      });
      forwarded.end(body);
    });
  }
}

async function giveBack(
  answer: IncomingMessage,
  outgoing: ServerResponse,
  fault: ApiFault | undefined,
): Promise<void> {
  if (fault?.kind === 'lose_answer') {
    answer.resume();
    outgoing.destroy();
    return;
  }
  const headers = Object.entries(answer.headers).filter(([name]) => !HOP_HEADERS.has(name));
  if (fault?.kind === 'cut_answer') return cut(answer, outgoing, Object.fromEntries(headers), fault.isReset);
  outgoing.writeHead(answer.statusCode ?? 502, Object.fromEntries(headers));
  outgoing.flushHeaders();
  if (fault?.kind === 'silence') return void answer.resume();
  if (fault?.kind === 'no_bookmarks') return leaveOutBookmarks(answer, outgoing, fault.forMs);
  for await (const chunk of answer) outgoing.write(chunk);
  outgoing.end();
}

/** Line by line; a watch tells one event on each. */
function leaveOutBookmarks(answer: IncomingMessage, outgoing: ServerResponse, forMs: number): void {
  let rest = '';
  const end = () => {
    clearTimeout(timer);
    answer.destroy();
    outgoing.end();
  };
  const timer = setTimeout(end, forMs);
  answer.on('end', end);
  answer.on('error', end);
  answer.on('data', (chunk: Buffer) => {
    const lines = `${rest}${chunk.toString('utf8')}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (!line.includes('"type":"BOOKMARK"')) outgoing.write(`${line}\n`);
  });
}

async function cut(
  answer: IncomingMessage,
  outgoing: ServerResponse,
  { 'content-length': _whole, ...headers }: Record<string, string | string[] | undefined>,
  isReset: boolean,
): Promise<void> {
  const whole = await readAll(answer);
  const half = whole.subarray(0, Math.ceil(whole.length / 2));
  const length = isReset ? whole.length : half.length;
  outgoing.writeHead(answer.statusCode ?? 502, { ...headers, 'content-length': String(length) });
  outgoing.write(half, () => {
    if (isReset) outgoing.destroy();
    else outgoing.end();
  });
}

function headersOf(incoming: IncomingMessage): Record<string, string | string[] | undefined> {
  return Object.fromEntries(Object.entries(incoming.headers).filter(([name]) => !HOP_HEADERS.has(name)));
}

function seenOf({ method = 'GET', url = '/' }: IncomingMessage, body: Buffer): SeenRequest {
  const { pathname, searchParams } = new URL(url, 'http://localhost');
  const isDryRun = searchParams.get('dryRun') === 'All' || body.includes('"dryRun"');
  const isReview =
    pathname.startsWith('/apis/authorization.k8s.io') || pathname.startsWith('/apis/authentication.k8s.io');
  return {
    method,
    path: url,
    isWrite: method !== 'GET' && !isDryRun && !isReview,
    isWatch: searchParams.get('watch') === 'true' || searchParams.get('watch') === '1',
  };
}

async function readAll(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
