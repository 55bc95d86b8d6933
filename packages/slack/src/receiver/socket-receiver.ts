import { type Clock, isOpsError, type Logger, type OpsError, toOpsError } from '@jamie/core';
import type { Receiver, ReceiverEvents } from './receiver.ts';
import { createSocketSession, type SocketSession } from './socket-session.ts';

export interface SocketReceiverOptions extends ReceiverEvents {
  readonly appToken: string;
  readonly slackApiUrl?: string;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Default 15,000. */
  readonly startTimeoutMs?: number;
  /** Default 5,000. */
  readonly pingTimeoutMs?: number;
  /** Waits between attempts to reconnect; the last one repeats. Default 250 ms to 30 s. */
  readonly reconnectDelaysMs?: readonly number[];
}

const RECONNECT_DELAYS_MS = [250, 1_000, 2_000, 5_000, 15_000, 30_000];

/**
 * Receives over Socket Mode. A payload is stored before it is acknowledged. When Slack announces a disconnect, the
 * next connection opens before this one closes; when a connection breaks, it reconnects for as long as it runs,
 * also after Slack has refused the token, and says meanwhile that it is down.
 */
export function createSocketReceiver(options: SocketReceiverOptions): Receiver {
  return new SocketReceiver(options);
}

class SocketReceiver implements Receiver {
  readonly #options: SocketReceiverOptions;
  readonly #stopping = new AbortController();
  #session: SocketSession | undefined;
  #connecting: Promise<void> | undefined;

  constructor(options: SocketReceiverOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    try {
      await this.#connect();
    } catch (error) {
      const failure = toOpsError(error);
      this.#options.onHealth({ kind: 'down', reason: reasonOf(failure) });
      throw failure;
    }
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    const session = this.#session;
    this.#session = undefined;
    await session?.close();
    await this.#connecting;
    this.#options.onHealth({ kind: 'down', reason: 'stopped' });
  }

  async #connect(): Promise<void> {
    const session: SocketSession = createSocketSession({
      startTimeoutMs: 15_000,
      pingTimeoutMs: 5_000,
      ...withoutUndefined(this.#options),
      onLeaving: () => this.#reconnect(),
      onEnded: () => {
        // The end of a connection that another has replaced is no news.
        if (this.#session !== session) return;
        this.#session = undefined;
        this.#options.onHealth({ kind: 'down', reason: 'Slack closed the socket; reconnecting' });
        this.#reconnect();
      },
    });
    await session.open();
    if (this.#stopping.signal.aborted) return session.close();
    const previous = this.#session;
    this.#session = session;
    void previous?.close();
    this.#options.onHealth({ kind: 'connected' });
  }

  #reconnect(): void {
    if (this.#connecting !== undefined || this.#stopping.signal.aborted) return;
    this.#connecting = this.#connectUntilItWorks().finally(() => {
      this.#connecting = undefined;
      // It may have broken again while this attempt was being put away.
      if (this.#session === undefined) this.#reconnect();
    });
  }

  async #connectUntilItWorks(): Promise<void> {
    const delays = this.#options.reconnectDelaysMs ?? RECONNECT_DELAYS_MS;
    for (let attempt = 0; !this.#stopping.signal.aborted; attempt += 1) {
      try {
        return await this.#connect();
      } catch (error) {
        const failure = toOpsError(error);
        this.#options.onTrouble(failure);
        if (this.#session === undefined) {
          this.#options.onHealth({ kind: 'down', reason: reasonOf(failure) });
        }
      }
      const delayMs = delays[Math.min(attempt, delays.length - 1)] ?? 1_000;
      if (!(await this.#sleptThrough(delayMs))) return;
    }
  }

  async #sleptThrough(delayMs: number): Promise<boolean> {
    try {
      await this.#options.clock.sleep(delayMs, this.#stopping.signal);
      return true;
    } catch (error) {
      if (isOpsError(error, 'cancelled')) return false;
      throw error;
    }
  }
}

function reasonOf(error: OpsError): string {
  return error.userMessage ?? error.message;
}

function withoutUndefined<T extends object>(options: T): T {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as T;
}
