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
    readsAsItself: 'anything',
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
    measures: true,
    logged: async () => ({
      ...(await findRunning(subject, 'logged', 'web:1.0.0')),
      restarted: async () => {
        const place = await findRunning(subject, 'restarted', 'web:crash');
        const query = { ...place, previous: true, tailLines: 10, limitBytes: 1_000 };
        await observe(
          () => connection.reader.readLog(query).catch(() => ''),
          (log) => log !== '',
        );
        return { ...place, text: 'fatal: unexpected condition, giving up' };
      },
    }),
  };
  started.set(subject, { cluster, connection });
  return subject;
}

/** A pod of a Deployment of its own, once it runs. */
async function findRunning({ administer, connection }: ClusterSubject, name: string, image: string) {
  const labels = { app: name };
  await administer('POST', '/apis/apps/v1/namespaces/default/deployments', {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: {
      replicas: 1,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { containers: [{ name: 'web', image: `registry.example/shop/${image}` }] },
      },
    },
  });
  const [pod] = await observe(
    () => connection.reader.list('Pod', { namespace: 'default', labelSelector: `app=${name}` }),
    (pods) => pods[0]?.status?.['phase'] === 'Running',
  );
  return { namespace: 'default', pod: pod?.metadata.name ?? '', container: 'web' };
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
