import { type ControlPlane, startControlPlane } from '../../control-plane/control-plane.ts';
import { formatKubeconfig } from '../../control-plane/credentials.ts';
import { createTestNamespace } from '../../control-plane/test-namespace.ts';
import { type Backend, isOfTrial } from './backend.ts';
import { type Administer, contentTypeOf, deploymentsOf } from './deployments.ts';

const WRITES: ReadonlySet<string> = new Set(['update', 'patch', 'delete']);
/** The user of the program under test, and in what group people may change things. */
const SERVICE = 'jamie';
const GROUPS = ['payments-operators'];
/** The control plane starts, and its programs share two cores with the trials. */
const PATIENCE_MS = 60_000;

/** One real control plane for the whole run; writes are counted in its own audit log. */
export async function startRealBackend(): Promise<Backend> {
  const controlPlane = await startControlPlane();
  const namespace = await createTestNamespace(controlPlane, { prefix: 'faults' });
  const administrator = controlPlane.api();
  const administer: Administer = (method, path, body) =>
    administrator({
      method,
      path,
      timeoutMs: PATIENCE_MS,
      ...(body !== undefined && { body, headers: { 'content-type': contentTypeOf(method) } }),
    });
  await letDrain(controlPlane);
  const deployments = deploymentsOf(namespace, administer);
  const port = Number(new URL(controlPlane.url).port);
  return {
    name: 'real',
    namespace,
    person: { user: 'bob', groups: GROUPS },
    approvers: ['alice', 'carol'].map((user) => ({ user, groups: GROUPS })),
    administer,
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
    async writesOf(trial) {
      return controlPlane
        .auditLog()
        .filter(
          ({ user, verb, isDryRun, name }) =>
            user === SERVICE &&
            (WRITES.has(verb) || verb === 'create') &&
            !isDryRun &&
            isOfTrial(trial, name),
        )
        .toSorted((one, other) => (one.receivedAt < other.receivedAt ? -1 : 1))
        .map(({ verb, resource, subresource, name = '', code }) => ({
          verb,
          resource: subresource === undefined ? resource : `${resource}/${subresource}`,
          name,
          code,
        }));
    },
    async endPod(name) {
      const path = `/api/v1/namespaces/${namespace}/pods/${name}/status`;
      await administer('PATCH', path, { status: { phase: 'Succeeded' } });
    },
    stop: () => controlPlane.stop(),
  };
}

/** People who drain a node cordon it, and look at the pods of every namespace that are on it. */
async function letDrain({ kubectl }: ControlPlane): Promise<void> {
  const group = `--group=${GROUPS[0]}`;
  await kubectl(['create', 'clusterrole', 'faults-cordon', '--verb=patch', '--resource=nodes']);
  for (const role of ['faults-cordon', 'jamie-reader'])
    await kubectl(['create', 'clusterrolebinding', `faults-${role}`, `--clusterrole=${role}`, group]);
}
