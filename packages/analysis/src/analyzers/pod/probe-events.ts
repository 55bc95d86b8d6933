import type { ContainerView, EventView, PodView } from '@jamie/core';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { RECENT_MS } from '../../thresholds.ts';

export type ProbeKind = 'readiness' | 'liveness' | 'startup';

/** The newest recent event that says that a probe of this kind failed. */
export function findProbeFailure(
  index: SnapshotIndex,
  pod: PodView,
  probe: ProbeKind,
): EventView | undefined {
  const start = `${probe} probe `;
  return index
    .eventsOf(pod)
    .find(
      (event) =>
        event.reason === 'Unhealthy' &&
        index.takenAt - event.lastSeen <= RECENT_MS &&
        event.message.toLowerCase().startsWith(start),
    );
}

/** The newest recent event that says that the kubelet restarts a container because of a probe. */
export function findProbeKill(
  index: SnapshotIndex,
  pod: PodView,
  container: ContainerView,
  probe: 'liveness' | 'startup',
): EventView | undefined {
  const words = `Container ${container.name} failed ${probe} probe`;
  return index
    .eventsOf(pod)
    .find(
      (event) =>
        event.reason === 'Killing' &&
        index.takenAt - event.lastSeen <= RECENT_MS &&
        event.message.startsWith(words),
    );
}
