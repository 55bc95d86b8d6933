import type { ClientSession } from 'mongodb';
import { DriverCollection, type MongoCollection } from './mongo-collection.ts';
import { type DatabasePlace, toMongoError } from './mongo-error.ts';
import type { MongoLink } from './mongo-link.ts';
import type { MongoCollectionName } from './mongo-schema.ts';
import { runTransaction, type TransactionOptions } from './mongo-transaction.ts';

/** Where collections are found: the database, or one transaction on it. */
export interface MongoCollections {
  collection(name: MongoCollectionName): MongoCollection;
}

/** What answers there, for people who look after it. */
export interface MongoServerFacts {
  readonly version: string;
  /** Absent behind the router of a sharded cluster. */
  readonly replicaSet?: {
    readonly name: string;
    /** Those that hold data, whether or not they are up. */
    readonly members: number;
  };
}

/** One connection pool to the database of this program. */
export interface MongoDatabase extends MongoCollections {
  /** For people: the hosts and the name, without credentials. */
  readonly place: DatabasePlace;
  /**
   * Runs `body` in one transaction of snapshot reads, committed to a majority's journals when `holds` (default: always)
   * says so of its value. Body may run several times. What it throws undoes everything.
   * Fails with: unavailable and timeout (nothing was written, unless the details say `outcome: unknown`), internal.
   */
  transaction<T>(
    body: (collections: MongoCollections) => Promise<T>,
    holds?: (value: T) => boolean,
  ): Promise<T>;
  /** Asks the primary who it is. Fails with unavailable when none answers. */
  describe(): Promise<MongoServerFacts>;
  close(): Promise<void>;
}

export interface DriverDatabaseOptions extends TransactionOptions {
  readonly link: MongoLink;
}

export class DriverDatabase implements MongoDatabase {
  readonly place: DatabasePlace;
  readonly #options: DriverDatabaseOptions;

  constructor(options: DriverDatabaseOptions) {
    this.#options = options;
    this.place = options.place;
  }

  collection(name: MongoCollectionName): MongoCollection {
    return this.#collection(name, undefined);
  }

  transaction<T>(
    body: (collections: MongoCollections) => Promise<T>,
    holds: (value: T) => boolean = () => true,
  ): Promise<T> {
    return runTransaction(
      this.#options,
      (session) => body({ collection: (name) => this.#collection(name, session) }),
      holds,
    );
  }

  async describe(): Promise<MongoServerFacts> {
    try {
      const [hello, { version }] = await Promise.all([
        this.#options.link.database.command({ hello: 1 }),
        this.#options.link.database.command({ buildInfo: 1 }),
      ]);
      const { setName, hosts = [], passives = [] } = hello;
      return {
        version: String(version),
        ...(typeof setName === 'string' && {
          replicaSet: { name: setName, members: hosts.length + passives.length },
        }),
      };
    } catch (error) {
      throw toMongoError(error, this.place);
    }
  }

  async close(): Promise<void> {
    await this.#options.link.close();
  }

  #collection(name: MongoCollectionName, session: ClientSession | undefined): MongoCollection {
    return new DriverCollection(() => this.#options.link.database.collection(name), this.place, session);
  }
}
