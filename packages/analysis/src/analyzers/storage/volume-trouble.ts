import type { EventView, PodView } from '@jamie/core';
import { oncePerSnapshot } from '../../snapshot/once-per-snapshot.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { RECENT_MS, START_GRACE_MS } from '../../thresholds.ts';

/** What keeps a volume from a pod that has found its node. */
export type VolumeTrouble = 'in_use_elsewhere' | 'not_attached' | 'not_mounted';

export interface VolumeHit {
  readonly pod: PodView;
  readonly trouble: VolumeTrouble;
  /** As the event names it; empty where it names none. */
  readonly volume: string;
  readonly event: EventView;
}

const VOLUME = /\bfor volume "([^"]{1,253})"/;
// Configuration that is missing has detections of its own.
const CONFIGURATION = /\b(?:configmap|secret)s?\b|non-existent (?:config|secret) key/i;
// The kubelet gives up waiting; what it waited for is another event's.
const TIMED_OUT = /timed out waiting for the condition|context deadline exceeded/;

/** Pods that wait for a volume, each with the event that says most about it. */
export const findVolumeTrouble = oncePerSnapshot((index: SnapshotIndex): readonly VolumeHit[] =>
  index.pods
    .filter(({ phase, nodeName }) => phase === 'Pending' && nodeName !== '')
    .filter((pod) => index.takenAt - pod.createdAt >= START_GRACE_MS)
    .flatMap((pod) => {
      const events = index.eventsOf(pod).filter((event) => index.takenAt - event.lastSeen <= RECENT_MS);
      const event = tellingEvent(events);
      if (event === undefined) return [];
      return [{ pod, event, trouble: troubleOf(event), volume: VOLUME.exec(event.message)?.[1] ?? '' }];
    }),
);

function tellingEvent(events: readonly EventView[]): EventView | undefined {
  const mounts = events.filter(
    ({ reason, message }) => reason === 'FailedMount' && !CONFIGURATION.test(message),
  );
  return (
    events.find(({ reason }) => reason === 'FailedAttachVolume') ??
    mounts.find(({ message }) => !TIMED_OUT.test(message)) ??
    // Beside a missing ConfigMap the other volumes time out too.
    (events.some(({ message }) => CONFIGURATION.test(message)) ? undefined : mounts[0])
  );
}

function troubleOf({ reason, message }: EventView): VolumeTrouble {
  if (reason !== 'FailedAttachVolume') return 'not_mounted';
  return message.startsWith('Multi-Attach') ? 'in_use_elsewhere' : 'not_attached';
}
