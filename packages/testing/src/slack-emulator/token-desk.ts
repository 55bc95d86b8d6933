import type { Clock } from '@jamie/core';
import type { SlackWorkspace } from './workspace.ts';

/** Slack's word for a token that is not taken. */
export type TokenRefusal = 'invalid_auth' | 'token_revoked' | 'token_expired' | 'account_inactive';

/** Whose token it is. */
export type TokenCheck =
  | { readonly kind: 'app' }
  | { readonly kind: 'bot'; readonly workspace: SlackWorkspace }
  | { readonly kind: 'refused'; readonly error: TokenRefusal };

/** What a workspace's installation is given. The last two are there when tokens rotate. */
export interface IssuedTokens {
  readonly accessToken: string;
  readonly refreshToken?: string;
  readonly expiresInSeconds?: number;
}

interface BotToken {
  readonly workspace: SlackWorkspace;
  readonly expiresAt: number | undefined;
  refusal: TokenRefusal | undefined;
}

/** A token that rotates lives for twelve hours: docs.slack.dev/authentication/using-token-rotation. */
const ROTATING_TOKEN_LIFE_MS = 43_200_000;

/** Every token of the emulated Slack: which workspace it opens, and whether it still does. */
export class TokenDesk {
  readonly appToken = 'xapp-emulated';
  /** False: Slack does not know the app-level token. */
  acceptsAppToken = true;
  readonly #clock: Clock;
  readonly #bots = new Map<string, BotToken>();
  readonly #refreshers = new Map<string, SlackWorkspace>();
  #serial = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  check(token: string): TokenCheck {
    if (token === this.appToken) {
      return this.acceptsAppToken ? { kind: 'app' } : { kind: 'refused', error: 'invalid_auth' };
    }
    const bot = this.#bots.get(token);
    if (bot === undefined) return { kind: 'refused', error: 'invalid_auth' };
    if (bot.refusal !== undefined) return { kind: 'refused', error: bot.refusal };
    const isExpired = bot.expiresAt !== undefined && this.#clock.now() >= bot.expiresAt;
    if (isExpired) return { kind: 'refused', error: 'token_expired' };
    return { kind: 'bot', workspace: bot.workspace };
  }

  /** Makes a token known that lives until somebody ends it. */
  admit(token: string, workspace: SlackWorkspace): void {
    this.#bots.set(token, { workspace, expiresAt: undefined, refusal: undefined });
  }

  /** Issues fresh tokens for a workspace; with rotation, tokens that expire and one to refresh them with. */
  issue(workspace: SlackWorkspace, rotates: boolean): IssuedTokens {
    this.#serial += 1;
    const suffix = `${workspace.teamId}-${this.#serial}`;
    if (!rotates) {
      const accessToken = `xoxb-${suffix}`;
      this.admit(accessToken, workspace);
      return { accessToken };
    }
    const accessToken = `xoxe.xoxb-1-${suffix}`;
    const refreshToken = `xoxe-1-${suffix}`;
    const expiresAt = this.#clock.now() + ROTATING_TOKEN_LIFE_MS;
    this.#bots.set(accessToken, { workspace, expiresAt, refusal: undefined });
    this.#refreshers.set(refreshToken, workspace);
    return { accessToken, refreshToken, expiresInSeconds: ROTATING_TOKEN_LIFE_MS / 1_000 };
  }

  /** Trades a refresh token for fresh ones. It works once; undefined when it is not known or was used. */
  refresh(
    refreshToken: string,
  ): { readonly workspace: SlackWorkspace; readonly tokens: IssuedTokens } | undefined {
    const workspace = this.#refreshers.get(refreshToken);
    if (workspace === undefined) return undefined;
    this.#refreshers.delete(refreshToken);
    return { workspace, tokens: this.issue(workspace, true) };
  }

  /** Ends one token; without a word it is as good as before again. */
  end(token: string, refusal: TokenRefusal | undefined): void {
    const bot = this.#bots.get(token);
    if (bot !== undefined) bot.refusal = refusal;
  }

  /** Ends every token of a workspace, also those that refresh others. */
  endAll(workspace: SlackWorkspace, refusal: TokenRefusal): void {
    for (const bot of this.#bots.values()) if (bot.workspace === workspace) bot.refusal = refusal;
    for (const [token, owner] of this.#refreshers) if (owner === workspace) this.#refreshers.delete(token);
  }
}
