import { type Clock, isOpsError, OpsError } from '@jamie/core';
import type { Dispatcher } from 'undici';
import type { ClusterAccess } from '../access/cluster-access.ts';
import { toStatusError } from './api-error.ts';
import type { ApiRequest, ApiStream, ApiTransport } from './api-request.ts';
import { Connection } from './connection.ts';
import { toConnectionError } from './connection-error.ts';
import { decideRetry, parseRetryAfter } from './decide-retry.ts';
import { DEFAULT_LIMITS, type TransportLimits } from './limits.ts';
import { openStream } from './open-stream.ts';
import { readBody } from './read-body.ts';
import { requestHeaders, requestPath } from './request-head.ts';

export interface HttpTransportOptions {
  readonly access: ClusterAccess;
  readonly clock: Clock;
  readonly limits?: Partial<TransportLimits>;
}

const MAX_ERROR_BYTES = 256 * 1024;

/** The one place that sends HTTP to an API server. It decides nothing about what may be sent: see the guard. */
export class HttpTransport implements ApiTransport {
  readonly #access: ClusterAccess;
  readonly #clock: Clock;
  readonly #limits: TransportLimits;
  readonly #connection: Connection;

  constructor(options: HttpTransportOptions) {
    this.#access = options.access;
    this.#clock = options.clock;
    this.#limits = { ...DEFAULT_LIMITS, ...options.limits };
    this.#connection = new Connection(options.access, this.#limits);
  }

  send(request: ApiRequest): Promise<string> {
    return this.#withinTotal(request, async (signal) => {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await this.#sendOnce(request, signal);
        } catch (error) {
          if (!isOpsError(error)) throw error;
          const decision = decideRetry(request, error, attempt, this.#limits);
          if (decision.kind === 'give_up') throw error;
          await this.#clock.sleep(decision.delayMs, signal);
        }
      }
    });
  }

  async open(request: ApiRequest): Promise<ApiStream> {
    const abort = new AbortController();
    const signal =
      request.signal === undefined ? abort.signal : AbortSignal.any([request.signal, abort.signal]);
    const response = await this.#dispatch(request, signal, 0);
    return openStream(response.body, abort, (error) =>
      toConnectionError(request, this.#access.server, error),
    );
  }

  close(): Promise<void> {
    return this.#connection.close();
  }

  async #sendOnce(request: ApiRequest, signal: AbortSignal): Promise<string> {
    const response = await this.#dispatch(request, signal, this.#limits.bodyIdleMs);
    try {
      return await readBody(response.body, request.maxBytes ?? this.#limits.maxBytes);
    } catch (error) {
      throw toConnectionError(request, this.#access.server, error);
    }
  }

  /** Sends once and returns a 2xx response whose body is still to be read. */
  async #dispatch(
    request: ApiRequest,
    signal: AbortSignal,
    bodyTimeout: number,
  ): Promise<Dispatcher.ResponseData> {
    const { pool, authorization } = await this.#connection.ready();
    const response = await pool
      .request({
        method: request.method as Dispatcher.HttpMethod,
        path: requestPath(this.#access.server, request),
        headers: requestHeaders(request, authorization),
        body: request.body ?? null,
        bodyTimeout,
        signal,
      })
      .catch((error: unknown) => {
        throw toConnectionError(request, this.#access.server, error);
      });
    if (response.statusCode >= 200 && response.statusCode < 300) return response;
    if (response.statusCode === 401) this.#access.refused();
    throw await this.#refusal(request, response);
  }

  async #refusal(request: ApiRequest, response: Dispatcher.ResponseData): Promise<OpsError> {
    // The status says what happened even where the body breaks off or is too large.
    const body = await readBody(response.body, MAX_ERROR_BYTES).catch(() => '');
    const header = response.headers['retry-after'];
    const retryAfterMs = parseRetryAfter(Array.isArray(header) ? header[0] : header, this.#clock.now());
    return toStatusError(request, {
      status: response.statusCode,
      body,
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    });
  }

  async #withinTotal(request: ApiRequest, run: (signal: AbortSignal) => Promise<string>): Promise<string> {
    const done = new AbortController();
    const late = new AbortController();
    const signals = request.signal === undefined ? [late.signal] : [late.signal, request.signal];
    this.#clock.sleep(this.#limits.totalMs, done.signal).then(
      () => late.abort(),
      () => undefined,
    );
    try {
      return await run(AbortSignal.any(signals));
    } catch (error) {
      if (!late.signal.aborted) throw error;
      throw new OpsError('timeout', 'the API server did not answer in time', {
        userMessage: `The cluster at ${this.#access.server} did not answer within ${this.#limits.totalMs / 1000} s.`,
        details: { method: request.method, path: request.path, totalMs: this.#limits.totalMs },
        cause: error,
      });
    } finally {
      done.abort();
    }
  }
}
