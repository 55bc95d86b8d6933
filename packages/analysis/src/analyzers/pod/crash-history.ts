import { RECENT_MS } from '../../thresholds.ts';

// kubernetes/kubelet: the back-off starts at 10 s and doubles up to 5 minutes.
const FIRST_BACK_OFF_MS = 10_000;
const LONGEST_BACK_OFF_MS = 300_000;
const DOUBLINGS = 5;

/** The time that the kubelet waits in all for this many restarts in a row. */
function backOffTimeMs(restarts: number): number {
  const doubled = Math.min(restarts, DOUBLINGS);
  const growing = FIRST_BACK_OFF_MS * (2 ** doubled - 1);
  return growing + Math.max(0, restarts - DOUBLINGS) * LONGEST_BACK_OFF_MS;
}

/**
 * Whether a pod of this age has restarted so often that it can hardly have run well before: its age is what the
 * back-off takes, with as much again for the runs in between. The pod's record only shows the latest end.
 */
export function hasLoopedSinceCreation(ageMs: number, restarts: number): boolean {
  return restarts > 0 && ageMs <= 2 * backOffTimeMs(restarts) + RECENT_MS;
}
