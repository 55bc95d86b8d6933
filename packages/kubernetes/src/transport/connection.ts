import { Pool } from 'undici';
import type { ClusterAccess, ClusterTls } from '../access/cluster-access.ts';
import type { TransportLimits } from './limits.ts';

/** A probe every 15 s of silence finds a dead peer long before a watch's own limit does. */
const KEEP_ALIVE_PROBE_MS = 15_000;
const IDLE_SOCKET_MS = 30_000;

/** What is needed to send one request now. */
export interface ReadyConnection {
  readonly pool: Pool;
  readonly authorization?: string;
}

/** Keep-alive sockets to one API server. A rotated client certificate gets new sockets; old requests finish. */
export class Connection {
  readonly #access: ClusterAccess;
  readonly #limits: TransportLimits;
  #pool: Pool | undefined;
  #tlsKey = '';

  constructor(access: ClusterAccess, limits: TransportLimits) {
    this.#access = access;
    this.#limits = limits;
  }

  async ready(): Promise<ReadyConnection> {
    const { tls, authorization } = await this.#access.credentials();
    const tlsKey = JSON.stringify(tls);
    if (this.#pool === undefined || tlsKey !== this.#tlsKey) {
      const retired = this.#pool;
      this.#pool = this.#createPool(tls);
      this.#tlsKey = tlsKey;
      // Not awaited: it ends when the requests under way end. It cannot fail, and nobody waits for it.
      void retired?.close();
    }
    return authorization === undefined ? { pool: this.#pool } : { pool: this.#pool, authorization };
  }

  async close(): Promise<void> {
    const pool = this.#pool;
    this.#pool = undefined;
    await pool?.destroy();
  }

  #createPool(tls: ClusterTls): Pool {
    const { connectMs, headersMs, bodyIdleMs, connections } = this.#limits;
    return new Pool(new URL(this.#access.server).origin, {
      connections,
      pipelining: 1,
      headersTimeout: headersMs,
      bodyTimeout: bodyIdleMs,
      keepAliveTimeout: IDLE_SOCKET_MS,
      connect: {
        timeout: connectMs,
        keepAlive: true,
        keepAliveInitialDelay: KEEP_ALIVE_PROBE_MS,
        ...tlsOptions(tls),
      },
    });
  }
}

function tlsOptions(tls: ClusterTls): Record<string, unknown> {
  const { skipVerify, ...given } = tls;
  return skipVerify === true ? { ...given, rejectUnauthorized: false } : { ...given };
}
