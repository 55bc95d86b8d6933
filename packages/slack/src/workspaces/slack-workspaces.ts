import type { WebClient } from '@slack/web-api';

/** A Slack workspace in which the app is installed: who we are there, and how to call it. */
export interface SlackWorkspace {
  readonly teamId: string;
  readonly botUserId: string;
  readonly botId: string;
  readonly botToken: string;
  readonly client: WebClient;
  /** Gives up after two seconds: for signs, which are worth nothing once the answer is there. */
  readonly impatientClient: WebClient;
}

/** The workspaces that we serve. */
export interface SlackWorkspaces {
  /** Fails with forbidden (not installed there, or the token is refused), timeout, unavailable, rate_limited. */
  find(teamId: string): Promise<SlackWorkspace>;
  /** Whether Slack lets us in at all; fails like find. Nothing to look at is no failure. */
  verify(): Promise<void>;
}
