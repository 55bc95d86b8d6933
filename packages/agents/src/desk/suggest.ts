import type {
  ClusterConnection,
  ClusterSnapshot,
  Principal,
  Suggestion,
  SuggestionQuery,
  WorkloadKind,
} from '@jamie/core';
import { assertNever, typedName } from '@jamie/core';
import type { AgentsContext } from '../agents-context.ts';
import { decideDefaults, personScope } from '../commands/defaults-in-force.ts';
import { mayList, mayRead } from '../commands/read-rights.ts';
import { rankMatches } from './rank-matches.ts';

/** Somebody types and waits. */
const SNAPSHOT_MS = 1_000;
/** Most namespaces that the authoriser is asked about for one keystroke, so many at a time. */
const ASKED_NAMESPACES = 100;
const ASKED_AT_ONCE = 20;
type KindInNamespace = WorkloadKind | 'CronJob' | 'Job' | 'HorizontalPodAutoscaler' | 'Pod';
/** What commands are about, each group after the one before it, since there are many pods. */
const KIND_GROUPS: readonly (readonly KindInNamespace[])[] = [
  ['Deployment', 'StatefulSet', 'DaemonSet'],
  ['CronJob', 'Job', 'HorizontalPodAutoscaler'],
  ['Pod'],
];

/**
 * What somebody may mean by what they type, best match first. The cache sees more than a person may, so that nothing of
 * a namespace is named before the cluster's authoriser has agreed. Fails like the cluster.
 */
export async function suggest(
  context: AgentsContext,
  query: SuggestionQuery,
): Promise<readonly Suggestion[]> {
  if (query.what === 'cluster') return suggestClusters(context, query);
  const name = query.cluster ?? (await clusterInForce(context, query.principal));
  if (name === undefined) return [];
  const connection = context.clusters.connect(name);
  const snapshot = await connection.snapshots.snapshot(SNAPSHOT_MS);
  switch (query.what) {
    case 'namespace':
      return suggestNamespaces(connection, snapshot, query);
    case 'workload':
      return suggestWorkloads(connection, snapshot, query);
    default:
      return assertNever(query.what);
  }
}

async function clusterInForce(context: AgentsContext, person: Principal): Promise<string | undefined> {
  const own = await context.store.findDefaults(personScope(person));
  const clusters = context.clusters.list();
  return decideDefaults({ place: {}, conversation: {}, person: own, channel: undefined, clusters }).cluster
    ?.name;
}

function suggestClusters(
  { clusters }: AgentsContext,
  { query, limit }: SuggestionQuery,
): readonly Suggestion[] {
  return rankMatches(clusters.list(), query, ({ name }) => name)
    .slice(0, limit)
    .map(({ name, environment }) => ({ label: name, value: name, detail: environment }));
}

async function suggestNamespaces(
  connection: ClusterConnection,
  { objects }: ClusterSnapshot,
  { principal, query, limit }: SuggestionQuery,
): Promise<readonly Suggestion[]> {
  const ranked = rankMatches(objects.Namespace, query, ({ name }) => name);
  const readable = await firstReadable(connection, principal, ranked, ({ name }) => name, limit);
  return readable.map(({ name }) => ({ label: name, value: name }));
}

async function suggestWorkloads(
  connection: ClusterConnection,
  { objects }: ClusterSnapshot,
  { principal, query, namespace, limit }: SuggestionQuery,
): Promise<readonly Suggestion[]> {
  const ranked = KIND_GROUPS.flatMap((kinds) => {
    const all = kinds.flatMap((kind) =>
      objects[kind].map((view) => ({ kind, name: view.name, namespace: view.namespace })),
    );
    const within = namespace === undefined ? all : all.filter((each) => each.namespace === namespace);
    return rankMatches(within, query, (each) => `${each.name} ${each.namespace}`);
  });
  const readable = await firstReadable(connection, principal, ranked, (each) => each.namespace, limit);
  const nodes = namespace === undefined ? await suggestNodes(connection, objects, { principal, query }) : [];
  const found = readable.map((each) => ({
    label: namespace === undefined ? `${each.name} in ${each.namespace}` : each.name,
    value: `${typedName(each)} -n ${each.namespace}`,
    detail: each.kind,
  }));
  return [...found, ...nodes].slice(0, limit);
}

/** Nodes are in no namespace: only for who may list them, and only where somebody types something that fits. */
async function suggestNodes(
  connection: ClusterConnection,
  { Node }: ClusterSnapshot['objects'],
  { principal, query }: Pick<SuggestionQuery, 'principal' | 'query'>,
): Promise<readonly Suggestion[]> {
  const ranked = query.trim() === '' ? [] : rankMatches(Node, query, ({ name }) => `${name} node`);
  if (ranked.length === 0 || !(await mayList(connection, principal, 'Node', undefined))) return [];
  return ranked.map(({ name }) => ({
    label: name,
    value: typedName({ kind: 'Node', name }),
    detail: 'Node',
  }));
}

/** The first of these in namespaces that the person may read, in their order. */
async function firstReadable<Item>(
  connection: ClusterConnection,
  person: Principal,
  items: readonly Item[],
  namespaceOf: (item: Item) => string,
  limit: number,
): Promise<readonly Item[]> {
  if (items.length === 0) return [];
  if (await mayRead(connection, person, undefined)) return items.slice(0, limit);
  const namespaces = [...new Set(items.map(namespaceOf))].slice(0, ASKED_NAMESPACES);
  const readable = new Set<string>();
  const isReadable = (item: Item) => readable.has(namespaceOf(item));
  for (let at = 0; at < namespaces.length; at += ASKED_AT_ONCE) {
    const asked = namespaces.slice(at, at + ASKED_AT_ONCE);
    const rights = await Promise.all(asked.map((namespace) => mayRead(connection, person, namespace)));
    for (const [index, namespace] of asked.entries()) if (rights[index] === true) readable.add(namespace);
    if (items.filter(isReadable).length >= limit) break;
  }
  return items.filter(isReadable).slice(0, limit);
}
