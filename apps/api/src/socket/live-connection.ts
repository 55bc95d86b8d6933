import { OpsError, type ShownMessage } from '@jamie/core';
import type { WebSocket } from 'ws';
import type { ApiContext } from '../api-options.ts';
import { toErrorAnswer } from '../error-answer.ts';
import type { Credentials } from '../security/credentials.ts';
import { submitFor } from '../submit.ts';
import { type ClientFrame, parseClientFrame, type ServerFrame } from './socket-frames.ts';

/** A client that reads slower than this far behind is let go; it comes back and reads the transcript. */
const MAX_BUFFERED_BYTES = 4 * 1024 * 1024;
const WINDOW_MS = 10_000;
const MAX_FRAMES_PER_WINDOW = 100;

/** Close codes of RFC 6455 §7.4.1. */
export const CLOSE = { goingAway: 1001, policyViolation: 1008, tryAgainLater: 1013 } as const;

/** One open WebSocket: what it may do, and which conversation it watches. */
export class LiveConnection {
  readonly #socket: WebSocket;
  readonly #context: ApiContext;
  readonly #credentials: Credentials;
  #isAuthenticated: boolean;
  #conversationKey: string | undefined;
  #windowStartedAt = 0;
  #framesInWindow = 0;
  /** Whether the peer has been heard since the last heartbeat. */
  isAlive = true;

  constructor(socket: WebSocket, context: ApiContext, credentials: Credentials, isAuthenticated: boolean) {
    this.#socket = socket;
    this.#context = context;
    this.#credentials = credentials;
    this.#isAuthenticated = isAuthenticated;
  }

  get isAuthenticated(): boolean {
    return this.#isAuthenticated;
  }

  /** Pushes the message when this connection watches its conversation. */
  show(shown: ShownMessage): void {
    const { place } = shown.conversation;
    if (place.surface !== 'local' || place.key !== this.#conversationKey) return;
    this.#send({ type: 'message', shown });
  }

  /** Handles one frame. Never throws: the peer is told, or let go. */
  async receive(text: string): Promise<void> {
    if (this.#isFlooding()) {
      this.#socket.close(CLOSE.policyViolation, 'too many messages');
      return;
    }
    const frame = parseClientFrame(text);
    try {
      if (frame === undefined) throw notUnderstood();
      await this.#handle(frame);
    } catch (error) {
      this.#send({ type: 'error', ...toErrorAnswer(error, this.#context).body });
    }
  }

  async #handle(frame: ClientFrame): Promise<void> {
    if (frame.type === 'authenticate') return this.#authenticate(frame.token);
    if (!this.#isAuthenticated) {
      this.#socket.close(CLOSE.policyViolation, 'authenticate first');
      return;
    }
    if (frame.type === 'subscribe') {
      this.#conversationKey = frame.conversationKey;
      this.#send({ type: 'subscribed', conversationKey: frame.conversationKey });
      return;
    }
    const { type: _type, ...submission } = frame;
    const submitted = await submitFor(this.#context, this.#context.directory.localPerson, submission);
    const { idempotencyKey } = frame;
    this.#send({
      type: 'submitted',
      ...submitted,
      ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
    });
  }

  #authenticate(token: string): void {
    if (!this.#credentials.isToken(token)) {
      this.#socket.close(CLOSE.policyViolation, 'wrong token');
      return;
    }
    this.#isAuthenticated = true;
    this.#send({ type: 'authenticated' });
  }

  #isFlooding(): boolean {
    const now = this.#context.clock.now();
    if (now - this.#windowStartedAt >= WINDOW_MS) {
      this.#windowStartedAt = now;
      this.#framesInWindow = 0;
    }
    this.#framesInWindow += 1;
    return this.#framesInWindow > MAX_FRAMES_PER_WINDOW;
  }

  #send(frame: ServerFrame): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    if (this.#socket.bufferedAmount > MAX_BUFFERED_BYTES) {
      this.#socket.terminate();
      return;
    }
    this.#socket.send(JSON.stringify(frame));
  }
}

function notUnderstood(): OpsError {
  return new OpsError('invalid_input', 'frame not understood', {
    userMessage:
      'The frame was not understood. Send JSON with a type of authenticate, subscribe or submit, and the fields it needs.',
  });
}
