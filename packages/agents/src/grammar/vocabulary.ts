import type { ClusterSnapshot, SnapshotKind } from '@jamie/core';

/** What the clusters hold, by name: how a sentence's words are told from the names in it. All in lower case. */
export interface Vocabulary {
  readonly clusters: ReadonlySet<string>;
  readonly namespaces: ReadonlySet<string>;
  /** Names of workloads, Services, pods and nodes. */
  readonly objects: ReadonlySet<string>;
  /** Names of nodes, which are among the objects as well. */
  readonly nodes?: ReadonlySet<string>;
}

const NAMED: readonly SnapshotKind[] = ['Deployment', 'StatefulSet', 'DaemonSet', 'Service', 'Pod', 'Node'];

/** The vocabulary of one snapshot, and of the clusters that are known. */
export function vocabularyOf(snapshot: ClusterSnapshot | undefined, clusters: readonly string[]): Vocabulary {
  const objects = new Set<string>();
  for (const kind of NAMED) for (const view of snapshot?.objects[kind] ?? []) objects.add(view.name);
  return {
    clusters: new Set(clusters.map((name) => name.toLowerCase())),
    namespaces: new Set(snapshot?.objects.Namespace.map((view) => view.name) ?? []),
    objects,
    nodes: new Set(snapshot?.objects.Node.map((view) => view.name) ?? []),
  };
}
