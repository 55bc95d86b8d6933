import type { Socket } from 'node:net';
import type { BsonDocument } from './bson-document.ts';
import { readRequest, type WireRequest, writeReply } from './wire-message.ts';

/** The largest message that the server says it takes, and so the largest that it reads. */
export const MAX_MESSAGE_BYTES = 48_000_000;

/** What becomes of a request: an answer, or a connection that breaks instead. */
export type WireOutcome =
  | { readonly kind: 'reply'; readonly reply: BsonDocument }
  | { readonly kind: 'drop_connection' };

export interface WireConnectionOptions {
  readonly socket: Socket;
  /** Answers one request; the signal aborts when the connection has gone. */
  answer(request: WireRequest, signal: AbortSignal): Promise<WireOutcome>;
}

let replyId = 0;

/** Reads messages from a socket and answers them one after the other, as a connection of the server does. */
export function serveConnection({ socket, answer }: WireConnectionOptions): void {
  const gone = new AbortController();
  let unread: Buffer = Buffer.alloc(0);
  let lastAnswer: Promise<void> = Promise.resolve();

  const respond = async (message: Buffer): Promise<void> => {
    const request = readRequest(message);
    const outcome = await answer(request, gone.signal);
    if (outcome.kind === 'drop_connection') socket.destroy();
    else if (!request.isUnacknowledged) socket.write(writeReply(request, outcome.reply, ++replyId));
  };

  socket.on('data', (chunk) => {
    unread = unread.length === 0 ? chunk : Buffer.concat([unread, chunk]);
    let size = messageSize(unread);
    while (size !== undefined && size <= unread.length) {
      const message = unread.subarray(0, size);
      unread = unread.subarray(size);
      size = messageSize(unread);
      lastAnswer = lastAnswer.then(() => respond(message)).catch((error: unknown) => breakOff(socket, error));
    }
    if (size !== undefined && size > MAX_MESSAGE_BYTES) socket.destroy();
  });
  socket.on('close', () => gone.abort());
  // A client that resets its connection is a client that has gone: 'close' follows and says all there is to say.
  socket.on('error', () => gone.abort());
}

function breakOff(socket: Socket, error: unknown): void {
  socket.destroy(error instanceof Error ? error : undefined);
}

/** Undefined until the length has arrived. A length that no message can have counts as too large. */
function messageSize(bytes: Buffer): number | undefined {
  if (bytes.length < 4) return undefined;
  const size = bytes.readInt32LE(0);
  return size < 16 ? MAX_MESSAGE_BYTES + 1 : size;
}
