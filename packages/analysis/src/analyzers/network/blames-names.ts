import type { PodView } from '@jamie/core';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { RECENT_MS } from '../../thresholds.ts';

// glibc, musl, Go, Node.js, Python, Java and curl, each in its own words for a name that does not resolve.
const UNRESOLVED =
  /no such host|name resolution|could not resolve|name or service not known|EAI_AGAIN|ENOTFOUND|UnknownHostException|lookup \S{1,253}[^\n]{0,80}(?:i\/o timeout|server misbehaving|connection refused)/i;

/** Whether a pod says itself, in how a container ended or in a probe of it, that a name did not resolve. */
export function blamesNames(index: SnapshotIndex, pod: PodView): boolean {
  const ends = pod.containers.flatMap(({ state, lastState }) => [state, lastState]);
  const said = ends.some(
    (state) =>
      state.kind === 'terminated' &&
      index.takenAt - state.finishedAt < RECENT_MS &&
      UNRESOLVED.test(state.message.slice(0, 4_096)),
  );
  // What a kubelet says of images is left out: it asks the DNS of its node.
  return (
    said ||
    index
      .eventsOf(pod)
      .some(
        ({ reason, message, lastSeen }) =>
          reason === 'Unhealthy' &&
          index.takenAt - lastSeen < RECENT_MS &&
          UNRESOLVED.test(message.slice(0, 4_096)),
      )
  );
}
