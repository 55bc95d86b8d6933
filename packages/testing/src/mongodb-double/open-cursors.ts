import { Long } from 'bson';
import type { BsonDocument } from './bson-document.ts';
import { CommandError } from './command-error.ts';

/** The server's default number of documents in the first batch. */
const FIRST_BATCH_DOCUMENTS = 101;
/** A batch ends before the document that would take it past this, as an answer may not be larger. */
const MAX_BATCH_BYTES = 16_777_216;

interface OpenCursor {
  readonly namespace: string;
  readonly rest: readonly BsonDocument[];
}

export interface CursorPage {
  readonly namespace: string;
  readonly documents: readonly BsonDocument[];
  /** Documents in the first batch; absent: the server's default. */
  readonly batchSize: number | undefined;
  /** Close the cursor after the first batch, whatever is left. */
  readonly singleBatch?: boolean;
}

/** Results that clients have not fetched whole. What a cursor shows was settled when it was opened. */
export class OpenCursors {
  readonly #cursors = new Map<number, OpenCursor>();
  readonly #sizeOf: (document: BsonDocument) => number;
  #lastId = 0;

  constructor(sizeOf: (document: BsonDocument) => number) {
    this.#sizeOf = sizeOf;
  }

  get count(): number {
    return this.#cursors.size;
  }

  /** The `cursor` of a command's answer: the first batch, and an id when there is more. */
  open({ namespace, documents, batchSize = FIRST_BATCH_DOCUMENTS, singleBatch }: CursorPage): BsonDocument {
    const { batch, rest } = this.#cut(documents, batchSize);
    let id = 0;
    if (rest.length > 0 && singleBatch !== true) {
      this.#lastId += 1;
      id = this.#lastId;
      this.#cursors.set(id, { namespace, rest });
    }
    return { id: Long.fromNumber(id), ns: namespace, firstBatch: batch };
  }

  /** @throws CommandError when the cursor is not open, or is another collection's. */
  next(id: number, namespace: string, batchSize: number | undefined): BsonDocument {
    const cursor = this.#cursors.get(id);
    if (cursor === undefined) throw new CommandError(43, `cursor id ${id} not found`);
    if (cursor.namespace !== namespace) {
      throw new CommandError(
        13,
        `Requested getMore on namespace '${namespace}', but cursor belongs to '${cursor.namespace}'`,
      );
    }
    const { batch, rest } = this.#cut(cursor.rest, batchSize ?? Number.POSITIVE_INFINITY);
    if (rest.length === 0) this.#cursors.delete(id);
    else this.#cursors.set(id, { namespace, rest });
    return { id: Long.fromNumber(rest.length === 0 ? 0 : id), ns: namespace, nextBatch: batch };
  }

  /** Says whether the cursor was open. */
  close(id: number): boolean {
    return this.#cursors.delete(id);
  }

  closeAll(): void {
    this.#cursors.clear();
  }

  #cut(documents: readonly BsonDocument[], batchSize: number) {
    let bytes = 0;
    let count = 0;
    for (const document of documents) {
      bytes += this.#sizeOf(document);
      if (count >= batchSize || (count > 0 && bytes > MAX_BATCH_BYTES)) break;
      count += 1;
    }
    return { batch: documents.slice(0, count), rest: documents.slice(count) };
  }
}
