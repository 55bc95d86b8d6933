import type { KubernetesIdentity } from '@jamie/core';

/**
 * One HTTP request to an API server, before it is bytes. It has no free headers: what may be said is said by
 * the named fields, so that the guard beneath sees everything that will be sent.
 */
export interface ApiRequest {
  readonly method: string;
  /** Absolute path without query, exactly as it will be sent. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly contentType?: string;
  readonly body?: string;
  /** Act for somebody: sent as Impersonate-User and Impersonate-Group. */
  readonly as?: KubernetesIdentity;
  /** What this request belongs to, for example a plan id. Seen in the API server's audit log (user agent). */
  readonly correlation?: string;
  /** Largest response body in bytes; more is refused. Default: the transport's limit. */
  readonly maxBytes?: number;
  /** How often a repeatable request may be sent in all. Default: the transport's limit. */
  readonly attempts?: number;
  readonly signal?: AbortSignal;
}

/** A response that goes on: a watch. */
export interface ApiStream {
  /** Byte chunks as they arrive; throws OpsError when the connection breaks. */
  readonly chunks: AsyncIterable<Uint8Array>;
  /** Ends the connection. Safe to call at any time, more than once. */
  abort(): void;
}

/** Sends requests to one API server. Every failure is an OpsError. */
export interface ApiTransport {
  /** The body of a 2xx response. */
  send(request: ApiRequest): Promise<string>;
  /** Waits for 2xx headers, then streams. Never retried. */
  open(request: ApiRequest): Promise<ApiStream>;
  /** Ends all connections; requests under way fail with `cancelled`. */
  close(): Promise<void>;
}
