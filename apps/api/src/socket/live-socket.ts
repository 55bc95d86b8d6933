import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { isOpsError } from '@jamie/core';
import { type WebSocket, WebSocketServer } from 'ws';
import type { ApiContext } from '../api-options.ts';
import type { Gate } from '../create-app.ts';
import { decideHost } from '../security/hosts.ts';
import { CLOSE, LiveConnection } from './live-connection.ts';

const MAX_CONNECTIONS = 200;
const MAX_FRAME_BYTES = 64 * 1024;
const HEARTBEAT_MS = 30_000;
const AUTHENTICATE_WITHIN_MS = 5_000;

/** The live side of the API at /ws. */
export interface LiveSocket {
  /** Takes over an HTTP upgrade, or refuses it with a status. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Says goodbye to every connection. */
  stop(): void;
}

/** Pushes messages to whoever watches their conversation, as long as it is not stopped. */
export function createLiveSocket(context: ApiContext, gate: Gate): LiveSocket {
  const server = new WebSocketServer({ noServer: true, maxPayload: MAX_FRAME_BYTES, clientTracking: false });
  const open = new Map<WebSocket, LiveConnection>();
  const stopping = new AbortController();
  // Nothing is read for pages that nobody has open.
  let unsubscribe: () => void = () => undefined;
  const subscribe = () =>
    context.desk.onShown((shown) => {
      for (const connection of open.values()) connection.show(shown);
    });
  void keepAlive(context, open, stopping.signal);

  function accept(socket: WebSocket, isAuthenticated: boolean): void {
    const connection = new LiveConnection(socket, context, gate.credentials, isAuthenticated);
    if (open.size === 0) unsubscribe = subscribe();
    open.set(socket, connection);
    count(context, open);
    socket.on('message', (data, isBinary) => {
      connection.isAlive = true;
      if (isBinary) socket.close(1003, 'text only');
      else void connection.receive(data.toString()).then(() => count(context, open));
    });
    socket.on('pong', () => {
      connection.isAlive = true;
    });
    // ws reports a broken frame here and closes the connection itself.
    socket.on('error', (error) => context.logger.debug('websocket failed', { err: error }));
    const timer = new AbortController();
    socket.on('close', () => {
      timer.abort();
      if (open.delete(socket) && open.size === 0) unsubscribe();
      count(context, open);
    });
    if (!isAuthenticated) void closeUnlessAuthenticated(context, socket, connection, timer.signal);
  }

  return {
    upgrade(request, socket, head) {
      const decision = decideUpgrade(request, gate, open.size);
      if (decision.kind === 'refused') {
        socket.end(`HTTP/1.1 ${decision.status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
        return;
      }
      server.handleUpgrade(request, socket, head, (client) => accept(client, decision.isAuthenticated));
    },
    stop() {
      stopping.abort();
      unsubscribe();
      for (const socket of open.keys()) {
        socket.close(CLOSE.goingAway, 'stopping');
        socket.terminate();
      }
    },
  };
}

type UpgradeDecision =
  | { readonly kind: 'accepted'; readonly isAuthenticated: boolean }
  | { readonly kind: 'refused'; readonly status: string };

function decideUpgrade({ headers, url }: IncomingMessage, gate: Gate, openCount: number): UpgradeDecision {
  const decision = decideHost({ host: headers.host, origin: headers.origin }, gate.allowedHosts);
  if (decision.kind === 'refused') {
    const isHost = decision.reason === 'unknown_host';
    return { kind: 'refused', status: isHost ? '421 Misdirected Request' : '403 Forbidden' };
  }
  if (url?.split('?')[0] !== '/ws') return { kind: 'refused', status: '404 Not Found' };
  if (openCount >= MAX_CONNECTIONS) return { kind: 'refused', status: '503 Service Unavailable' };
  const { authorization, cookie } = headers;
  const isAuthenticated = gate.credentials.isKnown({ authorization, cookie });
  // A page cannot show a token of its own: without our cookie it is signed out, and should hear so at once.
  if (!isAuthenticated && headers.origin !== undefined)
    return { kind: 'refused', status: '401 Unauthorized' };
  return { kind: 'accepted', isAuthenticated };
}

async function closeUnlessAuthenticated(
  { clock }: ApiContext,
  socket: WebSocket,
  connection: LiveConnection,
  signal: AbortSignal,
): Promise<void> {
  const isOver = await ended(clock.sleep(AUTHENTICATE_WITHIN_MS, signal));
  if (!isOver && !connection.isAuthenticated) socket.close(CLOSE.policyViolation, 'authenticate first');
}

/** Lets go of peers that have not been heard since the last beat: a half-open connection never says goodbye. */
async function keepAlive(
  { clock }: ApiContext,
  open: ReadonlyMap<WebSocket, LiveConnection>,
  signal: AbortSignal,
): Promise<void> {
  while (!(await ended(clock.sleep(HEARTBEAT_MS, signal)))) {
    for (const [socket, connection] of open) {
      if (!connection.isAlive) socket.terminate();
      connection.isAlive = false;
      socket.ping();
    }
  }
}

/** Whether the sleep was cancelled rather than slept to its end. */
async function ended(sleep: Promise<void>): Promise<boolean> {
  try {
    await sleep;
    return false;
  } catch (error) {
    if (isOpsError(error, 'cancelled')) return true;
    throw error;
  }
}

function count({ metrics }: ApiContext, open: ReadonlyMap<WebSocket, LiveConnection>): void {
  const authenticated = [...open.values()].filter((connection) => connection.isAuthenticated);
  metrics.set('jamie_websocket_connections', {}, authenticated.length);
}
