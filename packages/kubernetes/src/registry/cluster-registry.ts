import {
  type Clock,
  type ClusterConnection,
  type ClusterInfo,
  type Clusters,
  type Logger,
  OpsError,
  type PermitCheck,
  toOpsError,
} from '@jamie/core';
import { openText, sealText } from '@jamie/runtime';
import type { ClusterAccess } from '../access/cluster-access.ts';
import { kubeconfigAccess } from '../access/kubeconfig-access.ts';
import { lazyAccess } from '../access/lazy-access.ts';
import { type PlainAccessOptions, plainAccess } from '../access/plain-access.ts';
import { parseServerUrl } from '../access/server-url.ts';
import type { CacheLimits } from '../cache/cache-limits.ts';
import { createClusterClient } from '../cluster-client.ts';
import { createClusterConnection, type OpenClusterConnection } from '../cluster-connection.ts';
import type { TransportLimits } from '../transport/limits.ts';
import { type RegisteredCluster, readClusterFile, sealContext, writeClusterFile } from './cluster-file.ts';
import { pickContext } from './pick-context.ts';

export type RegisteredEnvironment = RegisteredCluster['environment'];

export interface ClusterRegistryOptions {
  /** Where registered clusters are stored. */
  readonly file: string;
  /** 32 bytes that encrypt their credentials. Without it nothing can be registered. */
  readonly credentialsKey?: Uint8Array;
  /** Contexts that somebody named, in order; the first is the default cluster. */
  readonly kubeconfig?: { readonly paths: readonly string[]; readonly contexts: readonly string[] };
  /** What each kubeconfig context is; production where nothing is said. */
  readonly environments?: Readonly<Record<string, RegisteredEnvironment>>;
  readonly demo?: PlainAccessOptions & { readonly name: string };
  readonly permits: PermitCheck;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly ownNamespace?: string;
  readonly limits?: Partial<TransportLimits>;
  readonly cacheLimits?: Partial<CacheLimits>;
}

/** What `jamie cluster add` gives. */
export interface ClusterRegistration {
  readonly name: string;
  /** The API server as people reach it; overrides the kubeconfig's. */
  readonly server?: string;
  readonly kubeconfigText: string;
  /** Needed where the kubeconfig has several contexts. */
  readonly contextName?: string;
  readonly environment?: RegisteredEnvironment;
}

/** The known clusters, and how they become more or fewer. */
export interface ClusterRegistry extends Clusters {
  /**
   * Adds a cluster after having reached it. Fails with invalid_input (name, URL, kubeconfig), conflict (name taken),
   * config_invalid (no key), forbidden (credentials not accepted), unavailable or timeout (not reached).
   */
  register(registration: ClusterRegistration): Promise<ClusterInfo>;
  /** Forgets a registered cluster and ends its connections. Fails with not_found or invalid_input (configured elsewhere). */
  remove(name: string): Promise<void>;
  /** Ends all connections. */
  close(): Promise<void>;
}

interface Entry {
  readonly info: ClusterInfo;
  readonly access: ClusterAccess;
  connection?: OpenClusterConnection;
}

const NAME = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * Opens the registry. Contexts are checked now, so that a wrong name ends the start and not the first question;
 * no cluster is contacted. Throws `config_invalid`.
 */
export async function createClusters(options: ClusterRegistryOptions): Promise<ClusterRegistry> {
  const entries: Entry[] = [];
  const { paths = [], contexts = [] } = options.kubeconfig ?? {};
  for (const name of contexts) {
    const access = await kubeconfigAccess({ source: { paths }, context: name, clock: options.clock });
    const environment = options.environments?.[name] ?? 'production';
    entries.push({ access, info: { name, environment, server: access.server, source: 'kubeconfig' } });
  }
  const registered = await readClusterFile(options.file);
  for (const cluster of registered) {
    if (entries.some(({ info }) => info.name === cluster.name)) throw takenTwice(cluster.name);
    entries.push(registeredEntry(cluster, options));
  }
  if (options.demo !== undefined) {
    const access = plainAccess(options.demo);
    const info: ClusterInfo = {
      name: options.demo.name,
      environment: 'demo',
      server: access.server,
      source: 'demo',
    };
    entries.push({ access, info });
  }
  return new Registry(options, entries, registered);
}

class Registry implements ClusterRegistry {
  readonly #options: ClusterRegistryOptions;
  readonly #entries: Map<string, Entry>;
  #registered: readonly RegisteredCluster[];
  /** Changes of the file come one after the other. */
  #change: Promise<unknown> = Promise.resolve();

  constructor(
    options: ClusterRegistryOptions,
    entries: readonly Entry[],
    registered: readonly RegisteredCluster[],
  ) {
    this.#options = options;
    this.#entries = new Map(entries.map((entry) => [entry.info.name, entry]));
    this.#registered = registered;
  }

