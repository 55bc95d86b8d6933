import { createDemoCluster } from '@jamie/demo-cluster';
import { systemClock } from '@jamie/runtime';
import { sendOverHttp } from '../../control-plane/api-client.ts';
import type { Backend } from './backend.ts';
import { deploymentsOf } from './deployments.ts';

const NAMESPACE = 'default';
/** The cluster shares its process with much else. */
const PATIENCE_MS = 120_000;
const WRITES: ReadonlySet<string> = new Set(['create', 'update', 'patch', 'delete']);

/** The demo cluster in this process, so that it outlives the processes that are killed. */
export async function startDemoBackend(): Promise<Backend> {
  const cluster = createDemoCluster({ clock: systemClock, content: 'empty', timeScale: 5 });
  const { url, adminToken, jamieToken } = await cluster.start();
  const deployments = deploymentsOf(NAMESPACE, (method, path, body) =>
    sendOverHttp(url, {
      method,
      path,
      timeoutMs: PATIENCE_MS,
      headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }),
  );
  const port = Number(new URL(url).port);
  return {
    name: 'demo',
    namespace: NAMESPACE,
    person: { user: 'ada', groups: ['jamie-operators'] },
    port,
    kubeconfig: (throughPort = port) =>
      JSON.stringify({
        apiVersion: 'v1',
        kind: 'Config',
        clusters: [{ name: 'test', cluster: { server: `http://127.0.0.1:${throughPort}` } }],
        users: [{ name: 'test', user: { token: jamieToken } }],
        contexts: [{ name: 'test', context: { cluster: 'test', user: 'test' } }],
      }),
    createDeployment: (name, replicas) => deployments.create(name, replicas),
    readDeployment: (name) => deployments.read(name),
    deleteDeployment: (name) => deployments.delete(name),
    async writesTo(name) {
      return cluster.controls
        .requests()
        .filter(
          (request) =>
            request.resource === 'deployments' &&
            request.name === name &&
            WRITES.has(request.verb) &&
            request.verb !== 'create' &&
            !request.isDryRun,
        )
        .map(({ verb, code }) => ({ verb, code }));
    },
    stop: () => cluster.stop(),
  };
}
