import type { EventEmitter } from 'node:events';
import type { Clock } from '@jamie/core';

/** Twice what the driver itself gives a heartbeat before it gives it up, in milliseconds. */
const LOST_AFTER_MS = 30_000;

/** The part of the driver's client that tells of its looks at the servers. */
export type HeartbeatSource = Pick<EventEmitter, 'on'>;

interface Heartbeat {
  readonly connectionId: string;
}

/**
 * Notices when the driver has begun to look at a server and never ends it. A heartbeat that is written to a socket which the
 * server has closed, and which is about to say so, waits for ever in `mongodb` 7.9: that server is then never found again.
 */
export class MonitorWatch {
  /** When the heartbeat that is under way began, by the address of its server. */
  readonly #begun = new Map<string, number>();
  readonly #clock: Pick<Clock, 'now'>;

  constructor(source: HeartbeatSource, clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
    source.on('serverHeartbeatStarted', ({ connectionId }: Heartbeat) => {
      this.#begun.set(connectionId, clock.now());
    });
    source.on('serverHeartbeatSucceeded', ({ connectionId }: Heartbeat) => this.#begun.delete(connectionId));
    source.on('serverHeartbeatFailed', ({ connectionId }: Heartbeat) => this.#begun.delete(connectionId));
    source.on('serverClosed', ({ address }: { readonly address: string }) => this.#begun.delete(address));
  }

  /** Whether some heartbeat will never end. */
  isLost(): boolean {
    const now = this.#clock.now();
    return [...this.#begun.values()].some((begunAt) => now - begunAt > LOST_AFTER_MS);
  }
}
