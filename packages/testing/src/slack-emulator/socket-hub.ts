import type { Server } from 'node:http';
import type { Clock } from '@jamie/core';
import type { WebSocket } from 'ws';
import {
  type Acknowledgement,
  acceptsResponse,
  type Delivery,
  type DeliveryTimes,
  type Transport,
} from './delivery.ts';
import type { DeliveryFaults } from './delivery-faults.ts';
import { DeliveryOrder } from './delivery-order.ts';
import { type DisconnectReason, SocketConnections } from './socket-connections.ts';
import { withUnknownFields } from './unknown-fields.ts';

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
  readonly faults: DeliveryFaults;
  /** For the choice of the connection that gets a delivery. */
  readonly seed: number;
  onAcknowledged(acknowledgement: Acknowledgement): void;
  /** Nobody took it, and it does not come again. */
  onGivenUp(delivery: Delivery): void;
  /** The number of connections or of pending deliveries has changed. */
  onChange(): void;
  nextId(prefix: string): string;
}

/**
 * The server's side of Socket Mode: envelopes, acknowledgements, redelivery of events that nobody acknowledges. A payload
 * goes to any one connection. While there is none, events wait; what a person does fails after the time that Slack
 * allows for an acknowledgement.
 */
export class SocketHub implements Transport {
  readonly #options: SocketHubOptions;
  readonly #connections: SocketConnections;
  readonly #order: DeliveryOrder<Outstanding>;
  readonly #outstanding = new Map<string, Outstanding>();
  #waiting: Outstanding[] = [];
  #addsUnknownFields = false;

  constructor(options: SocketHubOptions) {
    this.#options = options;
    this.#order = new DeliveryOrder(options.clock, options.faults, (entry) => this.#dispatch(entry));
    this.#connections = new SocketConnections({
      appId: options.appId,
      clock: options.clock,
      seed: options.seed,
      onFrame: (connection, text) => this.#receive(connection, text),
      onOpen: () => this.#sendWaiting(),
      onClose: () => options.onChange(),
    });
  }

  /** Answers WebSocket upgrades on this server. */
  attach(server: Server): void {
    this.#connections.attach(server);
  }

  get connectionCount(): number {
    return this.#connections.count;
  }

  get pending(): number {
    return this.#outstanding.size + this.#waiting.length + this.#order.heldCount;
  }

  send(delivery: Delivery): void {
    const envelopeId = this.#options.nextId('envelope-');
    this.#order.take({ delivery, attempt: 0, sentAt: 0, timer: undefined, envelopeId });
  }

  /** Cuts the connection at the next acknowledgement, which is not counted. */
  dropAtNextAck(): void {
    this.#options.faults.dropAtNextAck();
  }

  /** Sends the next envelope twice, both times as the first attempt. */
  duplicateNext(): void {
    this.#options.faults.duplicateNext();
  }

  /** From now on every envelope has fields that no documentation knows. */
  addUnknownFields(adds = true): void {
    this.#addsUnknownFields = adds;
  }

  /** Sends a text frame as it is to every connection. */
  sendRaw(text: string): void {
    this.#connections.sendRaw(text);
  }

  /** Announces the end of the present connections and closes them after the grace. */
  refresh(reason: Exclude<DisconnectReason, 'too_many_websockets'>, graceMs: number): void {
    this.#connections.refresh(reason, graceMs);
  }

  /** Refreshes the connections again and again, until the answer is called. */
  refreshEvery(everyMs: number, graceMs?: number): () => void {
    return this.#connections.refreshEvery(everyMs, graceMs);
  }

  /** Whether Slack sends pings. */
  setPings(pings: boolean): void {
    this.#connections.setPings(pings);
  }

  /** Cuts every connection without a word. */
  cutAll(): void {
    this.#connections.cutAll();
  }

  stop(): void {
    for (const entry of [...this.#outstanding.values(), ...this.#waiting]) entry.timer?.abort();
    this.#outstanding.clear();
    this.#waiting = [];
    this.#order.stop();
    this.#connections.stop();
  }

  #sendWaiting(): void {
    this.#options.onChange();
    for (const entry of this.#waiting.splice(0)) {
      entry.timer?.abort();
      this.#dispatch(entry);
    }
  }

  #dispatch(entry: Outstanding): void {
    const connection = this.#connections.pick();
    if (connection === undefined) {
      this.#wait(entry);
      return;
    }
    entry.sentAt = performance.now();
    this.#outstanding.set(entry.envelopeId, entry);
    this.#after(entry, this.#options.times.ackTimeoutMs, () => this.#expire(entry));
    const envelope = envelopeOf(entry);
    const frame = JSON.stringify(this.#addsUnknownFields ? withUnknownFields(envelope) : envelope);
    connection.send(frame);
    if (this.#options.faults.takeDuplicate()) connection.send(frame);
  }

  #wait(entry: Outstanding): void {
    this.#waiting.push(entry);
    if (entry.delivery.kind === 'events_api') return;
    this.#after(entry, this.#options.times.ackTimeoutMs, () => {
      this.#waiting = this.#waiting.filter((each) => each !== entry);
      this.#options.onGivenUp(entry.delivery);
    });
  }

  #receive(connection: WebSocket, text: string): void {
    const { envelope_id: envelopeId, payload: response } = JSON.parse(text) as {
      envelope_id?: string;
      payload?: unknown;
    };
    const entry = envelopeId === undefined ? undefined : this.#outstanding.get(envelopeId);
    if (entry === undefined) return;
    const fault = this.#options.faults.takeAckFault();
    if (fault === 'cut') connection.terminate();
    if (fault !== 'none') return;
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

/** Slack counts the attempts of events from 0 and gives the first one an empty reason. */
function envelopeOf({ envelopeId, delivery, attempt }: Outstanding): Record<string, unknown> {
  return {
    envelope_id: envelopeId,
    type: delivery.kind,
    accepts_response_payload: acceptsResponse(delivery),
    payload: delivery.payload,
    ...(delivery.kind === 'events_api'
      ? { retry_attempt: attempt, retry_reason: attempt === 0 ? '' : 'timeout' }
      : {}),
  };
}
