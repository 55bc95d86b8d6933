/** What TLS needs to know to reach one API server. PEM texts. */
export interface ClusterTls {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly passphrase?: string;
  readonly servername?: string;
  /** True only where a kubeconfig says `insecure-skip-tls-verify`. */
  readonly skipVerify?: boolean;
}

/** How we prove to the API server who we are, at one moment. */
export interface ClusterCredentials {
  readonly tls: ClusterTls;
  /** The whole Authorization header; absent with a client certificate or without credentials. */
  readonly authorization?: string;
}

/**
 * One API server and our credentials for it. Credentials may expire, so they are asked for before each request;
 * implementations answer from memory while they are good.
 */
export interface ClusterAccess {
  /** Base URL without a trailing slash; may carry a path prefix. */
  readonly server: string;
  /** Fails with config_invalid (nothing usable) or unavailable (a credential plugin failed). */
  credentials(): Promise<ClusterCredentials>;
  /** Tells that the API server refused the credentials (401), so that the next call fetches new ones. */
  refused(): void;
}
