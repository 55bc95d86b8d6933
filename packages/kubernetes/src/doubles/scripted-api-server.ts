import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** A request as it arrived. */
export interface SeenRequest {
  readonly method: string;
  /** Path and query, as sent. */
  readonly target: string;
  readonly headers: IncomingMessage['headers'];
  /** Names and values in order, repeated headers kept apart. */
  readonly rawHeaders: readonly string[];
  readonly body: string;
}

export type Answer = (request: SeenRequest, response: ServerResponse) => void;

/**
 * An HTTP server on loopback that answers what a test tells it to: for faults that no sane API server shows on
 * demand. It knows nothing of Kubernetes.
 */
export class ScriptedApiServer {
  readonly seen: SeenRequest[] = [];
  readonly #sockets = new Set<Socket>();
  readonly #server = createServer((request, response) => this.#receive(request, response));
  #answer: Answer;
  #watchers: (() => void)[] = [];

  private constructor(answer: Answer) {
    this.#answer = answer;
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
  }

  static async start(answer: Answer): Promise<ScriptedApiServer> {
    const double = new ScriptedApiServer(answer);
    await new Promise<void>((resolve) => double.#server.listen(0, '127.0.0.1', resolve));
    return double;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get openSockets(): number {
    return this.#sockets.size;
  }

  /** What every later request gets. */
  answerWith(answer: Answer): void {
    this.#answer = answer;
  }

  /** Resolves once at least this many requests have arrived. */
  async untilSeen(count: number): Promise<void> {
    while (this.seen.length < count) {
      await new Promise<void>((resolve) => this.#watchers.push(resolve));
    }
  }

  /** Breaks every connection with an RST. */
  resetConnections(): void {
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  async stop(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  async #receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const seen: SeenRequest = {
      method: request.method ?? '',
      target: request.url ?? '',
      headers: request.headers,
      rawHeaders: request.rawHeaders,
      body: Buffer.concat(chunks).toString('utf8'),
    };
    this.seen.push(seen);
    const watchers = this.#watchers;
    this.#watchers = [];
    for (const notify of watchers) notify();
    this.#answer(seen, response);
  }
}

/** Answers with JSON. */
export function json(value: unknown, status = 200, headers: Record<string, string> = {}): Answer {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(value));
  };
}

/** Answers as the API server does when it refuses: a Status object. */
export function apiStatus(
  code: number,
  reason: string,
  message: string,
  headers: Record<string, string> = {},
): Answer {
  const status = {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message,
    reason,
    details: {},
    code,
  };
  return json(status, code, headers);
}

/** One answer after the other; the last one again and again. */
export function inTurn(...answers: readonly Answer[]): Answer {
  let next = 0;
  return (request, response) => {
    const answer = answers[Math.min(next, answers.length - 1)];
    next += 1;
    answer?.(request, response);
  };
}
