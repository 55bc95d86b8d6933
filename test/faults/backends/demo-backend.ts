import { createDemoCluster } from '@jamie/demo-cluster';
import { systemClock } from '@jamie/runtime';
import { sendOverHttp } from '../../control-plane/api-client.ts';
import { type Backend, isOfTrial } from './backend.ts';
import { type Administer, contentTypeOf, deploymentsOf } from './deployments.ts';

const NAMESPACE = 'default';
/** The cluster shares its process with much else. */
const PATIENCE_MS = 120_000;
/** The user of the program under test, and in what group people may change things. */
const SERVICE = 'jamie';
const GROUPS = ['jamie-operators'];
const WRITES: ReadonlySet<string> = new Set(['create', 'update', 'patch', 'delete']);

/** The demo cluster in this process, so that it outlives the processes that are killed. */
export async function startDemoBackend(): Promise<Backend> {
  const cluster = createDemoCluster({ clock: systemClock, content: 'empty', timeScale: 5 });
  const { url, adminToken, jamieToken } = await cluster.start();
  const administer: Administer = (method, path, body) =>
    sendOverHttp(url, {
      method,
      path,
      timeoutMs: PATIENCE_MS,
      headers: { authorization: `Bearer ${adminToken}`, 'content-type': contentTypeOf(method) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  const deployments = deploymentsOf(NAMESPACE, administer);
  const port = Number(new URL(url).port);
  return {
    name: 'demo',
    namespace: NAMESPACE,
    person: { user: 'ada', groups: GROUPS },
    approvers: ['bea', 'cid'].map((user) => ({ user, groups: GROUPS })),
    administer,
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
    async writesOf(trial) {
      return cluster.controls
        .requests()
        .filter(
          ({ user, verb, isDryRun, name }) =>
            user === SERVICE && WRITES.has(verb) && !isDryRun && isOfTrial(trial, name),
        )
        .map(({ verb, resource, subresource, name = '', code }) => ({
          verb,
          resource: [resource, subresource].filter((part) => part !== undefined).join('/'),
          name,
          code,
        }));
    },
    deleteImage: (image) => cluster.controls.deleteImage(image),
    // Its kubelet ends what an image says that ends.
    endPod: async () => undefined,
    stop: () => cluster.stop(),
  };
}
