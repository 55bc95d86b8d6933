import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { AddressInfo } from 'node:net';

/** Answers in the API server's place. */
export interface CannedAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/**
 * Stands between the program and a cluster's API server: gives every log the text that a test wants, puts words into
 * messages, and answers with errors of its own where a test asks for them.
 */
export class LeakyProxy {
  /** The text of every log. */
  log = '';
  /** Replaced in what the API server says, within a line. */
  readonly replacements = new Map<string, string>();
  /** Bearer tokens that stand for others at the target. */
  readonly tokens = new Map<string, string>();
  /** What to answer instead of asking; undefined asks. */
  answerInstead: (method: string, path: string) => CannedAnswer | undefined = () => undefined;
  readonly #target: URL;
  readonly #ca: string | undefined;
  readonly #server: Server;

  /** `ca`: the certificate authority of the target as PEM, where it speaks HTTPS. */
  constructor(target: string, ca?: string) {
    this.#target = new URL(target);
    this.#ca = ca;
    this.#server = createServer((asked, answer) => this.#handle(asked, answer));
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return this.url;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #handle(asked: IncomingMessage, answer: ServerResponse): void {
    const path = asked.url ?? '/';
    const canned = this.answerInstead(asked.method ?? 'GET', path) ?? this.#logOf(path);
    if (canned === undefined) {
      this.#forward(asked, answer);
      return;
    }
    asked.resume();
    answer.writeHead(canned.status, { 'content-type': canned.contentType }).end(canned.body);
  }

  #logOf(path: string): CannedAnswer | undefined {
    if (!/\/pods\/[^/]+\/log(?:\?|$)/.test(path)) return undefined;
    return { status: 200, contentType: 'text/plain', body: this.log };
  }

  #forward(asked: IncomingMessage, answer: ServerResponse): void {
    const { 'accept-encoding': _plain, host: _ours, ...kept } = asked.headers;
    const headers = { ...kept, ...this.#authorization(asked) };
    const send = this.#target.protocol === 'https:' ? httpsRequest : httpRequest;
    const { hostname, port } = this.#target;
    const { method, url: path } = asked;
    const onward = send(
      { hostname, port, method, path, headers, ...(this.#ca !== undefined && { ca: this.#ca }) },
      (said) => {
        const { 'content-length': _changed, ...rest } = said.headers;
        answer.writeHead(said.statusCode ?? 502, rest);
        let line = '';
        said.setEncoding('utf8');
        said.on('data', (text: string) => {
          const lines = (line + text).split('\n');
          line = lines.pop() ?? '';
          for (const whole of lines) answer.write(`${this.#replace(whole)}\n`);
        });
        said.on('end', () => answer.end(this.#replace(line)));
        said.on('error', () => answer.destroy());
      },
    );
    onward.on('error', () => answer.destroy());
    answer.on('close', () => onward.destroy());
    asked.pipe(onward);
  }

  #authorization({ headers: { authorization = '' } }: IncomingMessage): { readonly authorization?: string } {
    const token = this.tokens.get(authorization.replace(/^Bearer /, ''));
    return token === undefined ? {} : { authorization: `Bearer ${token}` };
  }

  #replace(text: string): string {
    let replaced = text;
    for (const [from, to] of this.replacements) replaced = replaced.replaceAll(from, to);
    return replaced;
  }
}
