import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '@jamie/core';
import { type ApiAnswer, type ApiArguments, type ApiContext, type ApiMethod, refuse } from './api-answer.ts';
import { chatMethods } from './api-chat.ts';
import { conversationMethods } from './api-conversations.ts';
import { fileMethods } from './api-files.ts';
import { presenceMethods } from './api-presence.ts';
import type { ApiFault, ApiFaults } from './faults.ts';
import { type ResponseUrlAnswer, responseTicketOf } from './response-urls.ts';
import { takeUpload, uploadTicketOf } from './upload.ts';

export interface ApiServerOptions {
  readonly context: ApiContext;
  readonly clock: Clock;
  readonly faults: ApiFaults;
  readonly tokens: () => { readonly bot: string; readonly app: string };
  readonly scopes: ReadonlySet<string>;
  /** Takes what comes to a response URL. */
  takeResponse(ticket: string, body: string): ResponseUrlAnswer;
  /** Called after each call that was answered, with the method's name. */
  onCall(method: string, args: ApiArguments): void;
}

const METHODS: Readonly<Record<string, ApiMethod>> = {
  ...chatMethods,
  ...conversationMethods,
  ...fileMethods,
  ...presenceMethods,
};

/** The name under which an upload of bytes is counted and fails on demand. */
const UPLOAD = 'upload';
/** The name under which answers to a response URL are counted and fail on demand. */
const RESPONSE_URL = 'response_url';

/** The Web API under /api/, and the URLs to which files are sent. What it does not know it answers with unknown_method. */
export function createApiServer(options: ApiServerOptions): Server {
  return createServer((request, response) => {
    respond(request, response, options).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });
}

export function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  options: ApiServerOptions,
): Promise<void> {
  const path = (request.url ?? '').split('?')[0] ?? '';
  const ticket = uploadTicketOf(path);
  const responseTicket = responseTicketOf(path);
  const method = methodOf(path);
  const body = await readBody(request);
  if (method === undefined) {
    response.writeHead(404).end('not found');
    return;
  }
  const fault = options.faults.take(method);
  if (fault !== undefined && answerWithFault(fault, response)) return;
  if (fault?.kind === 'slow') await options.clock.sleep(fault.delayMs);
  const send =
    responseTicket !== undefined
      ? handleResponse(responseTicket, body, options)
      : ticket !== undefined
        ? handleUpload(ticket, request, body, options)
        : handleCall(method, request, body, options);
  if (fault?.kind === 'lost_response') request.socket.destroy();
  else send(response);
}

function methodOf(path: string): string | undefined {
  if (uploadTicketOf(path) !== undefined) return UPLOAD;
  if (responseTicketOf(path) !== undefined) return RESPONSE_URL;
  return /^\/api\/([A-Za-z.]+)$/.exec(path)?.[1];
}

/** Sends an answer; until then only the effect is there. */
type Send = (response: ServerResponse) => void;

function handleCall(method: string, request: IncomingMessage, body: Buffer, options: ApiServerOptions): Send {
  const args = readArguments(request.headers['content-type'], body.toString('utf8'));
  const answer = answerCall(method, args, bearerOf(request, args), options);
  options.onCall(method, args);
  return (response) => sendJson(response, 200, answer);
}

function handleUpload(
  ticket: string,
  request: IncomingMessage,
  body: Buffer,
  options: ApiServerOptions,
): Send {
  const contentType = request.headers['content-type'];
  const { status, text } = takeUpload(options.context.workspace, { ticket, contentType, body });
  options.onCall(UPLOAD, { ticket, bytes: body.length });
  return (response) => response.writeHead(status, { 'content-type': 'text/plain' }).end(text);
}

function handleResponse(ticket: string, body: Buffer, options: ApiServerOptions): Send {
  const answer = options.takeResponse(ticket, body.toString('utf8'));
  options.onCall(RESPONSE_URL, { ticket, body: body.toString('utf8') });
  return (response) => sendJson(response, answer.status, answer.body);
}

/** True when the fault is the whole answer. */
function answerWithFault(fault: ApiFault, response: ServerResponse): boolean {
  switch (fault.kind) {
    case 'rate_limited':
      response.setHeader('retry-after', String(fault.retryAfterSeconds));
      sendJson(response, 429, { ok: false, error: 'ratelimited' });
      return true;
    case 'error':
      sendJson(response, 200, { ok: false, error: fault.error });
      return true;
    case 'http_status':
      response.writeHead(fault.status, { 'content-type': 'text/html' }).end('<html>error</html>');
      return true;
    default:
      return false;
  }
}

function answerCall(
  name: string,
  args: ApiArguments,
  bearer: string | undefined,
  options: ApiServerOptions,
): ApiAnswer {
  const method = Object.hasOwn(METHODS, name) ? METHODS[name] : undefined;
  if (method === undefined) return refuse('unknown_method', { req_method: name });
  if (bearer === undefined || bearer === '') return refuse('not_authed');
  const tokens = options.tokens();
  if (bearer !== tokens[method.token]) {
    const isOther = bearer === tokens.bot || bearer === tokens.app;
    return refuse(isOther ? 'not_allowed_token_type' : 'invalid_auth');
  }
  const { installation } = options.context.workspace;
  if (method.token === 'bot' && installation !== 'installed') {
    return refuse(installation === 'revoked' ? 'token_revoked' : 'account_inactive');
  }
  if (method.scope !== undefined && !options.scopes.has(method.scope)) {
    return refuse('missing_scope', { needed: method.scope, provided: [...options.scopes].join(',') });
  }
  return method.handle(args, options.context);
}

function bearerOf(request: IncomingMessage, args: ApiArguments): string | undefined {
  const header = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  const argument = args['token'];
  return header ?? (typeof argument === 'string' ? argument : undefined);
}

function readArguments(contentType: string | undefined, body: string): ApiArguments {
  if ((contentType ?? '').startsWith('application/json'))
    return JSON.parse(body === '' ? '{}' : body) as ApiArguments;
  return Object.fromEntries(new URLSearchParams(body));
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
}
