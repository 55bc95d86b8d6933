import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** The network between one process and Redis: it can break, be away, and stand still. */
export class LineProxy {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #isAway = false;

  constructor(upstreamPort: number) {
    this.#server = createServer((client) => this.#join(client, upstreamPort));
  }

  async start(): Promise<number> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return (this.#server.address() as AddressInfo).port;
  }

  /** Breaks every connection, and every new one, until `comeBack`. */
  goAway(): void {
    this.#isAway = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  comeBack(): void {
    this.#isAway = false;
  }

  /** The process stands still: what the other end sends stays in the network. */
  pause(): void {
    for (const socket of this.#sockets) socket.pause();
  }

  resume(): void {
    for (const socket of this.#sockets) socket.resume();
  }

  async stop(): Promise<void> {
    this.goAway();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #join(client: Socket, upstreamPort: number): void {
    if (this.#isAway) return void client.destroy();
    const upstream = connect(upstreamPort, '127.0.0.1');
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      this.#sockets.add(from);
      from.setNoDelay(true);
      from.on('data', (chunk: Buffer) => void to.write(chunk));
      from.on('error', () => to.destroy());
      from.on('close', () => {
        this.#sockets.delete(from);
        to.destroy();
      });
    }
  }
}
