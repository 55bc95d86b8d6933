import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Clock } from '@jamie/core';
import { type WebSocket, WebSocketServer } from 'ws';
import { seededRandom } from './seeded-random.ts';

/** Why Slack ends a connection: docs.slack.dev/apis/events-api/using-socket-mode. */
export type DisconnectReason = 'warning' | 'refresh_requested' | 'link_disabled' | 'too_many_websockets';

export interface SocketConnectionsOptions {
  readonly appId: string;
  readonly clock: Clock;
  /** For the choice of the connection that gets a delivery. */
  readonly seed: number;
  /** A frame that is not a ping. */
  onFrame(connection: WebSocket, text: string): void;
  onOpen(): void;
  onClose(): void;
}

const MAXIMUM_CONNECTIONS = 10;
const PING_EVERY_MS = 2_000;
/** What Slack tells clients about the life of a connection, in seconds. */
const CONNECTION_LIFE_SECONDS = 18_060;

/** The open connections of one app: hello, pings, and their announced and sudden ends. */
export class SocketConnections {
  readonly #options: SocketConnectionsOptions;
  readonly #server = new WebSocketServer({ noServer: true });
  readonly #open = new Set<WebSocket>();
  readonly #random: () => number;
  readonly #stopping = new AbortController();
  #pings = true;

  constructor(options: SocketConnectionsOptions) {
    this.#options = options;
    this.#random = seededRandom(options.seed);
  }

  /** Answers WebSocket upgrades on this server. */
  attach(server: Server): void {
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      this.#server.handleUpgrade(request, socket, head, (connection) => this.#greet(connection));
    });
  }

  get count(): number {
    return this.#open.size;
  }

  /** Any one connection: Slack promises nothing about which. */
  pick(): WebSocket | undefined {
    const open = [...this.#open];
    return open[Math.floor(this.#random() * open.length)];
  }

  /** Sends a text frame as it is to every connection. */
  sendRaw(text: string): void {
    for (const connection of this.#open) connection.send(text);
  }

  /** Announces the end of the present connections and closes them after the grace. */
  refresh(reason: Exclude<DisconnectReason, 'too_many_websockets'>, graceMs: number): void {
    for (const connection of [...this.#open]) {
      announceEnd(connection, reason);
      this.#later(graceMs, () => connection.close(1000));
    }
  }

  /**
   * Refreshes again and again, as Slack does every few hours: a warning, after `graceMs` the request, after `graceMs` the
   * end of the connections that were open then. Ends with the emulator, or when the answer is called.
   */
  refreshEvery(everyMs: number, graceMs = 1_000): () => void {
    const ending = new AbortController();
    const { clock } = this.#options;
    const signal = AbortSignal.any([ending.signal, this.#stopping.signal]);
    const run = async () => {
      while (!signal.aborted) {
        await clock.sleep(everyMs, signal);
        const present = [...this.#open];
        for (const connection of present) announceEnd(connection, 'warning');
        await clock.sleep(graceMs, signal);
        const remaining = present.filter((connection) => this.#open.has(connection));
        for (const connection of remaining) announceEnd(connection, 'refresh_requested');
        await clock.sleep(graceMs, signal);
        for (const connection of remaining) connection.close(1000);
      }
    };
    run().catch(() => undefined);
    return () => ending.abort();
  }

  /** Cuts every connection without a word. */
  cutAll(): void {
    for (const connection of this.#open) connection.terminate();
  }

  /** Whether Slack sends pings; without them a client finds out by itself that nobody is there. */
  setPings(pings: boolean): void {
    this.#pings = pings;
  }

  stop(): void {
    this.#stopping.abort();
    this.cutAll();
    this.#server.close();
  }

  #greet(connection: WebSocket): void {
    connection.on('error', () => connection.terminate());
    if (this.#open.size >= MAXIMUM_CONNECTIONS) {
      announceEnd(connection, 'too_many_websockets');
      connection.close();
      return;
    }
    this.#open.add(connection);
    const pinging = setInterval(() => {
      if (this.#pings) connection.ping('Ping from emulator');
    }, PING_EVERY_MS);
    connection.on('close', () => {
      clearInterval(pinging);
      this.#open.delete(connection);
      this.#options.onClose();
    });
    connection.on('message', (data) => this.#options.onFrame(connection, String(data)));
    connection.send(JSON.stringify(this.#hello()));
    this.#options.onOpen();
  }

  #hello(): object {
    return {
      type: 'hello',
      num_connections: this.#open.size,
      debug_info: {
        host: 'emulator',
        started: new Date(this.#options.clock.now()).toISOString(),
        build_number: 1,
        approximate_connection_time: CONNECTION_LIFE_SECONDS,
      },
      connection_info: { app_id: this.#options.appId },
    };
  }

  #later(delayMs: number, act: () => void): void {
    this.#options.clock.sleep(delayMs, this.#stopping.signal).then(act, () => undefined);
  }
}

function announceEnd(connection: WebSocket, reason: DisconnectReason): void {
  connection.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'emulator' } }));
}
