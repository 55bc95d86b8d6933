import type { Clock, ClusterReader, ClusterWriter, Logger, PermitCheck } from '@jamie/core';
import type { ClusterAccess } from './access/cluster-access.ts';
import { GuardedTransport } from './guard/guarded-transport.ts';
import { KubernetesReader } from './reader/kubernetes-reader.ts';
import { HttpTransport } from './transport/http-transport.ts';
import type { TransportLimits } from './transport/limits.ts';
import { KubernetesWriter } from './writer/kubernetes-writer.ts';

export interface ClusterClientOptions {
  /** The cluster's name, as permits name it. */
  readonly cluster: string;
  readonly access: ClusterAccess;
  readonly permits: PermitCheck;
  readonly clock: Clock;
  readonly logger: Logger;
  /** The namespace that we run in: nothing is ever written there. */
  readonly ownNamespace?: string;
  readonly limits?: Partial<TransportLimits>;
  /** See GuardedTransportOptions. Default: only what the cache reads. */
  readonly readsAsItself?: 'cache' | 'anything';
}

/** Reader and writer of one cluster over one guarded transport. */
export interface ClusterClient {
  readonly reader: ClusterReader;
  readonly writer: ClusterWriter;
  readonly transport: GuardedTransport;
  /** Ends all connections. */
  close(): Promise<void>;
}

/** Joins access, transport, guard, reader and writer. Opens no connection before the first request. */
export function createClusterClient(options: ClusterClientOptions): ClusterClient {
  const { access, clock, limits, cluster, permits, logger, ownNamespace, readsAsItself } = options;
  const transport = new GuardedTransport({
    cluster,
    permits,
    logger,
    transport: new HttpTransport({ access, clock, ...(limits === undefined ? {} : { limits }) }),
    ...(ownNamespace === undefined ? {} : { ownNamespace }),
    ...(readsAsItself === undefined ? {} : { readsAsItself }),
  });
  return {
    reader: new KubernetesReader(transport),
    writer: new KubernetesWriter(transport),
    transport,
    close: () => transport.close(),
  };
}
