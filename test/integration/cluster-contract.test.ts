import { createPermitOffice } from '@jamie/core';
import { createClusterConnection, kubeconfigAccess, type OpenClusterConnection } from '@jamie/kubernetes';
import { systemClock } from '@jamie/runtime';
import { RecordingLogger } from '@jamie/testing';
import {
  type ClusterSubject,
  clusterContract,
  type LoggedContainer,
  observe,
} from '@jamie/testing/contracts';
import type { ControlPlane } from '../control-plane/control-plane.ts';
import { describeOnControlPlane } from '../control-plane/describe-control-plane.ts';
import { applySeed, createTestNamespace } from '../control-plane/test-namespace.ts';

const connections = new Map<ClusterSubject, OpenClusterConnection>();

async function createSubject(controlPlane: ControlPlane): Promise<ClusterSubject> {
  const { kubeconfigPath, url } = controlPlane;
  const permits = createPermitOffice();
  const connection = createClusterConnection({
    info: { name: 'real', environment: 'development', server: url, source: 'kubeconfig' },
    access: await kubeconfigAccess({
      source: { paths: [kubeconfigPath] },
      context: 'test',
      clock: systemClock,
    }),
    permits,
    clock: systemClock,
    logger: new RecordingLogger(),
    readsAsItself: 'anything',
  });
  const namespace = await createTestNamespace(controlPlane);
  const administrator = controlPlane.api();
  const subject: ClusterSubject = {
    connection,
    permits,
    operator: { user: 'bob', groups: ['payments-operators'] },
    stranger: { user: 'carol', groups: [] },
    namespace,
    async administer(method, path, body) {
      const headers = method === 'PATCH' ? { 'content-type': 'application/merge-patch+json' } : {};
      const { status, text } = await administrator({ method, path, headers, body });
      if (status >= 300) throw new Error(`${method} ${path}: ${status} ${text}`);
    },
    async observed() {
      return controlPlane
        .auditLog()
        .filter(({ user }) => user === 'jamie')
        .map(({ verb, uri, impersonatedUser }) => ({
          verb,
          path: uri,
          ...(impersonatedUser !== undefined && { impersonatedUser }),
        }));
    },
    logged: () => findLoggedContainer(controlPlane, connection),
  };
  connections.set(subject, connection);
  return subject;
}

/** kwok serves one file as the log of every container that has none of its own; what is added to it is a new line. */
async function findLoggedContainer(
  controlPlane: ControlPlane,
  connection: OpenClusterConnection,
): Promise<LoggedContainer> {
  const namespace = await createTestNamespace(controlPlane);
  await applySeed(controlPlane, namespace, ['healthy', 'crash-loop']);
  await controlPlane.kubectl(['rollout', 'status', 'deployment/storefront', `--namespace=${namespace}`]);
  const podOf = async (app: string) => {
    const [pod] = await observe(
      () => connection.reader.list('Pod', { namespace, labelSelector: `app=${app}` }),
      (pods) => pods.length > 0,
    );
    return { namespace, pod: pod?.metadata.name ?? 'none', container: app };
  };
  return {
    ...(await podOf('storefront')),
    write: (line) => controlPlane.writeLog(line),
    restarted: async () => ({ ...(await podOf('checkout')), text: 'giving up after 3 attempts' }),
  };
}

describeOnControlPlane('the Kubernetes adapter', (controlPlane) => {
  clusterContract({
    name: 'real API server',
    create: () => createSubject(controlPlane()),
    destroy: async (subject) => connections.get(subject)?.close(),
  });
});
