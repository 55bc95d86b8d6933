import {
  createPermitOffice,
  type JsonObject,
  KINDS,
  type Kind,
  type KubeObject,
  type ObjectRef,
} from '@jamie/core';
import {
  type ClusterSubject,
  clusterApplyContract,
  clusterCreateContract,
  clusterLogsContract,
  clusterReaderContract,
  clusterRemovalContract,
  clusterUsageContract,
  clusterWriterContract,
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
    administer: async (method, path, body = {}) => {
      const ref = refOf(path);
      if (method === 'DELETE') cluster.remove(ref);
      else if (method === 'PATCH') merge(cluster, ref, body);
      else store(cluster, ref.kind, body);
    },
    observed: async () => [
      ...cluster.reads.map(({ verb, path, user }) => ({
        verb,
        path,
        ...(user !== undefined && { impersonatedUser: user }),
      })),
      ...cluster.writes.map(({ request, user }) => ({
        verb: API_VERBS[request.verb],
        path: request.target.name,
        impersonatedUser: user,
      })),
    ],
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

const API_VERBS = {
  patch: 'patch',
  apply: 'patch',
  create: 'create',
  delete: 'delete',
  evict: 'create',
} as const;

/** The object of a path, or the kind of a collection's with an empty name. */
function refOf(path: string): ObjectRef {
  const [, , plural, name = ''] = path.slice(path.indexOf('/namespaces/') + 1).split('/');
  const kind = (Object.keys(KINDS) as Kind[]).find((each) => KINDS[each].plural === plural) ?? 'Pod';
  return { kind, namespace: NAMESPACE, name };
}

let stored = 0;

function store(cluster: FakeCluster, kind: Kind, body: JsonObject): void {
  stored += 1;
  const object = objectOf(kind, body);
  cluster.put({ ...object, metadata: { ...object.metadata, uid: `uid-${stored}`, generation: 1 } });
  const { name } = object.metadata;
  if (kind === 'Deployment') run(cluster, name);
  if (kind === 'PodDisruptionBudget')
    cluster.budgetAgainst = ({ metadata }) =>
      metadata.name.startsWith(name) ? `The disruption budget ${name} needs 2 healthy pods` : undefined;
}

/** A merge patch, one level below the top, by a manager called `admin`. */
function merge(cluster: FakeCluster, ref: ObjectRef, body: JsonObject): void {
  cluster.edit(ref, (object) => {
    for (const [field, value] of Object.entries(body))
      object[field] = { ...(object[field] as JsonObject), ...(value as JsonObject) };
    const owned = Object.entries(body).map(([field, value]) => [
      `f:${field}`,
      Object.fromEntries(Object.keys(value as JsonObject).map((key) => [`f:${key}`, {}])),
    ]);
    const managedFields = [{ manager: 'admin', operation: 'Update', fieldsV1: Object.fromEntries(owned) }];
    object['metadata'] = { ...(object['metadata'] as JsonObject), managedFields };
  });
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
clusterWriterContract(options);
clusterApplyContract(options);
clusterCreateContract(options);
clusterRemovalContract(options);
