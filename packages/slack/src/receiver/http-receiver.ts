import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Clock, OpsError, toOpsError } from '@jamie/core';
import type { InstallDesk } from '../install/install-desk.ts';
import { classifyPayload } from './delivery-keys.ts';
import { parseHttpBody } from './parse-http-body.ts';
import type { Receiver, ReceiverEvents } from './receiver.ts';
import { takeDelivery } from './take-delivery.ts';
import { verifySignature } from './verify-signature.ts';

export interface HttpReceiverOptions extends ReceiverEvents {
  readonly signingSecret: string;
  /** 0 takes a free port. */
  readonly port: number;
  /** Default 127.0.0.1: a proxy with TLS stands in front. */
  readonly host?: string;
  /** Default `/slack/events`. */
  readonly path?: string;
  /** Default 1 MiB; Slack's own payloads are far smaller. */
  readonly maximumBodyBytes?: number;
  /** Takes the requests of browsers that install the app; they are not signed. */
  readonly installs?: InstallDesk;
  readonly clock: Clock;
}

/** An HTTP receiver, with the port that it got. */
export interface HttpReceiver extends Receiver {
  readonly port: number;
}

interface Answer {
  readonly status: number;
  readonly body: string;
  /** Default plain text. */
  readonly contentType?: string;
}

/**
 * Receives signed requests over plain HTTP. Answers 401 to what Slack did not sign within five minutes of now,
 * 200 once the payload is stored, and 503 when it could not be stored, so that Slack sends it again.
 */
export function createHttpReceiver(options: HttpReceiverOptions): HttpReceiver {
  if (options.signingSecret === '') {
    throw new OpsError('config_invalid', 'signing secret is empty', {
      userMessage: 'SLACK_SIGNING_SECRET is empty. Copy it from the app’s Basic Information page.',
    });
  }
  const server = createServer((request, response) => {
    const { installs } = options;
    if (installs?.serves(pathOf(request)) === true) void installs.answer(request, response);
    else void respond(request, response, options);
  });
  server.requestTimeout = 10_000;
  server.headersTimeout = 5_000;
  return {
    get port() {
      return (server.address() as AddressInfo | null)?.port ?? options.port;
    },
    async start() {
      await listen(server, options);
      options.onHealth({ kind: 'connected' });
    },
    async stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
      options.onHealth({ kind: 'down', reason: 'stopped' });
    },
  };
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  options: HttpReceiverOptions,
): Promise<void> {
  let answer: Answer;
  try {
    answer = await answerRequest(request, options);
  } catch (error) {
    options.onTrouble(toOpsError(error));
    answer = { status: 503, body: 'not stored, send it again' };
  }
  const contentType = answer.contentType ?? 'text/plain; charset=utf-8';
  response.writeHead(answer.status, { 'content-type': contentType }).end(answer.body);
  // The rest of a refused body is of no interest.
  if (!request.complete) request.destroy();
}

async function answerRequest(request: IncomingMessage, options: HttpReceiverOptions): Promise<Answer> {
  if (pathOf(request) !== (options.path ?? '/slack/events')) return { status: 404, body: 'not found' };
  if (request.method !== 'POST') return { status: 405, body: 'use POST' };
  const rawBody = await readBody(request, options.maximumBodyBytes ?? 1_048_576);
  if (rawBody === undefined) return { status: 413, body: 'body too large' };
  const verdict = verifySignature({
    signingSecret: options.signingSecret,
    timestamp: header(request, 'x-slack-request-timestamp'),
    signature: header(request, 'x-slack-signature'),
    rawBody,
    nowMs: options.clock.now(),
  });
  if (verdict.kind === 'refused') return { status: 401, body: verdict.reason };
  return takeVerified(request, rawBody, options);
}

async function takeVerified(
  request: IncomingMessage,
  rawBody: Uint8Array,
  options: HttpReceiverOptions,
): Promise<Answer> {
  const parsed = parseHttpBody(header(request, 'content-type'), rawBody);
  if (parsed.kind === 'malformed') return { status: 400, body: 'neither JSON nor a form' };
  if (parsed.kind === 'ssl_check') return { status: 200, body: '' };
  if (classifyPayload(parsed.payload) === 'url_verification') {
    return { status: 200, body: String(parsed.payload['challenge'] ?? '') };
  }
  const body = await takeDelivery(parsed.payload, options);
  return body === undefined
    ? { status: 200, body: '' }
    : { status: 200, body: JSON.stringify(body), contentType: 'application/json; charset=utf-8' };
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? '').split('?', 1)[0] ?? '';
}

async function readBody(request: IncomingMessage, maximumBytes: number): Promise<Uint8Array | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  // Leaving the loop early must not close the connection: the refusal still has to go out on it.
  const body = request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > maximumBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? undefined : value;
}

function listen(server: Server, options: HttpReceiverOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      reject(
        new OpsError('unavailable', 'slack receiver cannot listen', {
          userMessage: `The port ${options.port} for Slack requests cannot be used. Choose another with SLACK_HTTP_PORT.`,
          cause: error,
        }),
      );
    });
    server.listen(options.port, options.host ?? '127.0.0.1', () => resolve());
  });
}
