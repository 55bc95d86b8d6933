/** The Web API methods whose calls are spread out. What people wait for within a click, views and ephemerals, is not. */
export type PacedMethod =
  | 'chat.postMessage'
  | 'chat.update'
  | 'chat.delete'
  | 'chat.getPermalink'
  | 'conversations.open'
  | 'conversations.history'
  | 'conversations.replies'
  | 'files.getUploadURLExternal'
  | 'files.completeUploadExternal';

/** How the calls of one method are spread over time in one workspace. */
export interface MethodRate {
  readonly intervalMs: number;
  /** How many may be made at once after a quiet time. */
  readonly burst: number;
}

/**
 * Calls a minute that Slack allows a method in one workspace: docs.slack.dev/apis/web-api/rate-limits and the page of
 * each method. Tier 3 is 50 and tier 4 is 100. For posts Slack promises one a second and channel and names only
 * "several hundred" for the workspace; for permalinks it names none, so that both get a number well below.
 */
const CALLS_A_MINUTE: Readonly<Record<PacedMethod, number>> = {
  'chat.postMessage': 300,
  'chat.update': 50,
  'chat.delete': 50,
  'chat.getPermalink': 100,
  'conversations.open': 50,
  'conversations.history': 50,
  'conversations.replies': 50,
  'files.getUploadURLExternal': 100,
  'files.completeUploadExternal': 100,
};

const STEADY_SHARE = 0.6;
const BURST_SHARE = 0.2;
const MINUTE_MS = 60_000;

/** Four fifths of what Slack allows even in the worst minute: a fifth at once and the rest spread out. Pure. */
export function methodRate(method: PacedMethod): MethodRate {
  const allowed = CALLS_A_MINUTE[method];
  return {
    intervalMs: Math.round(MINUTE_MS / (allowed * STEADY_SHARE)),
    burst: Math.max(1, Math.floor(allowed * BURST_SHARE)),
  };
}
