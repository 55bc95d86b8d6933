/** The app in one Slack workspace. Tokens are secrets: they never reach a log, and rest encrypted. */
export interface Installation {
  readonly teamId: string;
  readonly teamName: string;
  readonly enterpriseId?: string;
  readonly botUserId: string;
  readonly botId: string;
  readonly botToken: string;
  /** With token rotation: what brings the next token, and when this one ends. */
  readonly refreshToken?: string;
  readonly expiresAt?: number;
  readonly scopes: readonly string[];
  /** The Slack user id of who installed it. */
  readonly installedBy: string;
  readonly installedAt: number;
  readonly version: number;
}

/** The workspaces in which the app is installed. Fails like the store, and with config_invalid (key does not fit). */
export interface Installations {
  find(teamId: string): Promise<Installation | undefined>;
  list(): Promise<readonly Installation[]>;
  /** `expectedVersion` 0: there is none yet. `conflict`: somebody else was first, and nothing was stored. */
  put(installation: Installation, expectedVersion: number): Promise<'stored' | 'conflict'>;
  /** The app was removed there, or its token revoked: forgets the tokens. */
  remove(teamId: string): Promise<void>;
}
