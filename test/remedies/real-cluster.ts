import { isEffect } from '../control-plane/audit-log.ts';
import { type ControlPlane, startControlPlane } from '../control-plane/control-plane.ts';
import type { RemedyCluster } from './bench.ts';

const GROUPS = ['payments-operators'];
const PATIENCE_MS = 60_000;
/** Nodes that a scenario adds for itself carry another value. */
const SHARED_NODES = { pool: 'shared' };

/** A real control plane with simulated kubelets. */
export async function startRealRemedies(): Promise<RemedyCluster> {
  const controlPlane = await startControlPlane();
  const send = controlPlane.api();
  const administrator: RemedyCluster['administrator'] = async (call) => {
    const { method, path, body, contentType = 'application/json' } = call;
    const headers = { 'content-type': contentType };
    const answer = await send({
      method,
      path,
      headers,
      timeoutMs: PATIENCE_MS,
      ...(body !== undefined && { body }),
    });
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
    return JSON.parse(answer.text);
  };
  await letOperateNodes(controlPlane);
  await controlPlane.kubectl(['label', 'nodes', '--all', `pool=${SHARED_NODES.pool}`]);
  const letOperate = async (namespace: string): Promise<void> => {
    const role = '--clusterrole=workload-operator';
    await controlPlane.kubectl(['create', 'rolebinding', 'operators', role, ...AS_GROUP, `-n=${namespace}`]);
  };
  return {
    name: 'real',
    kubeconfigPath: controlPlane.kubeconfigPath,
    people: [
      { user: 'alice', groups: GROUPS },
      { user: 'bob', groups: GROUPS },
      { user: 'carol', groups: GROUPS },
    ],
    administrator,
    sharedNodes: SHARED_NODES,
    async createNamespace(name) {
      await controlPlane.kubectl(['create', 'namespace', name]);
      await letOperate(name);
      const path = `/api/v1/namespaces/${name}/serviceaccounts/default`;
      // Pods are refused until their service account is there.
      while ((await send({ method: 'GET', path })).status !== 200) await controlPlane.kubectl(['version']);
    },
    letOperate,
    writes: () =>
      controlPlane
        .auditLog()
        .filter((entry) => entry.user === 'jamie' && isEffect(entry))
        .map(({ verb, resource, namespace = '', name = '' }) => ({ verb, resource, namespace, name })),
    stop: () => controlPlane.stop(),
  };
}

const AS_GROUP = GROUPS.map((group) => `--group=${group}`);

/** People who look after nodes may change them, and look at the pods of every namespace. */
async function letOperateNodes({ kubectl }: ControlPlane): Promise<void> {
  await kubectl(['create', 'clusterrole', 'node-operator', '--verb=patch', '--resource=nodes']);
  for (const role of ['node-operator', 'jamie-reader'])
    await kubectl([
      'create',
      'clusterrolebinding',
      `operators-${role}`,
      `--clusterrole=${role}`,
      ...AS_GROUP,
    ]);
}
