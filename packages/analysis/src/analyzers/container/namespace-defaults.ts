import type { LimitRangeView } from '@jamie/core';
import { oncePerSnapshot } from '../../snapshot/once-per-snapshot.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';

/** What a namespace gives to containers that do not say it themselves. */
export interface ContainerDefaults {
  readonly requests: ReadonlySet<string>;
  readonly limits: ReadonlySet<string>;
}

const byNamespace = oncePerSnapshot((index: SnapshotIndex): ReadonlyMap<string, ContainerDefaults> => {
  const found = new Map<string, { requests: Set<string>; limits: Set<string> }>();
  for (const range of index.snapshot.objects.LimitRange) {
    const known = found.get(range.namespace) ?? { requests: new Set<string>(), limits: new Set<string>() };
    for (const limit of limitsOf(range)) {
      for (const resource of Object.keys(limit.defaultRequests)) known.requests.add(resource);
      for (const resource of Object.keys(limit.defaultLimits)) known.limits.add(resource);
    }
    found.set(range.namespace, known);
  }
  return found;
});

function limitsOf({ limits }: LimitRangeView): LimitRangeView['limits'] {
  return limits.filter((limit) => limit.type === 'Container');
}

const NOTHING: ContainerDefaults = { requests: new Set(), limits: new Set() };

/** What the LimitRanges of a namespace add to containers that name no requests or limits of their own. */
export function defaultsOf(index: SnapshotIndex, namespace: string): ContainerDefaults {
  return byNamespace(index).get(namespace) ?? NOTHING;
}
