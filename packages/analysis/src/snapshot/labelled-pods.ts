import { type LabelSelectorView, type PodView, selectsEverything, selectsLabels } from '@jamie/core';
import { LabelIndex } from './label-index.ts';
import { oncePerSnapshot } from './once-per-snapshot.ts';
import type { SnapshotIndex } from './snapshot-index.ts';

/** Pods by namespace and label, for selectors that compare more than equal values. */
export interface LabelledPods {
  inNamespace(namespace: string): readonly PodView[];
  /** An empty selector selects every pod of the namespace, as for a NetworkPolicy. */
  select(namespace: string, selector: LabelSelectorView): readonly PodView[];
  /** Whether a pod is selected, is going, or would be made by a workload; undefined where CronJobs or Jobs may make one. */
  mayExist(namespace: string, selector: LabelSelectorView): boolean | undefined;
}

interface Labelled {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** The pods of a snapshot by their labels, arranged once in O(pods). */
export const labelledPods = oncePerSnapshot((index: SnapshotIndex): LabelledPods => {
  const pods = arrange(index.pods);
  const others = arrange<Labelled>([
    ...index.terminatingPods,
    ...index.workloads.map(({ namespace, template }) => ({ namespace, labels: template.labels })),
  ]);
  const maybe = new Set([...index.cronJobs, ...index.jobs].map(({ namespace }) => namespace));
  return {
    inNamespace: (namespace) => pods.byNamespace.get(namespace) ?? [],
    select: (namespace, selector) => find(pods, namespace, selector),
    mayExist: (namespace, selector) => {
      if (find(pods, namespace, selector).length > 0 || find(others, namespace, selector).length > 0)
        return true;
      return maybe.has(namespace) ? undefined : false;
    },
  };
});

interface Arranged<T extends Labelled> {
  readonly byLabel: LabelIndex<T>;
  readonly byNamespace: ReadonlyMap<string, readonly T[]>;
}

function arrange<T extends Labelled>(items: readonly T[]): Arranged<T> {
  const byLabel = new LabelIndex<T>();
  const byNamespace = new Map<string, T[]>();
  for (const item of items) {
    byLabel.add(item, item.labels);
    const list = byNamespace.get(item.namespace);
    if (list === undefined) byNamespace.set(item.namespace, [item]);
    else list.push(item);
  }
  return { byLabel, byNamespace };
}

function find<T extends Labelled>(
  { byLabel, byNamespace }: Arranged<T>,
  namespace: string,
  selector: LabelSelectorView,
): readonly T[] {
  const all = byNamespace.get(namespace) ?? [];
  if (selectsEverything(selector)) return all;
  const hasPairs = Object.keys(selector.matchLabels).length > 0;
  const candidates = hasPairs ? byLabel.select(namespace, selector.matchLabels) : all;
  return candidates.filter((item) => selectsLabels(selector, item.labels));
}
