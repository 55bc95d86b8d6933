import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { OpsError } from '@jamie/core';
import type { InstallDesk } from './install-desk.ts';

export interface InstallServerOptions {
  readonly desk: InstallDesk;
  /** 0 takes a free port. */
  readonly port: number;
  /** Default 127.0.0.1: a proxy with TLS stands in front. */
  readonly host?: string;
}

/** A server for installations alone, where Slack reaches us over a socket. */
export interface InstallServer {
  /** Fails with unavailable when the port cannot be used. */
  start(): Promise<void>;
  stop(): Promise<void>;
  readonly port: number;
}

export function createInstallServer(options: InstallServerOptions): InstallServer {
  const { desk, port, host = '127.0.0.1' } = options;
  const server = createServer((request, response) => {
    void desk.answer(request, response);
  });
  server.requestTimeout = 10_000;
  server.headersTimeout = 5_000;
  return {
    get port() {
      return (server.address() as AddressInfo | null)?.port ?? port;
    },
    start: () =>
      new Promise((resolve, reject) => {
        server.once('error', (cause) => {
          const userMessage = `The port ${port} for installations cannot be used. Choose another with SLACK_HTTP_PORT.`;
          reject(new OpsError('unavailable', 'the install server cannot listen', { userMessage, cause }));
        });
        server.listen(port, host, () => resolve());
      }),
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
