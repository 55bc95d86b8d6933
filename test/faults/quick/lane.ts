import { type ClusterInfo, createPermitOffice, type SnapshotSource } from '@jamie/core';
import { createClusterConnection, type OpenClusterConnection, plainAccess } from '@jamie/kubernetes';
import { systemClock } from '@jamie/runtime';
import { type MongodbDouble, RecordingLogger, startMongodbDouble } from '@jamie/testing';
import { type RedisServer, startRedis } from '../../support/redis-server.ts';
import type { Backend } from '../backends/backend.ts';
import type { ApiUpstream } from './api-proxy.ts';

/** The API server of many trials, and one cache of it: what trials break is the way of each process to the server. */
export interface Site {
  readonly backend: Backend;
  readonly api: ApiUpstream & { readonly token: string };
  readonly info: ClusterInfo;
  readonly snapshots: SnapshotSource;
  close(): Promise<void>;
}

interface Kubeconfig {
  readonly clusters: readonly [
    { readonly cluster: { readonly server: string; readonly 'certificate-authority-data'?: string } },
  ];
  readonly users: readonly [{ readonly user: { readonly token: string } }];
}

/** Opens what all trials on a backend share. */
export function openSite(backend: Backend): Site {
  const { clusters, users } = JSON.parse(backend.kubeconfig()) as Kubeconfig;
  const { server: url, 'certificate-authority-data': authority } = clusters[0].cluster;
  const { token } = users[0].user;
  const info: ClusterInfo = { name: 'test', environment: 'development', server: url, source: 'kubeconfig' };
  const connection: OpenClusterConnection = createClusterConnection({
    ...{ info, permits: createPermitOffice(), clock: systemClock, logger: new RecordingLogger() },
    access: plainAccess({ url, token, ...(authority !== undefined && { caData: authority }) }),
  });
  return {
    backend,
    api: {
      ...{ url, token },
      ...(authority !== undefined && { caData: Buffer.from(authority, 'base64').toString('utf8') }),
    },
    info,
    snapshots: connection.snapshots,
    close: () => connection.close(),
  };
}

/** The servers of one trial at a time. They are started when the first trial asks for them, and outlive it. */
export class Lane {
  #redis: Promise<RedisServer> | undefined;
  #mongodb: Promise<MongodbDouble> | undefined;

  redis(): Promise<RedisServer> {
    this.#redis ??= startRedis();
    return this.#redis;
  }

  mongodb(): Promise<MongodbDouble> {
    this.#mongodb ??= startMongodbDouble();
    return this.#mongodb;
  }

  /** Ends the servers; the next trial gets fresh ones. */
  async close(): Promise<void> {
    const [redis, mongodb] = [this.#redis, this.#mongodb];
    this.#redis = undefined;
    this.#mongodb = undefined;
    await (await redis)?.stop();
    await (await mongodb)?.stop();
  }
}
