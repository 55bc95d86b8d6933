const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;

/** A pod that is not scheduled or not configured for less than this is merely starting. */
export const START_GRACE_MS = 15 * SECOND_MS;

/** A running container that is not ready for less than this is merely warming up. */
export const READY_GRACE_MS = 30 * SECOND_MS;

/** A rollout that moved within this time is progressing; it has no verdict yet. */
export const ROLLOUT_GRACE_MS = 2 * MINUTE_MS;

/**
 * An event or termination older than this describes the past. The kubelet waits at most 5 minutes between
 * restarts and forgets its back-off after 10 minutes of running, so a live crash loop always shows a newer one.
 */
export const RECENT_MS = 10 * MINUTE_MS;

/** A container that was OOMKilled within this time and runs again is worth a warning. */
export const RECENT_OOM_MS = 60 * MINUTE_MS;

/** Restarts from which a running container that restarted recently counts as looping. */
export const LOOPING_RESTARTS = 3;

/** A snapshot whose oldest word is older than this cannot show that all is well. */
export const STALE_MS = 2 * MINUTE_MS;

/** A change at most this long before a fault began may have caused it. */
export const CHANGE_WINDOW_MS = 60 * MINUTE_MS;

/** A revision that ran at least this long before its successor is taken to have been healthy. */
export const PROVEN_REVISION_MS = 10 * MINUTE_MS;

/** Clouds make a load balancer within a few minutes; after this one has no address for a reason. */
export const LOAD_BALANCER_GRACE_MS = 5 * MINUTE_MS;

/** A controller that has not published the address of an Ingress within this time does not serve it. */
export const INGRESS_GRACE_MS = 10 * MINUTE_MS;
