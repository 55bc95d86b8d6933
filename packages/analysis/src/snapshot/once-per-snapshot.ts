import type { SnapshotIndex } from './snapshot-index.ts';

/** The same pure search, done once for each index however many analyzers ask for it. */
export function oncePerSnapshot<T extends object>(
  search: (index: SnapshotIndex) => T,
): (index: SnapshotIndex) => T {
  const known = new WeakMap<SnapshotIndex, T>();
  return (index) => {
    const before = known.get(index);
    if (before !== undefined) return before;
    const found = search(index);
    known.set(index, found);
    return found;
  };
}
