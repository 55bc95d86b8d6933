import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '@jamie/core';
import type { ApiArguments, ApiContext } from './api-answer.ts';
import { type ApiDesk, answerCall } from './api-methods.ts';
import type { ApiFault, ApiFaults } from './faults.ts';
import { answerFile, isFilePath } from './file-download.ts';
import { type ResponseUrlAnswer, responseTicketOf } from './response-urls.ts';
import type { TierMeter } from './tiers.ts';
import type { TokenCheck } from './token-desk.ts';
import { takeUpload, uploadTicketOf } from './upload.ts';
import type { SlackWorkspace } from './workspace.ts';

export interface ApiServerOptions {
  readonly clock: Clock;
  readonly faults: ApiFaults;
  /** Undefined: nothing is limited. */
  readonly meter: TierMeter | undefined;
  check(token: string): TokenCheck;
  /** Without a workspace: the first one. */
  contextOf(workspace: SlackWorkspace | undefined, token: string): ApiContext;
  workspaces(): readonly SlackWorkspace[];
  /** Takes what comes to a response URL. */
  takeResponse(ticket: string, body: string): ResponseUrlAnswer;
  /** Called after each call that was answered, with the method's name. */
  onCall(method: string, args: ApiArguments, teamId: string | undefined): void;
}

/** The name under which an upload of bytes is counted and fails on demand. */
const UPLOAD = 'upload';
/** The name under which the fetching of a file is counted and fails on demand. */
const DOWNLOAD = 'download';
/** The name under which answers to a response URL are counted and fail on demand. */
const RESPONSE_URL = 'response_url';

/** What came in, whole. */
interface Incoming {
  readonly method: string;
  readonly path: string;
  readonly request: IncomingMessage;
  readonly body: Buffer;
}

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
  const method = methodOf(path);
  const body = await readBody(request);
  if (method === undefined) {
    response.writeHead(404).end('not found');
    return;
  }
  const fault = options.faults.take(method);
  if (fault !== undefined && answerWithFault(fault, request, response)) return;
  if (fault?.kind === 'slow') await options.clock.sleep(fault.delayMs);
  const send = handle({ method, path, request, body }, options);
  if (fault?.kind === 'lost_response') request.socket.destroy();
  else send(response);
}

function methodOf(path: string): string | undefined {
  if (uploadTicketOf(path) !== undefined) return UPLOAD;
  if (responseTicketOf(path) !== undefined) return RESPONSE_URL;
  if (isFilePath(path)) return DOWNLOAD;
  return /^\/api\/([A-Za-z0-9.]+)$/.exec(path)?.[1];
}

/** Sends an answer; until then only the effect is there. */
type Send = (response: ServerResponse) => void;

function handle(incoming: Incoming, options: ApiServerOptions): Send {
  switch (incoming.method) {
    case UPLOAD:
      return handleUpload(incoming, options);
    case RESPONSE_URL:
      return handleResponse(incoming, options);
    case DOWNLOAD:
      return handleDownload(incoming, options);
    default:
      return handleCall(incoming, options);
  }
}

function handleCall({ method, request, body }: Incoming, options: ApiServerOptions): Send {
  const args = readArguments(request.headers, body.toString('utf8'));
  const token = bearerOf(request, args);
  const check = token === undefined ? undefined : options.check(token);
  const teamId = check?.kind === 'bot' ? check.workspace.teamId : undefined;
  const channel = String(args['channel'] ?? '');
  const waitSeconds = options.meter?.meter({ method, teamId: teamId ?? '', channel });
  if (waitSeconds !== undefined) {
    options.onCall(method, args, teamId);
    return (response) => sendRateLimited(response, waitSeconds);
  }
  const desk: ApiDesk = {
    check: (given) => options.check(given),
    contextOf: (found, given) =>
      options.contextOf(found?.kind === 'bot' ? found.workspace : undefined, given),
  };
  const answer = answerCall({ name: method, args, token }, desk);
  options.onCall(method, args, teamId);
  return (response) => {
    if (check?.kind === 'bot') response.setHeader('x-oauth-scopes', [...check.workspace.scopes].join(','));
    sendJson(response, 200, answer);
  };
}

function handleUpload({ path, request, body }: Incoming, options: ApiServerOptions): Send {
  const ticket = uploadTicketOf(path) ?? '';
  const contentType = request.headers['content-type'];
  const { status, text } = takeUpload(options.workspaces(), { ticket, contentType, body });
  options.onCall(UPLOAD, { ticket, bytes: body.length }, undefined);
  return (response) => response.writeHead(status, { 'content-type': 'text/plain' }).end(text);
}

function handleDownload({ path, request }: Incoming, options: ApiServerOptions): Send {
  const token = bearerOf(request, {});
  const { status, headers, body } = answerFile(path, token === undefined ? undefined : options.check(token));
  options.onCall(DOWNLOAD, { path }, undefined);
  return (response) => response.writeHead(status, headers).end(body);
}

function handleResponse({ path, body }: Incoming, options: ApiServerOptions): Send {
  const ticket = responseTicketOf(path) ?? '';
  const text = body.toString('utf8');
  const answer = options.takeResponse(ticket, text);
  options.onCall(RESPONSE_URL, { ticket, body: text }, undefined);
  return (response) => sendJson(response, answer.status, answer.body);
}

/** True when the fault is the whole answer. */
function answerWithFault(fault: ApiFault, request: IncomingMessage, response: ServerResponse): boolean {
  switch (fault.kind) {
    case 'rate_limited':
      sendRateLimited(response, fault.retryAfterSeconds);
      return true;
    case 'error':
      sendJson(response, 200, { ok: false, error: fault.error });
      return true;
    case 'http_status':
      response.writeHead(fault.status, { 'content-type': 'text/html' }).end('<html>error</html>');
      return true;
    case 'reset':
      request.socket.destroy();
      return true;
    default:
      return false;
  }
}

/** The token stands in a header or among the arguments; a client's id and secret may come as basic credentials. */
function bearerOf(request: IncomingMessage, args: ApiArguments): string | undefined {
  const header = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  const argument = args['token'];
  return header ?? (typeof argument === 'string' ? argument : undefined);
}

function readArguments(headers: IncomingMessage['headers'], body: string): ApiArguments {
  const isJson = (headers['content-type'] ?? '').startsWith('application/json');
  const given = isJson
    ? (JSON.parse(body === '' ? '{}' : body) as ApiArguments)
    : Object.fromEntries(new URLSearchParams(body));
  const basic = /^Basic (.+)$/.exec(headers.authorization ?? '')?.[1];
  if (basic === undefined) return given;
  const [clientId, clientSecret] = Buffer.from(basic, 'base64').toString('utf8').split(':');
  return { client_id: clientId, client_secret: clientSecret, ...given };
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function sendRateLimited(response: ServerResponse, waitSeconds: number): void {
  response.setHeader('retry-after', String(waitSeconds));
  sendJson(response, 429, { ok: false, error: 'ratelimited' });
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
}
