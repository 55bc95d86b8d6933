import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createDemoCluster } from '@jamie/demo-cluster';
import { systemClock } from '@jamie/runtime';
import { createTemporaryDirectory } from '@jamie/testing';
import { sendOverHttp } from '../control-plane/api-client.ts';
import type { RemedyCluster } from './bench.ts';

const WRITES: ReadonlySet<string> = new Set(['create', 'update', 'patch', 'delete']);
const GROUPS = ['jamie-operators'];
const PATIENCE_MS = 60_000;

/** The demo company with its own faults. `namespaces`: where the people may operate beside its teams'. */
export async function startDemoRemedies(namespaces: readonly string[]): Promise<RemedyCluster> {
  const rules = [
    { verbs: ['*'], groups: ['', 'apps', 'batch', 'autoscaling'], resources: ['*'], namespaces },
  ];
  const cluster = createDemoCluster({
    clock: systemClock,
    timeScale: 5,
    roles: [{ name: 'remedies', rules, userGroups: GROUPS }],
  });
  const { url, adminToken, jamieToken } = await cluster.start();
  const directory = createTemporaryDirectory();
  const kubeconfigPath = join(directory.path, 'kubeconfig');
  writeFileSync(kubeconfigPath, kubeconfig(url, jamieToken), { mode: 0o600 });
  const administrator: RemedyCluster['administrator'] = async (call) => {
    const { method, path, body, contentType = 'application/json' } = call;
    const answer = await sendOverHttp(url, {
      method,
      path,
      timeoutMs: PATIENCE_MS,
      headers: { authorization: `Bearer ${adminToken}`, 'content-type': contentType },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
    return JSON.parse(answer.text);
  };
  return {
    name: 'demo',
    kubeconfigPath,
    people: [
      { user: 'ada', groups: GROUPS },
      { user: 'bob', groups: GROUPS },
      { user: 'cid', groups: GROUPS },
    ],
    administrator,
    sharedNodes: {},
    async createNamespace(name) {
      const body = { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
      await administrator({ method: 'POST', path: '/api/v1/namespaces', body });
    },
    letOperate: async () => undefined,
    writes: () =>
      cluster.controls
        .requests()
        .filter(
          ({ user, resource = '', verb, isDryRun, code }) =>
            user === 'jamie' &&
            WRITES.has(verb) &&
            !isDryRun &&
            code < 300 &&
            !resource.endsWith('accessreviews'),
        )
        .map(({ verb, resource = '', namespace = '', name = '' }) => ({ verb, resource, namespace, name })),
    async stop() {
      await cluster.stop();
      directory.remove();
    },
  };
}

function kubeconfig(server: string, token: string): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'test', cluster: { server } }],
    users: [{ name: 'test', user: { token } }],
    contexts: [{ name: 'test', context: { cluster: 'test', user: 'test' } }],
  });
}
