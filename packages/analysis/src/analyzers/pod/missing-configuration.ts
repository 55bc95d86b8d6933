import type { ConfigMapView, EventView, ObjectRef, PodReference, PodView } from '@jamie/core';
import { hasEnded } from '../../snapshot/conditions.ts';
import { oncePerSnapshot } from '../../snapshot/once-per-snapshot.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { RECENT_MS, START_GRACE_MS } from '../../thresholds.ts';

/** A ConfigMap or Secret, or one key of it, that is not there. */
export interface MissingConfiguration {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: string;
  readonly key?: string;
}

type ConfigurationWitness =
  | { readonly kind: 'container'; readonly container: string; readonly message: string }
  | { readonly kind: 'event'; readonly event: EventView };

/** A pod that waits for configuration, and what says so. */
export interface ConfigurationHit {
  readonly pod: PodView;
  readonly missing: MissingConfiguration | undefined;
  readonly witness: ConfigurationWitness;
}

const ABSENT = /\b(configmap|secret)s? "([^"]{1,253})" (?:not found|is forbidden)/i;
const KEY = /couldn't find key (\S{1,253}) in (ConfigMap|Secret) (?:[^\s/]{1,253}\/)?([^\s"]{1,253})/i;
// Volume errors name the key but not the object; the pod's references do.
const VOLUME_KEY = /references non-existent (config|secret) key:? "?([^\s"]{1,253})/i;

/** Reads the kubelet's words about missing configuration; undefined when they are about something else. */
function parseMissingConfiguration(
  message: string,
  references: readonly PodReference[],
): MissingConfiguration | undefined {
  const absent = ABSENT.exec(message);
  if (absent?.[1] !== undefined && absent[2] !== undefined) {
    return { kind: kindOf(absent[1]), name: absent[2] };
  }
  const key = KEY.exec(message);
  if (key?.[1] !== undefined && key[2] !== undefined && key[3] !== undefined) {
    return { kind: kindOf(key[2]), name: key[3], key: key[1] };
  }
  const volumeKey = VOLUME_KEY.exec(message);
  const named = references.find(
    (reference) => reference.via === 'volume' && reference.key === volumeKey?.[2],
  );
  return named?.key === undefined ? undefined : { kind: named.kind, name: named.name, key: named.key };
}

function kindOf(word: string): MissingConfiguration['kind'] {
  return word.toLowerCase() === 'secret' ? 'Secret' : 'ConfigMap';
}

/** Pods that do not start because the kubelet cannot make up their configuration. */
export const findUnconfigured = oncePerSnapshot((index: SnapshotIndex): readonly ConfigurationHit[] => {
  return (
    index.pods
      // One that failed waits for nothing any more, whatever its last state says.
      .filter((pod) => !hasEnded(pod) && index.takenAt - pod.createdAt >= START_GRACE_MS)
      .flatMap((pod) => [...fromContainers(pod), ...fromMounts(index, pod)])
  );
});

function fromContainers(pod: PodView): readonly ConfigurationHit[] {
  return pod.containers.flatMap(({ name, state }) => {
    if (state.kind !== 'waiting' || state.reason !== 'CreateContainerConfigError') return [];
    const missing = parseMissingConfiguration(state.message, pod.references);
    return [
      { pod, missing, witness: { kind: 'container' as const, container: name, message: state.message } },
    ];
  });
}

function fromMounts(index: SnapshotIndex, pod: PodView): readonly ConfigurationHit[] {
  if (!isCreating(pod)) return [];
  const found = new Map<string, ConfigurationHit>();
  for (const event of index.eventsOf(pod)) {
    if (event.reason !== 'FailedMount' || index.takenAt - event.lastSeen > RECENT_MS) continue;
    const missing = parseMissingConfiguration(event.message, pod.references);
    if (missing === undefined) continue;
    const key = formatMissing(missing);
    if (!found.has(key)) found.set(key, { pod, missing, witness: { kind: 'event', event } });
  }
  return [...found.values()];
}

/** Whether a pod has a container that was never made yet. */
export function isCreating(pod: PodView): boolean {
  return pod.containers.some(
    ({ state }) =>
      state.kind === 'unknown' ||
      (state.kind === 'waiting' && ['ContainerCreating', 'PodInitializing', ''].includes(state.reason)),
  );
}

/** `ConfigMap checkout-config`, `key LOG_LEVEL of ConfigMap checkout-config`. */
export function formatMissing(missing: MissingConfiguration): string {
  const object = `${missing.kind} ${missing.name}`;
  return missing.key === undefined ? object : `key ${missing.key} of ${object}`;
}

/** What the list of ConfigMaps says of a reference. Secrets are never read. */
export function checkReference(
  index: SnapshotIndex,
  namespace: string,
  reference: MissingConfiguration,
): 'present' | 'absent' | 'key_absent' | 'cannot_tell' {
  if (reference.kind === 'Secret' || !index.isRead('ConfigMap')) return 'cannot_tell';
  const ref: ObjectRef = { kind: 'ConfigMap', namespace, name: reference.name };
  // The ref's kind decides the view's type.
  const view = index.find(ref) as ConfigMapView | undefined;
  if (view === undefined) return 'absent';
  return reference.key === undefined || view.keys.includes(reference.key) ? 'present' : 'key_absent';
}
