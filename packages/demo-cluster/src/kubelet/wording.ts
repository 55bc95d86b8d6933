import type { PodRecord } from './container-record.ts';

const BACKOFF_START_MS = 10_000;
/** The longest wait between two starts, in milliseconds. */
export const BACKOFF_MOST_MS = 300_000;

/** How long the kubelet waits after so many failures, in milliseconds. */
export function backoff(failures: number): number {
  return Math.min(BACKOFF_MOST_MS, BACKOFF_START_MS * 2 ** failures);
}

/** A wait as Go prints durations. */
export function formatBackoff(durationMs: number): string {
  const seconds = durationMs / 1000;
  return seconds < 60 ? `${seconds}s` : `${Math.floor(seconds / 60)}m${seconds % 60}s`;
}

/** A pod as kubelet messages name it. */
export function placeOf({ name, namespace, uid }: PodRecord): string {
  return `${name}_${namespace}(${uid})`;
}

/** The event of a container that is held back. */
export function backOffMessage(record: PodRecord, name: string): string {
  return `Back-off restarting failed container ${name} in pod ${placeOf(record)}`;
}

/** The event of an image that needs no pull. */
export function presentMessage(image: string): string {
  return `Container image "${image}" already present on machine`;
}

/** The event of a pull; the size is made up from the name. */
export function pulledMessage(image: string): string {
  const size = 20_000_000 + [...image].reduce((sum, char) => sum + char.charCodeAt(0) * 9176, 0);
  return `Successfully pulled image "${image}" in 873ms (873ms including waiting). Image size: ${size} bytes.`;
}
