/** Somebody in Slack: the workspace that they belong to, and their id there. */
export interface SlackPerson {
  readonly teamId: string;
  readonly userId: string;
}
