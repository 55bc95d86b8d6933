import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Clock, isOpsError } from '@jamie/core';
import { answerChat, sendError } from './chat-answer.ts';
import type { OllamaChatBody, OllamaFault, OllamaScript } from './ollama-wire.ts';

export interface OllamaDoubleOptions {
  /** Paces slow answers. */
  readonly clock: Clock;
  /** What the model says. Default: it repeats the last message. */
  readonly script?: OllamaScript;
  /** The models that are there. Default: `llama3.1:8b`. */
  readonly models?: readonly string[];
  readonly version?: string;
  readonly capabilities?: readonly string[];
  /** How many tokens the model was trained for. */
  readonly trainedContext?: number;
}

/**
 * An HTTP server on loopback that speaks Ollama's protocol: /api/chat (streaming), /api/tags, /api/show,
 * /api/version. What it does not know it answers with 404. Holds no model: a script answers.
 */
export interface OllamaDouble {
  readonly host: string;
  /** What was asked, oldest first. */
  readonly chats: readonly OllamaChatBody[];
  /** Goes wrong from now on; undefined: all is well. */
  fault: OllamaFault | undefined;
  script: OllamaScript;
  /** Resolves once this many chats have come. */
  untilChats(count: number): Promise<void>;
  /** Resolves once no request is open: each was answered, or its client has gone. */
  untilIdle(): Promise<void>;
  /** Ends every connection and frees the port. */
  close(): Promise<void>;
}

const DEFAULT_MODELS = ['llama3.1:8b'];
const MAX_BODY_BYTES = 4_000_000;

export async function startOllamaDouble(options: OllamaDoubleOptions): Promise<OllamaDouble> {
  const chats: OllamaChatBody[] = [];
  const open = new Set<ServerResponse>();
  const watchers = new Set<() => void>();
  const notify = () => {
    for (const watcher of [...watchers]) watcher();
  };
  const double: OllamaDouble = {
    host: '',
    chats,
    fault: undefined,
    script: options.script ?? repeatLast,
    untilChats: (count) => until(() => chats.length >= count, watchers),
    untilIdle: () => until(() => open.size === 0, watchers),
    close: () => closeServer(server),
  };
  const server = createServer((request, response) => {
    const gone = new AbortController();
    open.add(response);
    response.once('close', () => {
      open.delete(response);
      gone.abort();
      notify();
    });
    const heard = (body: OllamaChatBody) => {
      chats.push(body);
      notify();
    };
    respond(request, response, { double, options, heard, signal: gone.signal }).catch((error: unknown) => {
      if (!isOpsError(error, 'cancelled')) response.destroy(error instanceof Error ? error : undefined);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return Object.assign(double, { host: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
}

interface Exchange {
  readonly double: OllamaDouble;
  readonly options: OllamaDoubleOptions;
  readonly signal: AbortSignal;
  heard(body: OllamaChatBody): void;
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  exchange: Exchange,
): Promise<void> {
  const { double, options } = exchange;
  const models = options.models ?? DEFAULT_MODELS;
  switch (`${request.method} ${request.url}`) {
    case 'GET /api/version':
      return sendJson(response, { version: options.version ?? '0.17.4' });
    case 'GET /api/tags':
      return sendJson(response, {
        models: models.map((name) => ({ name, model: name, size: 1, digest: 'd' })),
      });
    case 'POST /api/show': {
      const { model } = await readBody<{ readonly model: string }>(request);
      if (!models.includes(model)) return sendError(response, 404, `model '${model}' not found`);
      return sendJson(response, {
        details: { family: 'llama', parameter_size: '8.0B', quantization_level: 'Q4_K_M' },
        model_info: {
          'general.architecture': 'llama',
          'llama.context_length': options.trainedContext ?? 131_072,
        },
        capabilities: options.capabilities ?? ['completion', 'tools'],
      });
    }
    case 'POST /api/chat': {
      const body = await readBody<OllamaChatBody>(request);
      exchange.heard(body);
      if (!models.includes(body.model)) return sendError(response, 404, `model '${body.model}' not found`);
      const { fault, script } = double;
      return answerChat(body, response, { clock: options.clock, script, fault, signal: exchange.signal });
    }
    default:
      response.writeHead(404, { 'content-type': 'text/plain' }).end('404 page not found');
  }
}

function repeatLast({ messages }: OllamaChatBody): string {
  return messages.at(-1)?.content ?? '';
}

async function readBody<Body>(request: IncomingMessage): Promise<Body> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) throw new Error('the request is larger than any of ours');
    chunks.push(chunk);
  }
  // A double trusts its tests; the product's client is the only one that talks to it.
  return JSON.parse(Buffer.concat(chunks).toString('utf8')) as Body;
}

function sendJson(response: ServerResponse, body: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
}

async function until(holds: () => boolean, watchers: Set<() => void>): Promise<void> {
  if (holds()) return;
  await new Promise<void>((resolve) => {
    const watcher = () => {
      if (!holds()) return;
      watchers.delete(watcher);
      resolve();
    };
    watchers.add(watcher);
  });
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error === undefined ? resolve() : reject(error)));
    server.closeAllConnections();
  });
}
