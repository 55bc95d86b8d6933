import type { Clock, Logger } from '@jamie/core';
import type { Db, MongoClient } from 'mongodb';
import type { DatabasePlace } from './mongo-error.ts';
import { MonitorWatch } from './monitor-watch.ts';

export interface MongoLinkOptions {
  /** Makes a client of the driver that connects by itself with its first call. */
  readonly createClient: () => MongoClient;
  readonly place: DatabasePlace;
  readonly clock: Pick<Clock, 'now'>;
  readonly logger: Logger;
}

/** The driver's client of one database, replaced by a new one when it has lost sight of its servers for good. */
export class MongoLink {
  readonly #options: MongoLinkOptions;
  #client: MongoClient;
  #watch: MonitorWatch;

  constructor(options: MongoLinkOptions) {
    this.#options = options;
    this.#client = options.createClient();
    this.#watch = new MonitorWatch(this.#client, options.clock);
  }

  /** The client of this moment: not to be kept over a call. */
  get client(): MongoClient {
    if (this.#watch.isLost()) this.#replace();
    return this.#client;
  }

  get database(): Db {
    return this.client.db(this.#options.place.name);
  }

  async close(): Promise<void> {
    await this.#client.close();
  }

  #replace(): void {
    const { createClient, clock, logger, place } = this.#options;
    logger.error('the driver has lost sight of the database, so it is connected anew', { ...place });
    const lost = this.#client;
    this.#client = createClient();
    this.#watch = new MonitorWatch(this.#client, clock);
    lost.close().catch((error: unknown) => {
      logger.warn('the old client of the database could not be closed', { err: error });
    });
  }
}
