import { createPermitOffice, type JsonObject } from '@jamie/core';
import { createDemoCluster, type DemoCluster } from '@jamie/demo-cluster';
import { systemClock } from '@jamie/runtime';
import { RecordingLogger } from '@jamie/testing';
import { type ClusterSubject, clusterContract, observe } from '@jamie/testing/contracts';
import { plainAccess } from './access/plain-access.ts';
import { createClusterConnection, type OpenClusterConnection } from './cluster-connection.ts';

const SILENCE_MS = 1_500;
const started = new Map<
  ClusterSubject,
  { readonly cluster: DemoCluster; readonly connection: OpenClusterConnection }
>();

async function create(): Promise<ClusterSubject> {
  const cluster = createDemoCluster({ clock: systemClock, content: 'empty', timeScale: 5 });
  const { url, adminToken, jamieToken } = await cluster.start();
  const permits = createPermitOffice();
  const connection = createClusterConnection({
    info: { name: 'demo', environment: 'demo', server: url, source: 'demo' },
    access: plainAccess({ url, token: jamieToken }),
    permits,
    clock: systemClock,
    logger: new RecordingLogger(),
    cacheLimits: { silenceMs: SILENCE_MS, watchSeconds: 1 },
  });
  const { controls } = cluster;
  const subject: ClusterSubject = {
    connection,
    permits,
    operator: { user: 'olga', groups: ['jamie-operators'] },
    stranger: { user: 'sam', groups: [] },
    namespace: 'default',
    administer: (method, path, body) => administer(`${url}${path}`, adminToken, method, body),
    observed: () => Promise.resolve(controls.requests().filter(({ user }) => user === 'jamie')),
    faults: {
      dropConnections: () => controls.dropConnections(),
      expireHistory: () => controls.expireHistory(),
      rateLimit: (times) => controls.failNext(429, { times, verb: 'watch' }),
      silenceWatches: () => controls.silenceWatches(),
    },
    logged: async () => {
      const [pod] = await observe(
        () => connection.reader.list('Pod', { namespace: 'default', fieldSelector: 'status.phase=Running' }),
        (pods) => pods.length > 0,
      );
      return { namespace: 'default', pod: pod?.metadata.name ?? '', container: 'web' };
    },
  };
  started.set(subject, { cluster, connection });
  return subject;
}

async function administer(
  url: string,
  token: string,
  method: string,
  body: JsonObject | undefined,
): Promise<void> {
  const response = await fetch(url, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': method === 'PATCH' ? 'application/merge-patch+json' : 'application/json',
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${await response.text()}`);
}

async function destroy(subject: ClusterSubject): Promise<void> {
  const running = started.get(subject);
  await running?.connection.close();
  await running?.cluster.stop();
}

clusterContract({ name: 'demo cluster', create, destroy, silenceMs: SILENCE_MS });