  list(): readonly ClusterInfo[] {
    return [...this.#entries.values()].map(({ info }) => info);
  }

  connect(name?: string): ClusterConnection {
    const [first] = this.#entries.keys();
    const entry = this.#entries.get(name ?? first ?? '');
    if (entry === undefined) throw this.#unknown(name);
    entry.connection ??= createClusterConnection({
      ...this.#options,
      info: entry.info,
      access: entry.access,
    });
    return entry.connection;
  }

  register(registration: ClusterRegistration): Promise<ClusterInfo> {
    return this.#inTurn(() => this.#register(registration));
  }

  remove(name: string): Promise<void> {
    return this.#inTurn(() => this.#remove(name));
  }

  async close(): Promise<void> {
    await Promise.all([...this.#entries.values()].map(({ connection }) => connection?.close()));
  }

  async #register(registration: ClusterRegistration): Promise<ClusterInfo> {
    const { name, environment = 'production' } = registration;
    const key = requireKey(this.#options.credentialsKey);
    if (!NAME.test(name)) throw badName(name);
    if (this.#entries.has(name)) throw nameTaken(name);
    const picked = pickContext(registration.kubeconfigText, registration.contextName);
    const server = registration.server === undefined ? picked.server : parseServerUrl(registration.server);
    const draft = { name, server, environment, context: picked.context };
    await this.#reach(draft, picked.text);
    const cluster = { ...draft, credentials: sealText(picked.text, sealContext(draft), key) };
    const registered = [...this.#registered, cluster];
    await writeClusterFile(this.#options.file, registered);
    this.#registered = registered;
    const entry = registeredEntry(cluster, this.#options);
    this.#entries.set(name, entry);
    return entry.info;
  }

  async #remove(name: string): Promise<void> {
    const entry = this.#entries.get(name);
    if (entry === undefined) throw this.#unknown(name);
    if (entry.info.source !== 'registered') throw configuredElsewhere(entry.info);
    const registered = this.#registered.filter((cluster) => cluster.name !== name);
    await writeClusterFile(this.#options.file, registered);
    this.#registered = registered;
    this.#entries.delete(name);
    await entry.connection?.close();
  }

  /** One cheap read with the given credentials: what cannot be reached now is not worth storing. */
  async #reach(cluster: Omit<RegisteredCluster, 'credentials'>, text: string): Promise<void> {
    const { clock } = this.#options;
    const source = { source: { text }, context: cluster.context, server: cluster.server, clock };
    const access = await kubeconfigAccess(source);
    const client = createClusterClient({ ...this.#options, cluster: cluster.name, access });
    try {
      await client.reader.version();
    } catch (error) {
      const { code, userMessage, message, details } = toOpsError(error);
      const why = userMessage ?? message;
      throw new OpsError(code, 'the cluster to be added does not answer', {
        userMessage: `"${cluster.name}" was not added. ${why}`,
        details,
        cause: error,
      });
    } finally {
      await client.close();
    }
  }

  #unknown(name: string | undefined): OpsError {
    const known = [...this.#entries.keys()];
    const userMessage =
      known.length === 0
        ? 'No cluster is connected. Name a kubeconfig context in CLUSTERS, or run "jamie cluster add".'
        : `There is no cluster "${name}". Known: ${known.join(', ')}.`;
    return new OpsError('not_found', 'no such cluster', { userMessage, details: { name, known } });
  }

  #inTurn<T>(change: () => Promise<T>): Promise<T> {
    const result = this.#change.then(change);
    this.#change = result.catch(() => undefined);
    return result;
  }
}

function registeredEntry(cluster: RegisteredCluster, options: ClusterRegistryOptions): Entry {
  const { name, server, environment, context } = cluster;
  const access = lazyAccess(server, async () => {
    const text = openText(cluster.credentials, sealContext(cluster), requireKey(options.credentialsKey), {
      name: `credentials of the cluster "${cluster.name}"`,
      mend: 'remove the cluster and add it again',
    });
    return await kubeconfigAccess({ source: { text }, context, server, clock: options.clock });
  });
  return { access, info: { name, environment, server, source: 'registered' } };
}

function requireKey(key: Uint8Array | undefined): Uint8Array {
  if (key !== undefined) return key;
  throw new OpsError('config_invalid', 'there is no key for cluster credentials', {
    userMessage:
      'Credentials of clusters are stored encrypted only, and there is no key. Make one with "openssl rand -base64 32", set CLUSTER_CREDENTIALS_KEY to it and start again.',
  });
}

function badName(name: string): OpsError {
  return new OpsError('invalid_input', 'not a cluster name', {
    userMessage: `"${name}" cannot be a cluster's name: use up to 63 lower-case letters, digits and "-".`,
    details: { name },
  });
}

function nameTaken(name: string): OpsError {
  return new OpsError('conflict', 'the cluster name is taken', {
    userMessage: `There is a cluster "${name}" already. Choose another name, or remove that one first.`,
    details: { name },
  });
}

function takenTwice(name: string): OpsError {
  return new OpsError('config_invalid', 'two clusters have the same name', {
    userMessage: `"${name}" is both a context in CLUSTERS and a registered cluster. Remove one of them.`,
    details: { name },
  });
}

function configuredElsewhere(info: ClusterInfo): OpsError {
  const where = info.source === 'demo' ? 'set DEMO_CLUSTER to off' : 'take it out of CLUSTERS';
  return new OpsError('invalid_input', 'the cluster was not registered here', {
    userMessage: `"${info.name}" was not added with "jamie cluster add"; ${where} instead.`,
    details: { name: info.name, source: info.source },
  });
}
