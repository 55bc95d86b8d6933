import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';

const ANSWER_WITHIN_MS = 90_000;
const POLL_MS = 50;

/** The HTTP API and its socket, with every byte that they answer kept. */
export class RecordingApi {
  readonly answers: string[] = [];
  readonly frames: string[] = [];
  readonly conversationKey = `canaries-${randomUUID()}`;
  readonly #origin: string;
  readonly #headers: Readonly<Record<string, string>>;
  #socket: WebSocket | undefined;

  constructor(link: string) {
    const address = new URL(link);
    this.#origin = address.origin;
    this.#headers = {
      authorization: `Bearer ${address.searchParams.get('token')}`,
      'content-type': 'application/json',
    };
  }

  /** Opens the socket and listens to this conversation. */
  async listen(): Promise<void> {
    const url = `${this.#origin.replace('http', 'ws')}/ws`;
    const socket = new WebSocket(url, { headers: { ...this.#headers, origin: this.#origin } });
    socket.on('message', (data) => this.frames.push(String(data)));
    await once(socket, 'open');
    socket.send(JSON.stringify({ type: 'subscribe', conversationKey: this.conversationKey }));
    this.#socket = socket;
  }

  close(): void {
    this.#socket?.terminate();
  }

  /** The text that a call is answered with, whatever its status. */
  async call(path: string, body?: unknown, method = body === undefined ? 'GET' : 'POST'): Promise<string> {
    const answer = await fetch(new URL(path, this.#origin), {
      method,
      headers: this.#headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = `${answer.status} ${JSON.stringify([...answer.headers])} ${await answer.text()}`;
    this.answers.push(text);
    return text;
  }

  /** Hands something in, and waits until the conversation holds its answer. */
  async ask(text: string, form: 'command' | 'sentence' = 'command'): Promise<string> {
    const key = randomUUID();
    const submitted = await this.call('/v1/requests', {
      text,
      form,
      conversationKey: this.conversationKey,
      idempotencyKey: key,
    });
    const requestId = /"requestId":"([^"]+)"/.exec(submitted)?.[1];
    if (requestId === undefined) throw new Error(`not taken: ${submitted}`);
    const deadline = Date.now() + ANSWER_WITHIN_MS;
    while (Date.now() < deadline) {
      const transcript = await this.call(`/v1/conversations/${this.conversationKey}`);
      if (isAnswered(transcript, requestId)) return transcript;
      await sleep(POLL_MS);
    }
    throw new Error(`no answer to ${text}`);
  }
}

function isAnswered(transcript: string, requestId: string): boolean {
  const { messages } = JSON.parse(transcript.slice(transcript.indexOf('] {') + 2)) as {
    messages: readonly { message: { requestId: string; author: string } }[];
  };
  return messages.some(({ message }) => message.requestId === requestId && message.author === 'jamie');
}
