import type { ClusterConnection, ClusterInfo } from '@jamie/core';
import type { CacheLimits } from './cache/cache-limits.ts';
import { createSnapshotSource } from './cache/snapshot-source.ts';
import { type ClusterClientOptions, createClusterClient } from './cluster-client.ts';

export interface ClusterConnectionOptions extends Omit<ClusterClientOptions, 'cluster'> {
  readonly info: ClusterInfo;
  readonly cacheLimits?: Partial<CacheLimits>;
  /** Numbers from 0 to 1, for jitter. Default: Math.random. */
  readonly random?: () => number;
}

/** A connection that can be ended. */
export interface OpenClusterConnection extends ClusterConnection {
  /** Ends the cache's watches and all sockets. */
  close(): Promise<void>;
}

/** Everything about one cluster: reader, writer and cache over one guarded transport. Opens nothing by itself. */
export function createClusterConnection(options: ClusterConnectionOptions): OpenClusterConnection {
  const { info, clock, logger, cacheLimits, random } = options;
  const client = createClusterClient({ ...options, cluster: info.name });
  const snapshots = createSnapshotSource({
    cluster: info.name,
    transport: client.transport,
    clock,
    logger,
    ...(random === undefined ? {} : { random }),
    ...(cacheLimits === undefined ? {} : { limits: cacheLimits }),
  });
  return {
    info,
    reader: client.reader,
    writer: client.writer,
    snapshots,
    async close() {
      await snapshots.stop();
      await client.close();
    },
  };
}
