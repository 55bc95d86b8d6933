import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Clock } from '@jamie/core';
import { type WebSocket, WebSocketServer } from 'ws';
import {
  type Acknowledgement,
  acceptsResponse,
  type Delivery,
  type DeliveryTimes,
  type Transport,
} from './delivery.ts';

interface Outstanding {
  readonly delivery: Delivery;
  attempt: number;
  sentAt: number;
  envelopeId: string;
  timer: AbortController | undefined;
}

export interface SocketHubOptions {
  readonly appId: string;
  readonly clock: Clock;
  readonly times: DeliveryTimes;
  onAcknowledged(acknowledgement: Acknowledgement): void;
  /** Nobody took it, and it does not come again. */
  onGivenUp(delivery: Delivery): void;
  /** The number of connections or of pending deliveries has changed. */
  onChange(): void;
  nextId(prefix: string): string;
}

const MAXIMUM_CONNECTIONS = 10;

/**
 * The server's side of Socket Mode: hello, envelopes, redelivery of events that nobody acknowledges, pings. A
 * payload goes to any one connection; while there is none, events wait.
 */
export class SocketHub implements Transport {
  readonly #options: SocketHubOptions;
  readonly #server = new WebSocketServer({ noServer: true });
  readonly #connections = new Set<WebSocket>();
  readonly #outstanding = new Map<string, Outstanding>();
  readonly #waiting: Outstanding[] = [];
  #turn = 0;
  #dropOnAck = false;
  #duplicateNext = false;

  constructor(options: SocketHubOptions) {
    this.#options = options;
  }

  /** Answers WebSocket upgrades on this server. */
  attach(server: Server): void {
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      this.#server.handleUpgrade(request, socket, head, (connection) => this.#greet(connection));
    });
  }

  get connectionCount(): number {
    return this.#connections.size;
  }

  get pending(): number {
    return this.#outstanding.size + this.#waiting.length;
  }

  send(delivery: Delivery): void {
    this.#dispatch({
      delivery,
      attempt: 0,
      sentAt: 0,
      timer: undefined,
      envelopeId: this.#options.nextId('envelope-'),
    });
  }

  /** Cuts the connection at the next acknowledgement, which is not counted. */
  dropAtNextAck(): void {
    this.#dropOnAck = true;
  }

  /** Sends the next envelope twice, both times as the first attempt. */
  duplicateNext(): void {
    this.#duplicateNext = true;
  }

  /** Sends a text frame as it is to every connection. */
  sendRaw(text: string): void {
    for (const connection of this.#connections) connection.send(text);
  }

  /** Announces the end of the present connections and closes them after the grace. */
  refresh(reason: 'warning' | 'refresh_requested' | 'link_disabled', graceMs: number): void {
    for (const connection of [...this.#connections]) {
      connection.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'emulator' } }));
      setTimeout(() => connection.close(1000), graceMs).unref();
    }
  }

  /** Cuts every connection without a word. */
  cutAll(): void {
    for (const connection of this.#connections) connection.terminate();
  }

  stop(): void {
    for (const entry of this.#outstanding.values()) entry.timer?.abort();
    for (const entry of this.#waiting) entry.timer?.abort();
    this.#outstanding.clear();
    this.#waiting.length = 0;
    this.cutAll();
    this.#server.close();
  }

  #greet(connection: WebSocket): void {
    if (this.#connections.size >= MAXIMUM_CONNECTIONS) {
      connection.send(JSON.stringify({ type: 'disconnect', reason: 'too_many_websockets' }));
      connection.close();
      return;
    }
    this.#connections.add(connection);
    const pinging = setInterval(() => connection.ping('Ping from emulator'), 2_000);
    connection.on('close', () => {
      clearInterval(pinging);
      this.#connections.delete(connection);
      this.#options.onChange();
    });
    connection.on('error', () => connection.terminate());
    connection.on('message', (data) => this.#receive(connection, String(data)));
    connection.send(
      JSON.stringify({
        type: 'hello',
        num_connections: this.#connections.size,
        debug_info: { host: 'emulator', build_number: 1, approximate_connection_time: 18_060 },
        connection_info: { app_id: this.#options.appId },
      }),
    );
    this.#options.onChange();
    for (const entry of this.#waiting.splice(0)) this.#dispatch(entry);
  }

  #dispatch(entry: Outstanding): void {
    const connections = [...this.#connections];
    const connection = connections[this.#turn % Math.max(connections.length, 1)];
    this.#turn += 1;
    if (connection === undefined) {
      this.#waiting.push(entry);
      return;
    }
    entry.sentAt = performance.now();
    this.#outstanding.set(entry.envelopeId, entry);
    this.#after(entry, this.#options.times.ackTimeoutMs, () => this.#expire(entry));
    const frame = JSON.stringify(envelopeOf(entry));
    connection.send(frame);
    if (this.#duplicateNext) {
      this.#duplicateNext = false;
      connection.send(frame);
    }
  }

  #receive(connection: WebSocket, text: string): void {
    const { envelope_id: envelopeId, payload: response } = JSON.parse(text) as {
      envelope_id?: string;
      payload?: unknown;
    };
    const entry = envelopeId === undefined ? undefined : this.#outstanding.get(envelopeId);
    if (entry === undefined) return;
    if (this.#dropOnAck) {
      this.#dropOnAck = false;
      connection.terminate();
      return;
    }
    entry.timer?.abort();
    this.#outstanding.delete(entry.envelopeId);
    const { delivery, attempt } = entry;
    const latencyMs = performance.now() - entry.sentAt;
    // Slack reads what comes with the acknowledgement only where it said that it would.
    const said = acceptsResponse(delivery) ? { response } : {};
    this.#options.onAcknowledged({ ...delivery, attempt, latencyMs, ...said });
  }

  #expire(entry: Outstanding): void {
    this.#outstanding.delete(entry.envelopeId);
    const delayMs = this.#options.times.retryDelaysMs[entry.attempt];
    // Only events come again: a command or click that nobody took is shown to the person as failed.
    if (entry.delivery.kind !== 'events_api' || delayMs === undefined) {
      this.#options.onGivenUp(entry.delivery);
      return;
    }
    entry.attempt += 1;
    entry.envelopeId = this.#options.nextId('envelope-');
    this.#outstanding.set(entry.envelopeId, entry);
    this.#after(entry, delayMs, () => {
      this.#outstanding.delete(entry.envelopeId);
      this.#dispatch(entry);
    });
  }

  #after(entry: Outstanding, delayMs: number, act: () => void): void {
    const timer = new AbortController();
    entry.timer = timer;
    this.#options.clock.sleep(delayMs, timer.signal).then(act, () => undefined);
  }
}

function envelopeOf(entry: Outstanding): object {
  return {
    envelope_id: entry.envelopeId,
    type: entry.delivery.kind,
    accepts_response_payload: acceptsResponse(entry.delivery),
    payload: entry.delivery.payload,
    ...(entry.attempt === 0 ? {} : { retry_attempt: entry.attempt, retry_reason: 'timeout' }),
  };
}
