import type { EventEmitter } from 'node:events';

/** Looks that a heartbeat may outlive: the driver itself gives each up after 15 seconds, a stopped process after no time. */
const MOST_LOOKS = 3;

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
  /** How often a heartbeat that is under way was seen, by the address of its server. */
  readonly #seen = new Map<string, number>();

  constructor(source: HeartbeatSource) {
    const ended = ({ connectionId }: Heartbeat) => void this.#seen.delete(connectionId);
    source.on('serverHeartbeatStarted', ({ connectionId }: Heartbeat) => this.#seen.set(connectionId, 0));
    source.on('serverHeartbeatSucceeded', ended);
    source.on('serverHeartbeatFailed', ended);
    source.on('serverClosed', ({ address }: { readonly address: string }) => void this.#seen.delete(address));
  }

  /** To be called every `LOOK_MS`. True when some heartbeat will never end. */
  look(): boolean {
    for (const [server, times] of this.#seen) this.#seen.set(server, times + 1);
    return [...this.#seen.values()].some((times) => times > MOST_LOOKS);
  }
}

/** Between two looks, in milliseconds. */
export const LOOK_MS = 10_000;
