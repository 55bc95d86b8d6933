import { formatDuration, isStale } from '@jamie/analysis';
import type { ClusterSnapshot } from '@jamie/core';

/** Says that a list is old, where it is; nothing otherwise. */
export function freshnessNotes({ stalenessMs, cluster }: ClusterSnapshot): readonly string[] {
  if (!isStale(stalenessMs)) return [];
  return [
    `This is what I knew ${formatDuration(stalenessMs)} ago; ${cluster} has told me nothing newer since.`,
  ];
}
