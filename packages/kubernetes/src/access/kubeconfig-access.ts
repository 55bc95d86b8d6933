import { existsSync } from 'node:fs';
import type * as https from 'node:https';
import { type Clock, OpsError } from '@jamie/core';
import type { KubeConfig } from '@kubernetes/client-node';
import type { ClusterAccess, ClusterCredentials } from './cluster-access.ts';
import { parseServerUrl } from './server-url.ts';

export interface KubeconfigAccessOptions {
  /** The kubeconfig's own text, or the files of which the first that has the context is taken. */
  readonly source: { readonly text: string } | { readonly paths: readonly string[] };
  /** The context that somebody named. There is no default: the current context is never taken by itself. */
  readonly context: string;
  readonly clock: Clock;
  /** Used instead of the kubeconfig's server, for example behind a tunnel. */
  readonly server?: string;
}

/** Credential plugins may print a new token at any time; asking the client this often costs nothing. */
const CREDENTIALS_FRESH_MS = 30_000;
/** A credential plugin that opens a browser and waits must not hold a request for ever. */
const CREDENTIALS_TIMEOUT_MS = 20_000;

/**
 * Access through one named context of a kubeconfig. Parsing and credentials (tokens, client certificates, exec
 * plugins, token files) are client-node's, loaded here and only now because loading it costs most of a second.
 * Throws `config_invalid` with what is wrong and what to do.
 */
export async function kubeconfigAccess(options: KubeconfigAccessOptions): Promise<ClusterAccess> {
  const config = await loadContext(options);
  const cluster = config.getCurrentCluster();
  const user = config.getCurrentUser();
  if (cluster === null) throw unusable(options, `its cluster is not in the file`);
  if (user === null) throw unusable(options, `its user is not in the file`);
  if (cluster.proxyUrl !== undefined)
    throw unusable(options, 'it goes through proxy-url, which is not supported');
  if (user.impersonateUser !== undefined && user.impersonateUser !== null) {
    throw unusable(
      options,
      'its user acts as somebody else ("as"), which would hide who acts; name the real user',
    );
  }
  const server = parseServerUrl(options.server ?? cluster.server);
  return new KubeconfigAccess(server, config, options.clock);
}

class KubeconfigAccess implements ClusterAccess {
  readonly server: string;
  readonly #config: KubeConfig;
  readonly #clock: Clock;
  #known: { readonly credentials: ClusterCredentials; readonly at: number } | undefined;
  #pending: Promise<ClusterCredentials> | undefined;

  constructor(server: string, config: KubeConfig, clock: Clock) {
    this.server = server;
    this.#config = config;
    this.#clock = clock;
  }

  async credentials(): Promise<ClusterCredentials> {
    if (this.#known !== undefined && this.#clock.now() - this.#known.at < CREDENTIALS_FRESH_MS) {
      return this.#known.credentials;
    }
    this.#pending ??= this.#fetch().finally(() => {
      this.#pending = undefined;
    });
    return await this.#pending;
  }

  refused(): void {
    this.#known = undefined;
  }

  async #fetch(): Promise<ClusterCredentials> {
    const options: https.RequestOptions = {};
    const done = new AbortController();
    const late = this.#clock.sleep(CREDENTIALS_TIMEOUT_MS, done.signal).then(
      () => {
        throw new Error(`nothing within ${CREDENTIALS_TIMEOUT_MS / 1000} s`);
      },
      () => undefined,
    );
    try {
      await Promise.race([this.#config.applyToHTTPSOptions(options), late]);
    } catch (error) {
      throw new OpsError('unavailable', 'the kubeconfig gave no credentials', {
        userMessage: `No credentials for ${this.server}: the kubeconfig's credential plugin failed. Run kubectl once with this context to see why.`,
        details: { server: this.server },
        cause: error,
      });
    } finally {
      done.abort();
    }
    const credentials = toCredentials(options);
    this.#known = { credentials, at: this.#clock.now() };
    return credentials;
  }
}

async function loadContext(options: KubeconfigAccessOptions): Promise<KubeConfig> {
  const { KubeConfig: Config } = await import('@kubernetes/client-node');
  const loaded = 'text' in options.source ? [parseText(new Config(), options)] : loadFiles(Config, options);
  const config = loaded.find((candidate) => candidate.getContextObject(options.context) !== null);
  if (config === undefined) {
    const names = loaded.flatMap((candidate) => candidate.getContexts().map((context) => context.name));
    throw unusable(options, `there is no such context. There are: ${names.join(', ') || 'none'}`);
  }
  config.setCurrentContext(options.context);
  // client-node refuses http unless verification is off; parseServerUrl allows it on loopback only.
  const cluster = config.getCurrentCluster();
  if (cluster?.server.startsWith('http:')) Object.assign(cluster, { skipTLSVerify: true });
  return config;
}

function parseText(config: KubeConfig, options: KubeconfigAccessOptions): KubeConfig {
  try {
    if ('text' in options.source) config.loadFromString(options.source.text);
    return config;
  } catch (error) {
    throw unusable(options, 'the text cannot be read as a kubeconfig', error);
  }
}

function loadFiles(Config: new () => KubeConfig, options: KubeconfigAccessOptions): readonly KubeConfig[] {
  const paths = 'paths' in options.source ? options.source.paths.filter((path) => existsSync(path)) : [];
  if (paths.length === 0) throw unusable(options, 'the file does not exist');
  return paths.map((path) => {
    const config = new Config();
    try {
      config.loadFromFile(path);
    } catch (error) {
      throw unusable(options, `${path} cannot be read as a kubeconfig`, error);
    }
    return config;
  });
}

function toCredentials(options: https.RequestOptions): ClusterCredentials {
  const authorization = authorizationOf(options);
  const tls = {
    ...textMember('ca', options.ca),
    ...textMember('cert', options.cert),
    ...textMember('key', options.key),
    ...textMember('passphrase', options.passphrase),
    ...textMember('servername', options.servername),
    ...(options.rejectUnauthorized === false ? { skipVerify: true } : {}),
  };
  return authorization === undefined ? { tls } : { tls, authorization };
}

function authorizationOf(options: https.RequestOptions): string | undefined {
  const headers = options.headers as Readonly<Record<string, unknown>> | undefined;
  const header = headers?.['Authorization'];
  if (typeof header === 'string') return header;
  return typeof options.auth === 'string'
    ? `Basic ${Buffer.from(options.auth).toString('base64')}`
    : undefined;
}

function textMember(name: string, value: unknown): Record<string, string> {
  if (typeof value === 'string') return { [name]: value };
  return Buffer.isBuffer(value) ? { [name]: value.toString('utf8') } : {};
}

function unusable(options: KubeconfigAccessOptions, why: string, cause?: unknown): OpsError {
  const place = 'paths' in options.source ? options.source.paths.join(', ') : 'the given kubeconfig';
  return new OpsError('config_invalid', 'the kubeconfig context cannot be used', {
    userMessage: `Context "${options.context}" of ${place} cannot be used: ${why}.`,
    details: { context: options.context, why },
    cause,
  });
}
