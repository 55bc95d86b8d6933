import { createPermitOffice, type JsonObject, KINDS, type Kind, type KubeObject } from '@jamie/core';
import {
  type ClusterSubject,
  clusterLogsContract,
  clusterReaderContract,
  clusterUsageContract,
} from '../contracts/index.ts';
import { FakeCluster } from './fake-cluster.ts';
import { FakeLog } from './fake-log.ts';

const NAMESPACE = 'default';

async function create(): Promise<ClusterSubject> {
  const permits = createPermitOffice();
  const cluster = new FakeCluster(permits);
  const stranger = { user: 'sam', groups: [] };
  cluster.denied.add(stranger.user);
  cluster.blind.add(stranger.user);
  cluster.put(objectOf('Node', { metadata: { name: 'worker-1' } }));
  cluster.usage = { pods: [], nodes: [{ ...NOTHING, namespace: '', name: 'worker-1', containers: [] }] };
  return {
    connection: cluster.connect(),
    permits,
    operator: { user: 'olga', groups: ['operators'] },
    stranger,
    namespace: NAMESPACE,
    measures: true,
    administer: async (_method, path, body = {}) => {
      const plural = path.split('/').at(-1);
      const kind = (Object.keys(KINDS) as Kind[]).find((each) => KINDS[each].plural === plural) ?? 'Pod';
      const object = objectOf(kind, body);
      cluster.put(object);
      if (kind === 'Deployment') run(cluster, object.metadata.name);
    },
    observed: async () =>
      cluster.reads.map(({ verb, path, user }) => ({
        verb,
        path,
        ...(user !== undefined && { impersonatedUser: user }),
      })),
    logged: async () => {
      const place = { namespace: NAMESPACE, pod: 'logged', container: 'web' };
      cluster.put(objectOf('Pod', { metadata: { name: place.pod } }));
      cluster.log = 'one\ntwo\nthree\n';
      cluster.previousContainerLog = new FakeLog(() => cluster.now());
      cluster.previousContainerLog.replace('before\n');
      return {
        ...place,
        write: async (line) => cluster.containerLog.write(line),
        restarted: async () => ({ ...place, text: 'before' }),
      };
    },
  };
}

const NOTHING = { cpuMillicores: 5, memoryBytes: 1_024, measuredAt: 1, windowMs: 15_000 };

function objectOf(kind: Kind, body: JsonObject): KubeObject {
  const { metadata, ...rest } = body as JsonObject & { readonly metadata: JsonObject };
  const { group, version, namespaced } = KINDS[kind];
  return {
    ...rest,
    apiVersion: group === '' ? version : `${group}/${version}`,
    kind,
    metadata: {
      uid: `uid-${String(metadata['name'])}`,
      resourceVersion: '1',
      creationTimestamp: '2026-01-01T00:00:00Z',
      ...(namespaced && { namespace: NAMESPACE }),
      ...metadata,
    },
  } as unknown as KubeObject;
}

/** Gives a Deployment its pods, and these a little to do. */
function run(cluster: FakeCluster, name: string): void {
  cluster.settle({ kind: 'Deployment', namespace: NAMESPACE, name });
  const pods = cluster
    .objects()
    .filter(({ kind, metadata }) => kind === 'Pod' && metadata.name.startsWith(name));
  const samples = pods.map(({ metadata }) => ({
    ...NOTHING,
    namespace: NAMESPACE,
    name: metadata.name,
    containers: [{ name: 'web', cpuMillicores: NOTHING.cpuMillicores, memoryBytes: NOTHING.memoryBytes }],
  }));
  cluster.usage = { nodes: cluster.usage?.nodes ?? [], pods: [...(cluster.usage?.pods ?? []), ...samples] };
}

const options = { name: 'fake', create, destroy: async () => undefined };
clusterReaderContract(options);
clusterLogsContract(options);
clusterUsageContract(options);
