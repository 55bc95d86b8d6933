import type { ClientSession, Collection, Document } from 'mongodb';
import { type MongoConditions, toFilter } from './mongo-condition.ts';
import { type DatabasePlace, isDuplicateKey, toMongoError } from './mongo-error.ts';

/** What a field holds. Records are held as canonical JSON text, so that no number changes its kind on the way. */
export type MongoField = string | number | boolean | null | Uint8Array | readonly string[];

export interface MongoDocument {
  /** Minted by this program or a number of its own counting. */
  readonly _id: string | number;
  readonly [field: string]: MongoField;
}

export type MongoRow = Readonly<Record<string, unknown>>;

export interface MongoReading {
  /** 1: ascending, -1: descending; in the order of importance. */
  readonly sort?: Readonly<Record<string, 1 | -1>>;
  readonly limit?: number;
  /** Leaves out all other fields but `_id`. */
  readonly fields?: readonly string[];
}

/** One collection. Every method fails with: unavailable, timeout, config_invalid, internal. */
export interface MongoCollection {
  /** In a transaction a duplicate ends it: nothing more may be done there. */
  insert(document: MongoDocument): Promise<'inserted' | 'duplicate'>;
  /** Inserts those whose `_id` is not there, and leaves the others as they are. */
  insertMissing(document: MongoDocument): Promise<void>;
  /** Inserts or replaces by `_id`. */
  put(document: MongoDocument): Promise<void>;
  find(where: MongoConditions, reading?: MongoReading): Promise<readonly MongoRow[]>;
  findFirst(where: MongoConditions, reading?: Omit<MongoReading, 'limit'>): Promise<MongoRow | undefined>;
  /** Sets fields of all that match; `duplicate`: another document has one of the unique values. */
  update(where: MongoConditions, fields: Readonly<Record<string, MongoField>>): Promise<number | 'duplicate'>;
  /** Adds to a number of the one document that matches and gives the document as it is then. */
  increase(where: MongoConditions, field: string, by: number): Promise<MongoRow | undefined>;
  /** Deletes all that match; returns how many. */
  remove(where: MongoConditions): Promise<number>;
}

interface StoredDocument extends Document {
  _id: string | number;
}

/** A collection of the driver behind the narrow face. */
export class DriverCollection implements MongoCollection {
  readonly #find: () => Collection<StoredDocument>;
  readonly #session: ClientSession | undefined;
  readonly #place: DatabasePlace;

  /** `find` gives the driver's collection of the moment. */
  constructor(
    find: () => Collection<StoredDocument>,
    place: DatabasePlace,
    session: ClientSession | undefined,
  ) {
    this.#find = find;
    this.#place = place;
    this.#session = session;
  }

  async insert(document: MongoDocument): Promise<'inserted' | 'duplicate'> {
    const done = await this.#unlessDuplicate(() =>
      this.#collection.insertOne({ ...document }, this.#options),
    );
    return done === 'duplicate' ? 'duplicate' : 'inserted';
  }

  async insertMissing({ _id, ...fields }: MongoDocument): Promise<void> {
    await this.#call(() =>
      this.#collection.updateOne(
        { _id: { $eq: _id } },
        { $setOnInsert: fields },
        { ...this.#options, upsert: true },
      ),
    );
  }

  async put({ _id, ...fields }: MongoDocument): Promise<void> {
    await this.#call(() =>
      this.#collection.replaceOne({ _id: { $eq: _id } }, fields, { ...this.#options, upsert: true }),
    );
  }

  async find(where: MongoConditions, reading: MongoReading = {}): Promise<readonly MongoRow[]> {
    const { sort, limit, fields } = reading;
    const options = {
      ...this.#options,
      ...(sort !== undefined && { sort: { ...sort } }),
      ...(limit !== undefined && { limit }),
      ...(fields !== undefined && { projection: Object.fromEntries(fields.map((field) => [field, 1])) }),
    };
    // The server reads a limit of 0 as none.
    if (limit === 0) return [];
    return this.#call(() => this.#collection.find(toFilter(where), options).toArray());
  }

  async findFirst(
    where: MongoConditions,
    reading: Omit<MongoReading, 'limit'> = {},
  ): Promise<MongoRow | undefined> {
    const [first] = await this.find(where, { ...reading, limit: 1 });
    return first;
  }

  async update(
    where: MongoConditions,
    fields: Readonly<Record<string, MongoField>>,
  ): Promise<number | 'duplicate'> {
    const result = await this.#unlessDuplicate(() =>
      this.#collection.updateMany(toFilter(where), { $set: fields }, this.#options),
    );
    return result === 'duplicate' ? result : result.matchedCount;
  }

  async increase(where: MongoConditions, field: string, by: number): Promise<MongoRow | undefined> {
    const changed = await this.#call(() =>
      this.#collection.findOneAndUpdate(
        toFilter(where),
        { $inc: { [field]: by } },
        { ...this.#options, returnDocument: 'after' },
      ),
    );
    return changed ?? undefined;
  }

  async remove(where: MongoConditions): Promise<number> {
    const { deletedCount } = await this.#call(() =>
      this.#collection.deleteMany(toFilter(where), this.#options),
    );
    return deletedCount;
  }

  get #collection(): Collection<StoredDocument> {
    return this.#find();
  }

  get #options() {
    return this.#session === undefined ? {} : { session: this.#session };
  }

  async #unlessDuplicate<T>(operation: () => Promise<T>): Promise<T | 'duplicate'> {
    return this.#call(async () => {
      try {
        return await operation();
      } catch (error) {
        if (isDuplicateKey(error)) return 'duplicate';
        throw error;
      }
    });
  }

  /** In a transaction the driver's error goes on as it is: who runs the transaction must see its labels. */
  async #call<T>(operation: () => Promise<T>): Promise<T> {
    try {
      return await operation();
    } catch (error) {
      throw this.#session === undefined ? toMongoError(error, this.#place) : error;
    }
  }
}
