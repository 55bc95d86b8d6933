import type { AddressInfo } from 'node:net';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** One client connection and its own to the API server. */
interface Line {
  readonly upstream: Socket;
  /** Bytes that the client has sent and the server has not got. Undefined: they go through. */
  held: Buffer[] | undefined;
}

/**
 * A TCP proxy in front of an API server that can keep what clients send, also beyond their death, and let it go later:
 * a request that was under way when its sender died, and that arrives when somebody else has acted.
 */
export class HoldingProxy {
  readonly #server: Server;
  readonly #lines = new Set<Line>();
  readonly #clients = new Set<Socket>();
  #isHolding = false;

  constructor(upstreamPort: number) {
    this.#server = createServer({ allowHalfOpen: true }, (client) => this.#accept(client, upstreamPort));
  }

  async start(): Promise<number> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return (this.#server.address() as AddressInfo).port;
  }

  /** From now on nothing that clients send goes through, on connections old and new. */
  hold(): void {
    this.#isHolding = true;
    for (const line of this.#lines) line.held ??= [];
  }

  /** Connections that open from now on go through; those that are held stay so. */
  letNewThrough(): void {
    this.#isHolding = false;
  }

  get heldBytes(): number {
    return [...this.#lines].flatMap(({ held }) => held ?? []).reduce((sum, { length }) => sum + length, 0);
  }

  /** Delivers what was held, in order, although its sender may be gone. */
  release(): void {
    for (const line of this.#lines) {
      for (const chunk of line.held ?? []) line.upstream.write(chunk);
      line.held = undefined;
    }
  }

  async stop(): Promise<void> {
    for (const { upstream } of this.#lines) upstream.destroy();
    for (const client of this.#clients) client.destroy();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #accept(client: Socket, upstreamPort: number): void {
    const line: Line = {
      upstream: connect(upstreamPort, '127.0.0.1'),
      held: this.#isHolding ? [] : undefined,
    };
    this.#lines.add(line);
    this.#clients.add(client);
    client.on('data', (chunk: Buffer) => {
      if (line.held === undefined) line.upstream.write(chunk);
      else if (line.held.length > 0) line.held.push(chunk);
      else {
        // All but the last byte: a server closes a connection that is idle, and waits for one that is in mid-request.
        line.upstream.write(chunk.subarray(0, -1));
        line.held.push(chunk.subarray(-1));
      }
    });
    // The server must not learn that its client died: it would drop the request that is to arrive late.
    client.on('error', () => client.destroy());
    client.on('close', () => this.#clients.delete(client));
    line.upstream.on('data', (chunk: Buffer) => {
      if (client.writable) client.write(chunk);
    });
    line.upstream.on('error', () => client.destroy());
    line.upstream.on('close', () => {
      this.#lines.delete(line);
      client.destroy();
    });
  }
}
