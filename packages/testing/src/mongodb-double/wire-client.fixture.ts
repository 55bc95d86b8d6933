import { connect, type Socket } from 'node:net';
import { deserialize, serialize } from 'bson';
import type { BsonDocument } from './bson-document.ts';
import { crc32c } from './crc32c.ts';

const OP_MSG = 2013;
const OP_QUERY = 2004;

/** A client of a few lines that sends exactly the bytes that a test wants. */
export interface WireClient {
  /** Sends a command as OP_MSG and gives the answer. */
  ask(body: BsonDocument): Promise<BsonDocument>;
  /** Sends a command with its documents in a section of kind 1, and a checksum that may be wrong. */
  askInSections(
    body: BsonDocument,
    documents: readonly BsonDocument[],
    checksum?: number,
  ): Promise<BsonDocument>;
  /** Sends a command byte by byte. */
  askInPieces(body: BsonDocument): Promise<BsonDocument>;
  /** Sends a command that wants no answer. */
  tell(body: BsonDocument): void;
  /** Sends the OP_QUERY of the first handshake. */
  askLegacy(body: BsonDocument): Promise<BsonDocument>;
  write(bytes: Buffer): void;
  /** Resolves when the server has closed the connection. */
  readonly closed: Promise<void>;
  close(): void;
}

/** Connects to the server of a `mongodb://host:port/` URL. */
export function connectWire(url: string): WireClient {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  const answers = answersOf(socket);
  const closed = new Promise<void>((resolve) => {
    socket.once('close', () => resolve());
  });
  const ask = async (bytes: Buffer): Promise<BsonDocument> => {
    socket.write(bytes);
    return await Promise.race([
      answers(),
      closed.then(() => Promise.reject(new Error('the server closed the connection'))),
    ]);
  };
  return {
    ask: (body) => ask(opMessage(0, [bodySection(body)])),
    askInSections(body, documents, checksum) {
      const sections = [bodySection(body), sequenceSection('documents', documents)];
      return ask(withChecksum(opMessage(1, sections), checksum));
    },
    async askInPieces(body) {
      const message = opMessage(0, [bodySection(body)]);
      for (const byte of message.subarray(0, -1)) {
        await new Promise((resolve) => socket.write(Buffer.from([byte]), resolve));
      }
      return await ask(message.subarray(-1));
    },
    tell: (body) => void socket.write(opMessage(2, [bodySection(body)])),
    askLegacy: (body) => ask(opQuery(body)),
    write: (bytes) => void socket.write(bytes),
    closed,
    close: () => void socket.destroy(),
  };
}

function answersOf(socket: Socket): () => Promise<BsonDocument> {
  let unread = Buffer.alloc(0);
  const arrived: BsonDocument[] = [];
  const waiting: ((answer: BsonDocument) => void)[] = [];
  socket.on('data', (chunk) => {
    unread = Buffer.concat([unread, chunk]);
    while (unread.length >= 4 && unread.length >= unread.readInt32LE(0)) {
      const size = unread.readInt32LE(0);
      const prefix = unread.readInt32LE(12) === OP_MSG ? 21 : 36;
      arrived.push(deserialize(unread.subarray(prefix, size)));
      unread = unread.subarray(size);
    }
    while (arrived.length > 0 && waiting.length > 0) waiting.shift()?.(arrived.shift() as BsonDocument);
  });
  return () =>
    new Promise((resolve) => {
      const answer = arrived.shift();
      if (answer === undefined) waiting.push(resolve);
      else resolve(answer);
    });
}

function bodySection(body: BsonDocument): Buffer {
  return Buffer.concat([Buffer.from([0]), serialize({ ...body, $db: body['$db'] ?? 'tests' })]);
}

function sequenceSection(name: string, documents: readonly BsonDocument[]): Buffer {
  const content = Buffer.concat([
    Buffer.from(`${name}\0`),
    ...documents.map((document) => serialize(document)),
  ]);
  const size = Buffer.alloc(5);
  size.writeUInt8(1, 0);
  size.writeInt32LE(content.length + 4, 1);
  return Buffer.concat([size, content]);
}

function opMessage(flags: number, sections: readonly Buffer[]): Buffer {
  const flagBits = Buffer.alloc(4);
  flagBits.writeUInt32LE(flags, 0);
  return withHeader(OP_MSG, Buffer.concat([flagBits, ...sections]), flags & 1 ? 4 : 0);
}

function withChecksum(message: Buffer, checksum: number = crc32c(message)): Buffer {
  const trailer = Buffer.alloc(4);
  trailer.writeUInt32LE(checksum, 0);
  return Buffer.concat([message, trailer]);
}

function opQuery(body: BsonDocument): Buffer {
  const numbers = Buffer.alloc(8);
  numbers.writeInt32LE(-1, 4);
  return withHeader(
    OP_QUERY,
    Buffer.concat([Buffer.alloc(4), Buffer.from('admin.$cmd\0'), numbers, serialize(body)]),
    0,
  );
}

function withHeader(opCode: number, content: Buffer, trailerBytes: number): Buffer {
  const header = Buffer.alloc(16);
  header.writeInt32LE(16 + content.length + trailerBytes, 0);
  header.writeInt32LE(1, 4);
  header.writeInt32LE(opCode, 12);
  return Buffer.concat([header, content]);
}
