import type { Clock, Logger } from '@jamie/core';
import type { Db, MongoClient } from 'mongodb';
import type { DatabasePlace } from './mongo-error.ts';
import { LOOK_MS, MonitorWatch } from './monitor-watch.ts';

export interface MongoLinkOptions {
  /** Makes a client of the driver that connects by itself with its first call. */
  readonly createClient: () => MongoClient;
  readonly place: DatabasePlace;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** The driver's client of one database, replaced by a new one when it has lost sight of its servers for good. */
export class MongoLink {
  readonly #options: MongoLinkOptions;
  readonly #closing = new AbortController();
  readonly #watching: Promise<void>;
  #client: MongoClient;
  #watch: MonitorWatch;

  constructor(options: MongoLinkOptions) {
    this.#options = options;
    this.#client = options.createClient();
    this.#watch = new MonitorWatch(this.#client);
    this.#watching = this.#keepWatch(this.#closing.signal);
  }

  /** The client of this moment: not to be kept over a call. */
  get client(): MongoClient {
    return this.#client;
  }

  get database(): Db {
    return this.#client.db(this.#options.place.name);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#watching;
    await this.#client.close();
  }

  async #keepWatch(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      // The only thing that a sleep throws is that it was stopped, which the signal says too.
      await this.#options.clock.sleep(LOOK_MS, signal).catch(() => undefined);
      if (!signal.aborted && this.#watch.look()) await this.#replace();
    }
  }

  async #replace(): Promise<void> {
    const { createClient, logger, place } = this.#options;
    logger.error('the driver has lost sight of the database, so it is connected anew', { ...place });
    const lost = this.#client;
    this.#client = createClient();
    this.#watch = new MonitorWatch(this.#client);
    await lost.close().catch((error: unknown) => {
      logger.warn('the old client of the database could not be closed', { err: error });
    });
  }
}
