import { calculateObjectSize, deserialize, serialize } from 'bson';
import type { BsonDocument } from './bson-document.ts';
import { crc32c } from './crc32c.ts';

const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;
const HEADER_BYTES = 16;
const CHECKSUM_BYTES = 4;
const CHECKSUM_PRESENT = 1;
const MORE_TO_COME = 2;
/** Bits 0 to 15 must be understood by whoever reads the message; the rest may be passed over. */
const REQUIRED_FLAGS = 0xffff;

/** A request as it came, and what is needed to answer it in the same protocol. */
export interface WireRequest {
  readonly requestId: number;
  readonly body: BsonDocument;
  readonly database: string;
  /** The driver waits for no answer: an unacknowledged write. */
  readonly isUnacknowledged: boolean;
  readonly isLegacy: boolean;
}

/**
 * Reads one whole message: OP_MSG with both kinds of section, or the OP_QUERY of the first handshake.
 * @throws Error when the bytes are no such message; the server then drops the connection.
 */
export function readRequest(message: Buffer): WireRequest {
  const requestId = message.readInt32LE(4);
  const opCode = message.readInt32LE(12);
  if (opCode === OP_MSG) return readOpMessage(message, requestId);
  if (opCode === OP_QUERY) return readOpQuery(message, requestId);
  throw new Error(`no reader for messages of opcode ${opCode}`);
}

function readOpMessage(message: Buffer, requestId: number): WireRequest {
  const flags = message.readUInt32LE(HEADER_BYTES);
  if ((flags & REQUIRED_FLAGS & ~(CHECKSUM_PRESENT | MORE_TO_COME)) !== 0) {
    throw new Error(`OP_MSG has required flags that nobody knows: ${flags}`);
  }
  const end = (flags & CHECKSUM_PRESENT) === 0 ? message.length : message.length - CHECKSUM_BYTES;
  if (end !== message.length && message.readUInt32LE(end) !== crc32c(message.subarray(0, end))) {
    throw new Error('the checksum of the message does not match');
  }
  const body = readSections(message.subarray(HEADER_BYTES + 4, end));
  const isUnacknowledged = (flags & MORE_TO_COME) !== 0;
  return { requestId, body, database: String(body['$db']), isUnacknowledged, isLegacy: false };
}

function readSections(bytes: Buffer): BsonDocument {
  let body: BsonDocument | undefined;
  const sequences: Record<string, BsonDocument[]> = {};
  let offset = 0;
  while (offset < bytes.length) {
    const kind = bytes[offset];
    const size = bytes.readInt32LE(offset + 1);
    const section = bytes.subarray(offset + 1, offset + 1 + size);
    if (kind === 0 && body === undefined) body = readDocument(section);
    else if (kind === 1) Object.assign(sequences, readSequence(section));
    else throw new Error(`OP_MSG has a section that it may not have: ${kind}`);
    offset += 1 + size;
  }
  if (body === undefined) throw new Error('OP_MSG has no body');
  return { ...body, ...sequences };
}

function readSequence(section: Buffer): Record<string, BsonDocument[]> {
  const nameEnd = section.indexOf(0, 4);
  const documents: BsonDocument[] = [];
  let offset = nameEnd + 1;
  while (offset < section.length) {
    const size = section.readInt32LE(offset);
    documents.push(readDocument(section.subarray(offset, offset + size)));
    offset += size;
  }
  return { [section.toString('utf8', 4, nameEnd)]: documents };
}

function readOpQuery(message: Buffer, requestId: number): WireRequest {
  const nameEnd = message.indexOf(0, HEADER_BYTES + 4);
  const namespace = message.toString('utf8', HEADER_BYTES + 4, nameEnd);
  const database = namespace.replace(/\.\$cmd$/, '');
  const start = nameEnd + 1 + 8;
  const body = readDocument(message.subarray(start, start + message.readInt32LE(start)));
  return { requestId, body, database, isUnacknowledged: false, isLegacy: true };
}

function readDocument(bytes: Buffer): BsonDocument {
  return deserialize(bytes, { promoteBuffers: false });
}

/** The bytes that answer this request. */
export function writeReply(request: WireRequest, reply: BsonDocument, replyId: number): Buffer {
  const document = serialize(reply, { ignoreUndefined: true });
  const prefix = request.isLegacy ? legacyPrefix() : Buffer.alloc(5);
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeInt32LE(HEADER_BYTES + prefix.length + document.length, 0);
  header.writeInt32LE(replyId, 4);
  header.writeInt32LE(request.requestId, 8);
  header.writeInt32LE(request.isLegacy ? OP_REPLY : OP_MSG, 12);
  return Buffer.concat([header, prefix, document]);
}

/** Flags (the server can await), cursor 0, from document 0, one document. */
function legacyPrefix(): Buffer {
  const prefix = Buffer.alloc(20);
  prefix.writeInt32LE(8, 0);
  prefix.writeInt32LE(1, 16);
  return prefix;
}

/** How many bytes of BSON this document takes. */
export function documentBytes(document: BsonDocument): number {
  return calculateObjectSize(document, { ignoreUndefined: true });
}
