import { startControlPlane } from '../../control-plane/control-plane.ts';
import { formatKubeconfig } from '../../control-plane/credentials.ts';
import { createTestNamespace } from '../../control-plane/test-namespace.ts';
import type { Backend } from './backend.ts';
import { deploymentsOf } from './deployments.ts';

const WRITES: ReadonlySet<string> = new Set(['update', 'patch', 'delete']);

/** One real control plane for the whole run; writes are counted in its own audit log. */
export async function startRealBackend(): Promise<Backend> {
  const controlPlane = await startControlPlane();
  const namespace = await createTestNamespace(controlPlane, { prefix: 'faults' });
  const administrator = controlPlane.api();
  const deployments = deploymentsOf(namespace, (method, path, body) =>
    administrator({ method, path, ...(body !== undefined && { body }) }),
  );
  const port = Number(new URL(controlPlane.url).port);
  return {
    name: 'real',
    namespace,
    person: { user: 'bob', groups: ['payments-operators'] },
    port,
    kubeconfig: (throughPort = port) =>
      formatKubeconfig(
        { url: `https://127.0.0.1:${throughPort}`, caData: controlPlane.caData },
        controlPlane.userTokens.jamie,
      ),
    createDeployment: (name, replicas) => deployments.create(name, replicas),
    readDeployment: (name) => deployments.read(name),
    deleteDeployment: (name) => deployments.delete(name),
    async writesTo(name) {
      return controlPlane
        .auditLog()
        .filter(
          (request) =>
            request.resource === 'deployments' &&
            request.name === name &&
            WRITES.has(request.verb) &&
            !request.isDryRun,
        )
        .map(({ verb, code }) => ({ verb, code }));
    },
    stop: () => controlPlane.stop(),
  };
}
