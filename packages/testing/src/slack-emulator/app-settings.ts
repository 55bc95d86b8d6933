/** How the app and its Slack are set up. */
export interface AppSettings {
  /** False: the workspace has no agent surfaces. */
  readonly hasAgentSurface: boolean;
  /** False: the workspace does not know the streaming methods. */
  readonly hasStreaming: boolean;
  readonly hasHomeTab: boolean;
  /** Whether the app has subscribed to agent_session_stopped. */
  readonly hearsSessionStops: boolean;
  /** How old a stream gets. */
  readonly streamLifetimeMs: number;
  /** Whether tokens of new installations expire and are refreshed. */
  readonly rotatesTokens: boolean;
  /** Whether posts faster than one a second and channel are taken and then hidden from people. */
  readonly hidesFastPosts: boolean;
}

/** Slack as it is for an app like ours. A stream lives for about five minutes, measured. */
export const DEFAULT_SETTINGS: AppSettings = {
  hasAgentSurface: true,
  hasStreaming: true,
  hasHomeTab: true,
  hearsSessionStops: true,
  streamLifetimeMs: 300_000,
  rotatesTokens: false,
  hidesFastPosts: false,
};
