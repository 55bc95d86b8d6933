import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createDemoCluster } from '@jamie/demo-cluster';
import { systemClock } from '@jamie/runtime';
import { createTemporaryDirectory } from '@jamie/testing';
import { sendOverHttp } from '../control-plane/api-client.ts';
import type { TestCluster } from './test-cluster.ts';

const WRITES: ReadonlySet<string> = new Set(['create', 'update', 'patch', 'delete']);
const NAMESPACE = 'default';

export interface DemoTestCluster extends TestCluster {
  stop(): Promise<void>;
}

/**
 * The demo company in the process of the test, reached by the program through a kubeconfig: so the test can count
 * requests, and the cluster outlives the program. Time runs ten times as fast.
 */
export async function startDemoTestCluster(): Promise<DemoTestCluster> {
  const cluster = createDemoCluster({ clock: systemClock, timeScale: 10 });
  const { url, adminToken, jamieToken } = await cluster.start();
  const directory = createTemporaryDirectory();
  const kubeconfigPath = join(directory.path, 'kubeconfig');
  writeFileSync(kubeconfigPath, kubeconfig(url, jamieToken), { mode: 0o600 });
  return {
    kubeconfigPath,
    namespace: NAMESPACE,
    async administrator({ method, path, body, contentType = 'application/json' }) {
      const answer = await sendOverHttp(url, {
        method,
        path,
        headers: { authorization: `Bearer ${adminToken}`, 'content-type': contentType },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
      return JSON.parse(answer.text);
    },
    effectsOn: (deployment) =>
      cluster.controls
        .requests()
        .filter(
          ({ user, resource, namespace, name, verb, isDryRun, code }) =>
            user === 'jamie' &&
            resource === 'deployments' &&
            namespace === NAMESPACE &&
            name === deployment &&
            WRITES.has(verb) &&
            !isDryRun &&
            code < 300,
        )
        .map(({ verb, subresource, impersonatedUser }) => ({
          verb,
          ...(subresource !== undefined && { subresource }),
          ...(impersonatedUser !== undefined && { impersonatedUser }),
        })),
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

/** Who is who on the demo cluster. */
export const DEMO_PEOPLE = {
  requester: { user: 'ada', groups: ['jamie-operators'] },
  approver: { user: 'bob', groups: ['jamie-operators'] },
  stranger: { user: 'eve', groups: ['jamie-viewers'] },
} as const;
